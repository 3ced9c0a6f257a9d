"""Leases on chats as rows of a server's database: taken, renewed and given back by whatever connection there is.

A lease is worth what its epoch is. Its time may run out while the words of a turn are being understood, on a machine
that stood still; then another takes the chat, with an epoch of its own, and the first finds that out in its commit.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, delete, func, select, text, true, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.chat_leases import THROTTLED_AT_ONCE, ChatLease, ChatLeases, InMemoryChatLeases, LeaseLost
from actions.store.engine.database import Database
from actions.store.engine.fair_share import fairest
from actions.store.engine.lease_tables import chat_leases
from actions.store.engine.uncancelled import to_the_end
from actions.store.messages.waiting import Chat, longest_waiting, waiting, waiting_chats

LEASE_SECONDS, RENEW_EVERY_SECONDS = 10.0, 3.0
"""How long the chats of a process that was killed wait for another, and how often one that lives says so."""
LEFT_BEHIND: Final = timedelta(minutes=1)
"""What is so much over its time is nobody's: whoever gives back takes it away, for it names a chat."""
NOW = func.clock_timestamp()

_OF = chat_leases.c
_KEY = tuple_(_OF.channel, _OF.chat, _OF.epoch)


def chat_leases_of(database: Database) -> ChatLeases:
    """Returns the implementation that fits this database."""
    return InMemoryChatLeases(database) if database.is_sqlite else RowChatLeases(database)


@dataclass(frozen=True, slots=True)
class RowLease:
    """A `ChatLease` of rows; `epochs` has what each chat was taken with."""

    database: Database
    epochs: Mapping[Chat, int]

    @property
    def chats(self) -> Sequence[Chat]:
        """Implements the property of `ChatLease`."""
        return list(self.epochs)

    @asynccontextmanager
    async def writing(self, chats: Collection[Chat]) -> AsyncIterator[AsyncConnection]:
        """Implements the method of `ChatLease`: until the commit nobody takes them."""
        async with self.database.writing() as connection:
            mine = select(_OF.chat).where(_KEY.in_(self._keys(chats))).order_by(_OF.channel, _OF.chat)
            if len((await connection.execute(mine.with_for_update())).all()) < len({*chats}):
                raise LeaseLost("another has taken a chat of this turn")
            yield connection

    async def renew(self) -> None:
        """Have them for longer; what another holds by now, and what is being committed, stays as it is."""
        free = select(_OF.channel, _OF.chat, _OF.epoch).where(_KEY.in_(self._keys(self.epochs)))
        mine = free.with_for_update(skip_locked=True).cte()
        longer = update(chat_leases).where(_KEY.in_(select(mine))).values(until=_in(LEASE_SECONDS))
        async with self.database.writing() as connection:
            await connection.execute(longer)

    async def give_back(self) -> None:
        """Others may have them, and what nobody has given back is cleared away."""
        old = _OF.until < NOW - LEFT_BEHIND
        left = select(_OF.channel, _OF.chat, _OF.epoch).where(old).with_for_update(skip_locked=True).cte()
        async with self.database.writing() as connection:
            await connection.execute(delete(chat_leases).where(_KEY.in_(self._keys(self.epochs))))
            await connection.execute(delete(chat_leases).where(_KEY.in_(select(left))))

    def _keys(self, chats: Collection[Chat]) -> list[tuple[str, str, int]]:
        return [(*chat, self.epochs[chat]) for chat in chats]


@dataclass(frozen=True, slots=True)
class RowChatLeases:
    """`ChatLeases` that are rows, whatever process holds them."""

    database: Database
    holder: str = field(default_factory=lambda: secrets.token_hex(8))

    @asynccontextmanager
    async def take(
        self, channels: Collection[str], most: int, throttled: Sequence[Chat] = ()
    ) -> AsyncIterator[ChatLease]:
        """Implements the method of `ChatLeases`."""
        lease = RowLease(self.database, await self._take_to_the_end(channels, most, throttled))
        if not lease.epochs:
            yield lease
            return
        renewing = asyncio.create_task(_renew_on_and_on(lease))
        try:
            yield lease
        finally:
            renewing.cancel()
            await asyncio.wait({renewing})
            with suppress(SQLAlchemyError, OSError):  # they run out by themselves
                await to_the_end(lease.give_back())

    async def _take_to_the_end(
        self, channels: Collection[str], most: int, throttled: Sequence[Chat]
    ) -> dict[Chat, int]:
        """Who is cancelled while taking gives back what she was given."""
        taking = asyncio.ensure_future(self._take(channels, most, throttled))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            with suppress(SQLAlchemyError, OSError):
                await RowLease(self.database, await taking).give_back()
            raise

    async def _take(self, channels: Collection[str], most: int, throttled: Sequence[Chat]) -> dict[Chat, int]:
        async with self.database.writing() as connection:
            taken = await self._taken(connection, longest_waiting(channels, most, without=throttled))
            if throttled and len(taken) < most:
                waits = await waiting_chats(connection, channels, len(throttled), among=throttled)
                first = fairest(waits, throttled, most - len(taken), THROTTLED_AT_ONCE)
                if first:
                    taken |= await self._taken(connection, longest_waiting(channels, len(first), among=first))
        return taken

    async def _taken(self, connection: AsyncConnection, chosen: Select[tuple[str, str]]) -> dict[Chat, int]:
        """Hold those of them that nobody holds, in the order in which they waited."""
        # A value, not EXISTS: that would be joined with all that wait where the server has not counted them lately.
        until = select(_OF.until).where(_OF.channel == waiting.c.channel, _OF.chat == waiting.c.chat).scalar_subquery()
        free = chosen.where(func.coalesce(until <= NOW, true())).add_columns(waiting.c.since)
        mine = free.with_for_update(of=waiting, skip_locked=True).cte("mine")
        holder = text("CAST(:holder AS varchar)")
        rows = select(mine.c.channel, mine.c.chat, holder, _in(LEASE_SECONDS)).order_by(mine.c.since)
        new = insert(chat_leases).from_select(["channel", "chat", "holder", "until"], rows)
        again = {name: new.excluded[name] for name in ("holder", "until", "epoch")}
        upsert = new.on_conflict_do_update(index_elements=["channel", "chat"], set_=again, where=_OF.until <= NOW)
        taken = await connection.execute(upsert.returning(_OF.channel, _OF.chat, _OF.epoch), {"holder": self.holder})
        return {(channel, chat): epoch for channel, chat, epoch in taken}


def _in(seconds: float) -> ColumnElement[datetime]:
    return NOW + timedelta(seconds=seconds)


async def _renew_on_and_on(lease: RowLease) -> None:
    while True:
        await asyncio.sleep(RENEW_EVERY_SECONDS)
        with suppress(SQLAlchemyError, OSError):  # the commit finds out what is lost
            await to_the_end(lease.renew())
