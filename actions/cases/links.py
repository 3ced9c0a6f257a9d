"""Keyed links: what makes a case's chain of events impossible to write anew without the installation's key. Pure.

A link is an HMAC-SHA256 over an event's hash, which covers all events before it, over the columns of the case as they
stood after it, and over the installation. Its key is derived from LAPOR_SECRET_KEY, which the database does not hold.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from actions.cases.case import Case, CaseEvent

ID_DIGITS = 12


def chain_key(secret_key: bytes) -> bytes:
    """The key of links that belongs to a secret key; the latter cannot be had from it."""
    return hmac.digest(secret_key, b"lapor chain of events", "sha256")


def key_id(key: bytes) -> str:
    """The name of a chain key, which tells nothing of it."""
    return sha256(b"key of links" + key).hexdigest()[:ID_DIGITS]


@dataclass(frozen=True, slots=True)
class ChainKeys:
    """The key that makes links, and those that made the ones of before.

    Attributes:
        current: id of the key with which new links are made.
        known: keys by their ids, `current` among them.
    """

    current: str
    known: Mapping[str, bytes]

    @classmethod
    def of(cls, key: bytes, former: Iterable[bytes] = ()) -> ChainKeys:
        """The keys of an installation: today's, and former ones whose links are still to be verified."""
        return cls(key_id(key), MappingProxyType({key_id(one): one for one in (*former, key)}))

    def mac(self, kind: str, *values: object, key: str = "") -> bytes:
        """An HMAC over values of one kind.

        Args:
            kind: keeps what is signed for one purpose from being shown for another.
            values: what JSON has.
            key: id of the key; the current one where it is "".

        Raises:
            KeyError: there is no key of this id.
        """
        return hmac.digest(self.known[key or self.current], _json([kind, *values]).encode(), "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """The link of one event.

    Attributes:
        key: id of the key that made it.
        is_late: the event had been there unkeyed, and was sealed as it stood on the day of the upgrade.
        facts: `facts_of` its case after the event, as JSON; "" where another event followed in the same transaction.
        link: the HMAC, 64 hexadecimal digits.
    """

    ticket: str
    number: int
    key: str
    is_late: bool
    facts: str
    link: str


def make_link(keys: ChainKeys, installation: str, event: CaseEvent, facts: str, *, is_late: bool = False) -> CaseLink:
    """The link of an event whose hash is set."""
    link = keys.mac("link", installation, event.ticket, event.number, event.hash, is_late, facts).hex()
    return CaseLink(ticket=event.ticket, number=event.number, key=keys.current, is_late=is_late, facts=facts, link=link)


def is_genuine(keys: ChainKeys, installation: str, link: CaseLink, event_hash: str) -> bool:
    """Whether a link was made here, with a key that is known, for an event of this hash."""
    if link.key not in keys.known:
        return False
    told = (installation, link.ticket, link.number, event_hash, link.is_late, link.facts)
    return hmac.compare_digest(keys.mac("link", *told, key=link.key).hex().encode(), link.link.encode())


# The columns of a case -------------------------------------------------------------------------------------------

PERSONAL = ("reporter", "draft_key")
PERSONAL_PLACE = ("spoken", "lat", "lon")
"""Columns that are erased with her words: covered by a salted digest, which tells nothing once the salt is erased."""
UNCOVERED = ("attachments", "reason", "location")
"""Not columns of `cases`, or a sentence that is made from the others (`reason`)."""


def facts_of(case: Case) -> dict[str, object]:
    """The columns of a case that a link covers, without anything of its reporter's, as JSON has them."""
    own = {one.name: getattr(case, one.name) for one in fields(case) if one.name not in {*PERSONAL, *UNCOVERED}}
    place = {one.name: getattr(case.location, one.name) for one in fields(case.location)}
    return {name: _plain(value) for name, value in {**own, **place}.items() if name not in PERSONAL_PLACE}


def digest_personal(case: Case, salt: str) -> str:
    """A digest of the columns that are hers, salted as her words are; "" where the salt is erased."""
    place = [getattr(case.location, name) for name in PERSONAL_PLACE]
    told = _json([case.reporter, case.draft_key, *place])
    return hmac.digest(bytes.fromhex(salt), told.encode(), "sha256").hex() if salt else ""


PERSONAL_DIGEST = "personal"


def written_facts(case: Case, salt: str = "") -> str:
    """The facts as a link holds them; with the salt where the personal columns are to be covered, too."""
    digest = digest_personal(case, salt)
    return _json(facts_of(case) | ({PERSONAL_DIGEST: digest} if digest else {}))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [_plain(one) for one in value]
    return value


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


# Erasing -----------------------------------------------------------------------------------------------------------


class Erased(StrEnum):
    """What was taken away of a case on demand or in time: all words, her words, or her name."""

    ALL = "all"
    HERS = "hers"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Says, signed, that something of a case was erased by the service itself."""

    ticket: str
    what: str
    key: str
    mark: str


def make_tombstone(keys: ChainKeys, installation: str, ticket: str, what: Erased) -> Tombstone:
    """A tombstone with its signature."""
    mark = keys.mac("tombstone", installation, ticket, what.value).hex()
    return Tombstone(ticket, what.value, keys.current, mark)


def is_genuine_tombstone(keys: ChainKeys, installation: str, stone: Tombstone) -> bool:
    """Whether it was made here, with a key that is known."""
    if stone.key not in keys.known:
        return False
    mark = keys.mac("tombstone", installation, stone.ticket, stone.what, key=stone.key).hex()
    return hmac.compare_digest(mark.encode(), stone.mark.encode())
