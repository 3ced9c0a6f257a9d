"""A Merkle tree over a day's links, hashed as RFC 6962 says (section 2.1). Pure.

A leaf is hashed behind a byte 0, two nodes behind a byte 1, so that no node can be shown as a leaf. A tree is always
full: it is filled with keyed leaves that nobody can tell from links, up to a power of two, `LEAST_LEAVES` at least. All
leaves stand in order of their bytes. So neither root, nor path, nor place tells how many reports there were, as
decision 0017 wants it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from actions.cases.links import ChainKeys

LEAST_LEAVES = 1024
DIGEST_BYTES = 32


def hash_leaf(leaf: bytes) -> bytes:
    """RFC 6962: SHA-256(0x00 || leaf)."""
    return sha256(b"\0" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """RFC 6962: SHA-256(0x01 || left || right)."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class DayTree:
    """The tree of one day: its leaves in their order, and each level of hashes, the root's last."""

    leaves: Sequence[bytes]
    levels: Sequence[Sequence[bytes]]

    @property
    def root(self) -> bytes:
        """32 bytes that stand for all leaves."""
        return self.levels[-1][0]

    def path(self, leaf: bytes) -> list[tuple[str, bytes]]:
        """What leads from a leaf to the root: at each level the neighbour, and on which side it stands.

        Raises:
            ValueError: the leaf is not in the tree.
        """
        place, steps = self.leaves.index(leaf), list[tuple[str, bytes]]()
        for level in self.levels[:-1]:
            steps.append(("left" if place % 2 else "right", level[place ^ 1]))
            place //= 2
        return steps


def day_tree(keys: ChainKeys, key: str, day: date, links: Collection[bytes]) -> DayTree:
    """The tree over a day's links, filled up with the key of this id."""
    size = LEAST_LEAVES
    while size < len(links):
        size *= 2
    filling = [keys.mac("filling", day.isoformat(), number, key=key) for number in range(size - len(links))]
    leaves = sorted([*links, *filling])
    levels: list[list[bytes]] = [[hash_leaf(leaf) for leaf in leaves]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([hash_node(below[place], below[place + 1]) for place in range(0, len(below), 2)])
    return DayTree(leaves, levels)


class NoProof(ValueError):
    """A text that is not a proof; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that an event of a case was in a day's tree.

    Attributes:
        leaf: the event's link; it covers the event and all before it.
        path: the neighbours from the leaf up, each with the side on which it stands.
        root: what was published of that day.
    """

    ticket: str
    number: int
    day: date
    leaf: bytes
    path: Sequence[tuple[str, bytes]]
    root: bytes

    @property
    def leads_to(self) -> bytes:
        """The root to which leaf and path lead; of a true proof it is `root`."""
        at = hash_leaf(self.leaf)
        for side, neighbour in self.path:
            at = hash_node(neighbour, at) if side == "left" else hash_node(at, neighbour)
        return at

    def written(self) -> str:
        """As JSON, one line a step, for her to keep."""
        told = {
            "ticket": self.ticket,
            "number": self.number,
            "day": self.day.isoformat(),
            "leaf": self.leaf.hex(),
            "path": [f"{side} {neighbour.hex()}" for side, neighbour in self.path],
            "root": self.root.hex(),
        }
        return json.dumps(told, indent=1)


def read_proof(text: str) -> Proof:
    """Reads what `Proof.written` wrote.

    Raises:
        NoProof: it is something else.
    """
    try:
        told = json.loads(text)
        steps = [line.split(" ") for line in told["path"]]
        return Proof(
            ticket=str(told["ticket"]),
            number=int(told["number"]),
            day=date.fromisoformat(told["day"]),
            leaf=_digest(told["leaf"]),
            path=[(_side(side), _digest(neighbour)) for side, neighbour in steps],
            root=_digest(told["root"]),
        )
    except NoProof:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoProof("it is not what the page of a case gives") from error


def _side(text: str) -> str:
    if text not in {"left", "right"}:
        raise NoProof("a step of the path stands neither left nor right")
    return text


def _digest(text: str) -> bytes:
    digest = bytes.fromhex(text)
    if len(digest) != DIGEST_BYTES:
        raise NoProof("a hash in it is not 32 bytes long")
    return digest
