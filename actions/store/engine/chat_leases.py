"""Chats in hand: whoever works a chat's turn holds it until the turn is committed, and nobody else works it meanwhile.

On SQLite one process works a channel, so that its memory is enough. On a server's database several do: there a lease is
a row, renewed while the chat is worked, and the turn's own commit asks for it (`row_chat_leases.py`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database
from actions.store.engine.fair_share import fairest
from actions.store.messages.waiting import Chat, waiting_chats

THROTTLED_AT_ONCE = 1
"""Of chats that flood so many are given out together: their turns are dear, and the others wait for them."""


class LeaseLost(Exception):
    """A chat is in another's hand by now, whoever held it before: nothing of the turn may be written."""


class ChatLease(Protocol):
    """Chats that are held, and the way to write them while they are."""

    @property
    def chats(self) -> Sequence[Chat]:
        """What is held; nothing where nothing waits, or all that waits is in other hands."""
        ...

    def writing(self, chats: Collection[Chat]) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction on some of these chats.

        Raises:
            LeaseLost: one of them is no longer held; nothing is written.
        """
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


@dataclass(frozen=True, slots=True)
class _InMemoryLease:
    database: Database
    chats: Sequence[Chat]

    def writing(self, chats: Collection[Chat]) -> AbstractAsyncContextManager[AsyncConnection]:
        del chats  # nobody takes one away
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
