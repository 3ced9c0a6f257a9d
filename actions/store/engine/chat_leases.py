"""Chats in hand: whoever works a chat's turn holds it until the turn is committed, and nobody else works it meanwhile.

On SQLite one process works a channel, so that its memory is enough. On a server's database several do: there a chat
is held by an advisory lock of the very session that reads and commits the turn. A connection that is lost takes the
locks with it and the commit too, so that nobody commits what she no longer holds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database, DatabaseGone
from actions.store.engine.fair_share import fairest
from actions.store.engine.task_lease import TURNS, unlock_all
from actions.store.messages.messages import Chat, longest_waiting, waiting_chats

MOST_LOOKS = 20
"""So many times as many chats as are asked for are looked at: those in front may all be in other hands."""
THROTTLED_AT_ONCE = 1
"""Of chats that flood so many are given out together: their turns are dear, and the others wait for them."""


class ChatLease(Protocol):
    """Chats that are held, and the way to read and to write them while they are."""

    @property
    def chats(self) -> Sequence[Chat]:
        """What is held; nothing where nothing waits, or all that waits is in other hands."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection that only reads."""
        ...

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction; it fails where the chats are no longer held."""
        ...


class ChatLeases(Protocol):
    """Gives out waiting chats, each to one hand only."""

    def take(
        self, channels: Collection[str], most: int, throttled: Sequence[Chat] = ()
    ) -> AbstractAsyncContextManager[ChatLease]:
        """Hold up to so many chats of these channels that wait, the longest waiting first, until the block ends.

        The throttled come behind all others, in the order that is given, and few at a time.
        """
        ...


def chat_leases_of(database: Database) -> ChatLeases:
    """Returns the implementation that fits this database."""
    return InMemoryChatLeases(database) if database.is_sqlite else AdvisoryLockChatLeases(database)


@dataclass(frozen=True, slots=True)
class _InMemoryLease:
    database: Database
    chats: Sequence[Chat]

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self.database.reading()

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self.database.writing()


@dataclass(slots=True)
class InMemoryChatLeases:
    """`ChatLeases` that remember who holds what; one process knows nothing of another's."""

    database: Database
    _held: set[Chat] = field(default_factory=set)

    @asynccontextmanager
    async def take(
        self, channels: Collection[str], most: int, throttled: Sequence[Chat] = ()
    ) -> AsyncIterator[ChatLease]:
        """Implements the method of `ChatLeases`."""
        async with self.database.reading() as connection:
            waiting = await waiting_chats(connection, channels, most + len(self._held) + len(throttled))
        free = [chat for chat in waiting if chat not in self._held]
        chats = fairest(free, throttled, most, THROTTLED_AT_ONCE)
        self._held.update(chats)
        try:
            yield _InMemoryLease(self.database, chats)
        finally:
            self._held.difference_update(chats)


@dataclass(frozen=True, slots=True)
class _AdvisoryLockLease:
    connection: AsyncConnection
    chats: Sequence[Chat]

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        self._require_session()
        try:
            yield self.connection
        finally:
            if not self.connection.invalidated:
                await self.connection.rollback()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        self._require_session()
        async with self.connection.begin():
            yield self.connection

    def _require_session(self) -> None:
        """SQLAlchemy would open another session in the place of one that is lost, and that one holds nothing."""
        if self.connection.invalidated:
            raise DatabaseGone("the session that holds these chats is lost")


@dataclass(frozen=True, slots=True)
class AdvisoryLockChatLeases:
    """`ChatLeases` that hold by session locks of the server, whatever process they are of."""

    database: Database

    @asynccontextmanager
    async def take(
        self, channels: Collection[str], most: int, throttled: Sequence[Chat] = ()
    ) -> AsyncIterator[ChatLease]:
        """Implements the method of `ChatLeases`."""
        async with self.database.session() as connection:
            chats = await self._lock(connection, channels, most, throttled)
            if throttled and len(chats) < most:
                chats += await self._lock_throttled(connection, channels, throttled, most - len(chats))
            await connection.rollback()
            yield _AdvisoryLockLease(connection, chats)
            if not connection.invalidated:
                await unlock_all(connection)

    async def _lock(
        self, connection: AsyncConnection, channels: Collection[str], most: int, throttled: Sequence[Chat]
    ) -> list[Chat]:
        """Try the longest waiting, and only where all of them are in other hands those behind them."""
        for look in range(MOST_LOOKS):
            waiting = longest_waiting(channels, most, most * look, without=throttled)
            tried = await _tried(connection, waiting)
            chats = [chat for chat, is_held in tried if is_held]
            if chats or len(tried) < most:
                break
        return chats

    async def _lock_throttled(
        self, connection: AsyncConnection, channels: Collection[str], throttled: Sequence[Chat], most: int
    ) -> list[Chat]:
        """Try those of them that come first."""
        waiting = await waiting_chats(connection, channels, len(throttled), among=throttled)
        first = fairest(waiting, throttled, most, THROTTLED_AT_ONCE)
        tried = dict(await _tried(connection, longest_waiting(channels, len(first), among=first)) if first else [])
        return [chat for chat in first if tried.get(chat)]


async def _tried(connection: AsyncConnection, waiting: Select[tuple[str, str]]) -> list[tuple[Chat, bool]]:
    """Try to hold these chats; returns each with whether it is held now."""
    chats = waiting.subquery()
    key = func.hashtext(chats.c.channel + ":" + chats.c.chat)
    query = select(chats.c.channel, chats.c.chat, func.pg_try_advisory_lock(TURNS, key))
    return [((channel, chat), is_held) for channel, chat, is_held in await connection.execute(query)]
