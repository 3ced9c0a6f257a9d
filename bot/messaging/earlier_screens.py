"""What somebody had before her when she wrote a number, where a message takes its time to arrive.

Whoever is not answered writes "1" again: that is the button she saw, not the first one of an answer on its way to her.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.messages.messages import Chat, moments_of
from bot.messaging.records import ChatRecord, EarlierScreen, UnreadableRow, read_record

MOST_KEPT: Final = 3
HAS_EARLIER: Final = '"earlier":'

type Moments = Mapping[tuple[str, str, str], datetime | None]
"""When messages were sent, by channel, chat and name; None for one that waits."""
NO_MOMENTS: Moments = {}


def kept(before: ChatRecord, replaced_by: str) -> tuple[EarlierScreen, ...]:
    """What stood open before the message of this name, the oldest first."""
    known = (*before.earlier, EarlierScreen(before.shown, replaced_by))
    return tuple(EarlierScreen(one.buttons, one.replaced_by) for one in known[-MOST_KEPT:])


async def moments_of_screens(connection: AsyncConnection, stored: Mapping[Chat, str]) -> Moments:
    """When what stands open now in these chats, and shortly before, was sent."""
    read = ((chat, _earlier(record)) for chat, record in stored.items() if HAS_EARLIER in record)
    return await moments_of(connection, {(*chat, one.replaced_by) for chat, earlier in read for one in earlier})


def _earlier(stored: str) -> Sequence[EarlierScreen]:
    try:
        return read_record(stored).earlier
    except UnreadableRow:
        return ()


def as_sent(record: ChatRecord, chat: Chat, moments: Moments) -> ChatRecord:
    """The chat as it was before her: until when, of each screen that stood open before."""
    return replace(record, earlier=tuple(_as_sent(one, (*chat, one.replaced_by), moments) for one in record.earlier))


def _as_sent(one: EarlierScreen, name: tuple[str, str, str], moments: Moments) -> EarlierScreen:
    sent = moments.get(name)
    return replace(one, is_open=name in moments and sent is None, until=sent)
