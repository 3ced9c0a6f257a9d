"""A message of the outbox as X takes it: words, and below them a numbered line for each choice. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind

MOST_TEXT: Final = 10_000
"""Letters of a direct message."""
MOST_POST: Final = 280
"""Letters of a public post."""


def written(outgoing: OutboxMessage) -> str:
    """All that she reads of it."""
    buttons = [f"{button.number}) {button.words}" for row in outgoing.rows for button in row if button.number]
    return "\n".join([outgoing.text, *buttons])


def pieces(outgoing: OutboxMessage) -> list[str]:
    """Its direct messages, in order, each ending behind a line or a word where it can; none when blank."""
    rest, found = written(outgoing).strip(), list[str]()
    while len(rest) > MOST_TEXT:
        end = rest.rfind("\n", MOST_TEXT // 2, MOST_TEXT) + 1 or rest.rfind(" ", 0, MOST_TEXT) + 1 or MOST_TEXT
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest else found


def charges(outgoing: OutboxMessage) -> Mapping[str, int]:
    """What is billed for sending it."""
    match outgoing.kind:
        case OutboxMessageKind.ANSWER:
            return {}
        case OutboxMessageKind.PUBLIC_REPLY:
            return {"post": 1}
    count = len(pieces(outgoing))
    return {"dm_sent": count} if count else {}
