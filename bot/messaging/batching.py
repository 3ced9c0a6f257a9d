"""When a batch begins, and how many small writes share one commit.

A batch of one costs almost what a batch of ten does: a transaction, a wake-up, a cold cache. Whoever writes alone waits
for nothing; among many everybody waits a little, and the machine does several times as much.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from actions.store.engine.uncancelled import to_the_end

__all__ = ["BatchInterval", "GroupCommit", "to_the_end"]

SECONDS_EACH = 0.02
MOST_SECONDS = 0.5
"""Between the beginnings of two batches: so much for each of the last second, and no more than this."""
COUNTED_SECONDS = 1.0


@dataclass(slots=True)
class BatchInterval:
    """The rhythm of one kind of batch; several loops may share one."""

    now: Callable[[], float] = lambda: asyncio.get_running_loop().time()
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _begins: float = float("-inf")
    _lately: deque[tuple[float, int]] = field(default_factory=deque)

    async def beat(self) -> None:
        """Waits until the next batch may begin."""
        now = self.now()
        self._begins = max(now, self._begins + self._distance(now))
        if self._begins > now:
            await self.sleep(self._begins - now)

    def count(self, many: int) -> None:
        """Counts how many items a batch held, which decides how long the next one is waited for."""
        if many:
            self._lately.append((self.now(), many))

    def hurry(self) -> None:
        """The batch was full, so that more waits: the next begins at once."""
        self._begins = float("-inf")

    def _distance(self, now: float) -> float:
        while self._lately and self._lately[0][0] <= now - COUNTED_SECONDS:
            self._lately.popleft()
        return min(MOST_SECONDS, SECONDS_EACH * sum(many for _, many in self._lately))


class GroupCommit[T]:
    """Takes items one by one and writes them together; each caller waits for the commit that holds its item."""

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[None]]) -> None:
        """`write` writes all of them or raises; its error reaches every caller whose item it held."""
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def put(self, items: Sequence[T]) -> None:
        """Write these items and return after the commit.

        Raises:
            Exception: whatever the writing raised.
        """
        if not items:
            return
        loop = asyncio.get_running_loop()
        futures = []
        for item in items:
            future = loop.create_future()
            self._waiting.append((item, future))
            futures.append(future)
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        for outcome in await asyncio.gather(*futures, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._commit(batch)
        finally:
            self._running = None

    async def _commit(self, batch: list[tuple[T, asyncio.Future[None]]]) -> None:
        error: Exception | None = None
        try:
            await self._write([item for item, _ in batch])
        except Exception as failed:  # noqa: BLE001 - handed on to everyone who waits
            error = failed
        for _, future in batch:
            if future.done():
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)
