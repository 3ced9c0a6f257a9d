"""Inboxes without a database."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.messaging.ports import Arrival, InboxUnavailable
from tests.patience import PATIENCE_SECONDS


class RememberingInbox:
    """Takes everything, each update once, and remembers it by batches."""

    def __init__(self) -> None:
        self.batches: list[list[Arrival]] = []
        self.tries = 0
        self._news = asyncio.Event()

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Take them."""
        self.tries += 1
        self.batches.append(list(arrivals))
        self._news.set()

    @property
    def arrivals(self) -> list[Arrival]:
        """All that was taken, each update once."""
        taken = {arrival.update_id: arrival for batch in self.batches for arrival in batch}
        return list(taken.values())

    async def holds(self, count: int, within_seconds: float = PATIENCE_SECONDS) -> list[Arrival]:
        """Wait until so many have been taken, and return them.

        Raises:
            TimeoutError: they were not taken in time.
        """
        async with asyncio.timeout(within_seconds):
            while len(self.arrivals) < count:
                self._news.clear()
                await self._news.wait()
        return self.arrivals


class ReluctantInbox(RememberingInbox):
    """Fails a number of times before it takes anything."""

    def __init__(self, failures: int, error: Exception | None = None) -> None:
        super().__init__()
        self.failures = failures
        self._error = error or InboxUnavailable("the database is away")

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Take them, or not yet."""
        if self.failures > 0:
            self.failures -= 1
            self.tries += 1
            raise self._error
        await super().put(arrivals)


class StuckInbox(RememberingInbox):
    """Neither takes nor refuses anything until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()
        self.let_go = asyncio.Event()

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Take them, in the end."""
        self.asked.set()
        await self.let_go.wait()
        await super().put(arrivals)
