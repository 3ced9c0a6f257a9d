"""Which message a part belongs to, and which messages are to be worked now. Pure: rows in, decisions out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from actions.store.messages.incoming_parts import StoredPart
from bot.messaging.ports import MessagePart

GAP: Final = " ... "
"""Stands where a part never came."""
UNENDED: Final = ""
"""The reference of whole messages that wait for their end: each is a message of its own."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A message that is to be worked: whole, or as much of it as came."""

    message: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a part belongs.

    Attributes:
        part: to be kept; None for one that came before.
        released: what is to be worked now, in order.
    """

    part: StoredPart | None
    released: tuple[Joined, ...] = ()


def digest_of(*words: str) -> str:
    """A name for words that are kept nowhere else."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()


def place(rows: Sequence[StoredPart], part: MessagePart) -> Placed:
    """What a part that came does to those that are there, of its chat.

    The same part again changes nothing. Another text in the same place begins another message under a reference that
    is used again, and what came of the former is worked. A part of a message that was worked without it follows alone.
    """
    reference = digest_of(part.reference, str(part.total))
    named = [row for row in rows if row.reference == reference]
    digest = digest_of(part.text)
    if any(row.number == part.number and row.digest == digest for row in named):
        return Placed(None)
    waiting = [row for row in named if row.state == "new"]
    fresh = StoredPart(part.chat, reference, "", part.number, part.total, part.text, digest, "new", part.at)
    released = list[Joined]()
    if any(row.number == part.number for row in waiting):
        released, waiting = [joined(waiting)], []
    if waiting:
        fresh = replace(fresh, message=waiting[0].message)
    else:
        begun = digest_of(part.chat, reference, str(part.number), digest, part.at.isoformat())
        fresh = replace(fresh, message=begun)
    if len(waiting) + 1 == part.total or (not waiting and _was_missed(named, part)):
        released.append(joined([*waiting, fresh]))
    return Placed(fresh, tuple(released))


def _was_missed(named: Sequence[StoredPart], part: MessagePart) -> bool:
    """Whether the last message under this reference was worked without this part."""
    worked = [row for row in named if row.state == "done"]
    last = [row for row in worked if row.message == worked[-1].message] if worked else []
    return 0 < len(last) < part.total and part.number not in {row.number for row in last}


def joined(parts: Sequence[StoredPart]) -> Joined:
    """The message of these parts, with a gap where one is missing before or behind those that came."""
    texts, expected = list[str](), 1
    for one in sorted(parts, key=lambda part: part.number):
        texts += [GAP] if one.number > expected else []
        texts.append(one.text)
        expected = one.number + 1
    texts += [GAP] if parts[0].total >= expected else []
    return Joined(parts[0].message, "".join(texts).strip(), max(part.received_at for part in parts))


def unended(rows: Iterable[StoredPart]) -> list[Joined]:
    """The whole messages that wait for their end, in order."""
    waiting = [row for row in rows if row.reference == UNENDED and row.state == "new"]
    return [Joined(row.message, row.text, row.received_at) for row in waiting]


def overdue(rows: Sequence[StoredPart], quiet_since: datetime, incomplete_since: datetime) -> list[Joined]:
    """What of a chat has waited long enough: for its end since the last came, for a part since the first."""
    ended = unended(rows)
    found = ended if ended and ended[-1].at < quiet_since else []
    messages = dict[str, list[StoredPart]]()
    for row in rows:
        if row.state == "new" and row.reference != UNENDED:
            messages.setdefault(row.message, []).append(row)
    late = [joined(parts) for parts in messages.values() if parts[0].received_at < incomplete_since]
    return sorted([*found, *late], key=lambda one: one.at)
