"""When the next batch begins: at once while few people write, and later the more of them there are.

A batch of one costs almost what a batch of ten does: a transaction, a wake-up, a cold cache. Whoever writes alone waits
for nothing; among many everybody waits a little, and the machine does several times as much.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

SECONDS_EACH = 0.04
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
        """Return when the next batch may begin."""
        now = self.now()
        self._begins = max(now, self._begins + self._distance(now))
        if self._begins > now:
            await self.sleep(self._begins - now)

    def count(self, many: int) -> None:
        """So many were in the batch."""
        if many:
            self._lately.append((self.now(), many))

    def hurry(self) -> None:
        """The batch was full, so that more waits: the next begins at once."""
        self._begins = float("-inf")

    def _distance(self, now: float) -> float:
        while self._lately and self._lately[0][0] <= now - COUNTED_SECONDS:
            self._lately.popleft()
        return min(MOST_SECONDS, SECONDS_EACH * sum(many for _, many in self._lately))
