"""Messages that come in parts, again, or before their end: kept in the database, and put into the inbox once whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.messages.incoming_parts import (
    StoredPart,
    chats_with_parts_before,
    confirm,
    drop_joined_before,
    hold_parts_of,
    is_unconfirmed,
    keep_part,
    keep_unconfirmed,
    mark_joined,
    parts_of,
)
from actions.store.messages.messages import put_in_inbox
from actions.store.messages.receipts import is_reached
from bot.conversation.events import Said
from bot.messaging.arrival_checks import InvalidArrival, check_arrival
from bot.messaging.inbox import inbox_row
from bot.messaging.part_joining import UNENDED, Joined, digest_of, overdue, place, unended
from bot.messaging.ports import Arrival, Arrive, InboxUnavailable, MessagePart
from bot.messaging.records import storable

log = structlog.get_logger()

A_PRESS_REPEATED, A_STORY_REPEATED = timedelta(minutes=10), timedelta(days=1)
SHORTEST_STORY: Final = 20
"""Letters; fewer are a number or a button's words."""
KNOWN_FOR: Final = timedelta(days=3)
"""A part that was worked is known so long when it comes once more."""


@dataclass(frozen=True, slots=True)
class SqlMessageParts:
    """`MessageParts` in the database.

    Attributes:
        arrive: makes an arrival of what was joined.
        tell: called after a commit that put something into the inbox.
    """

    database: Database
    channel: str
    clock: Clock
    tell: Callable[[], None]
    arrive: Arrive

    async def put_part(self, part: MessagePart) -> None:
        """Implements the method of `MessageParts`."""
        chat = (self.channel, part.chat)
        check_arrival(self.arrive(part.chat, "part", "", part.at))
        part = MessagePart(part.chat, part.reference, part.number, part.total, storable(part.text), part.at)
        async with self._writing() as connection:
            await hold_parts_of(connection, chat)
            rows = await parts_of(connection, chat)
            placed = place(rows, part)
            if placed.part:
                await keep_part(connection, self.channel, placed.part)
                first = unended(rows) if placed.released else []
                await self._work(connection, part.chat, [*first, *placed.released])
                await is_reached(connection, chat)

    async def put(self, arrival: Arrival, *, digest: str = "", waits: bool = False) -> None:
        """Implements the method of `MessageParts`."""
        check_arrival(arrival)
        if arrival.channel != self.channel:
            raise InvalidArrival("channel", f"is {arrival.channel!r} in the inbox of {self.channel!r}")
        chat = (self.channel, arrival.chat)
        async with self._writing() as connection:
            await hold_parts_of(connection, chat)
            if digest:
                since = self.clock() - _repeated_within(arrival)
                if await is_unconfirmed(connection, self.channel, digest, since):
                    return
                await keep_unconfirmed(connection, self.channel, digest, self.clock())
            rows = await parts_of(connection, chat)
            if any(row.message == arrival.update_id for row in rows):
                return
            if waits and isinstance(arrival.event, Said):
                await keep_part(connection, self.channel, _unended_row(arrival, arrival.event, len(rows)))
            else:
                await self._work(connection, arrival.chat, unended(rows), arrival)
            await is_reached(connection, chat)

    async def confirm(self, digests: Sequence[str]) -> None:
        """Implements the method of `MessageParts`."""
        async with self._writing() as connection:
            await confirm(connection, self.channel, digests)

    async def release(self, quiet_since: datetime, incomplete_since: datetime) -> None:
        """Implements the method of `MessageParts`."""
        async with self.database.reading() as connection:
            chats = await chats_with_parts_before(connection, self.channel, max(quiet_since, incomplete_since))
        for chat in chats:
            async with self._writing() as connection:
                await hold_parts_of(connection, (self.channel, chat))
                rows = await parts_of(connection, (self.channel, chat))
                await self._work(connection, chat, overdue(rows, quiet_since, incomplete_since))
        async with self.database.writing() as connection:
            await drop_joined_before(connection, self.channel, self.clock() - KNOWN_FOR)

    async def _work(self, connection: AsyncConnection, chat: str, released: Sequence[Joined], *others: Arrival) -> None:
        """Put these into the inbox, in order; their parts are done with."""
        arrivals = [self.arrive(chat, one.message, one.text, one.at) for one in released]
        rows = [inbox_row(one, self.clock()) for one in (*arrivals, *others)]
        if rows:
            await put_in_inbox(connection, rows)
        if released:
            await mark_joined(connection, (self.channel, chat), [one.message for one in released])

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self.database.writing() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            log.error("inbox_waits_for_database", error=type(error).__name__)
            raise InboxUnavailable(type(error).__name__) from error
        self.tell()


def _repeated_within(arrival: Arrival) -> timedelta:
    """How long the same words are the same message, as long as nobody knows whether its answer has arrived.

    A press is meant again soon, and a process that ends just behind an answer cannot learn that it has arrived.
    """
    said = arrival.event.text if isinstance(arrival.event, Said) else ""
    return A_PRESS_REPEATED if len(said) < SHORTEST_STORY else A_STORY_REPEATED


def _unended_row(arrival: Arrival, said: Said, number: int) -> StoredPart:
    return StoredPart(
        chat=arrival.chat,
        reference=UNENDED,
        message=arrival.update_id,
        number=number,
        total=0,
        text=storable(said.text),
        digest=digest_of(arrival.update_id),
        state="new",
        received_at=said.at,
    )
