"""How fast a channel may send: so many a second overall, so many a chat, fewer in a group."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

MOST_REMEMBERED = 10_000
TOGETHER_SECONDS = 0.55
"""Messages that must wait go in groups, so often: one by one they cost much more (docs/performance.md)."""
HAIR_SECONDS = 1e-6


@dataclass(slots=True)
class RateLimiter:
    """Waits until the next message may go; 0 is no limit.

    Attributes:
        most, seconds: at most so many messages of the channel in any so many seconds.
        chat, group: seconds between two messages of a chat, of a group; whoever sends waits for one of them at a time.
        is_group: whether a chat's id is that of a group.
    """

    most: int = 0
    seconds: float = 0.0
    chat: float = 0.0
    group: float = 0.0
    is_group: Callable[[str], bool] = lambda _: False
    now: Callable[[], float] = lambda: asyncio.get_running_loop().time()
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _not_before: float = 0.0
    _gone: deque[float] = field(default_factory=deque)
    _next_of: dict[str, float] = field(default_factory=dict)

    async def wait(self, chat: str | None = None) -> None:
        """Return when a message to this chat may go, and count it; without a chat, only the channel's limit counts."""
        if chat:
            await self._sleep_until(_together(self.now(), self._next_of.get(chat, 0.0)))
        at = self._place()
        self._remember(chat, at)
        await self._sleep_until(at)

    def _place(self) -> float:
        """When the channel may send its next message; nobody overtakes those who wait already."""
        now = self.now()
        may = self._not_before
        if self.most and len(self._gone) == self.most:
            may = max(may, self._gone.popleft() + self.seconds)
        at = _together(now, may)
        self._not_before = max(self._not_before, at)
        if self.most:
            self._gone.append(at)
        return at

    def _remember(self, chat: str | None, at: float) -> None:
        if len(self._next_of) > MOST_REMEMBERED:
            now = self.now()
            self._next_of = {chat: next_at for chat, next_at in self._next_of.items() if next_at > now}
        if chat and (span := self.group if self.is_group(chat) else self.chat):
            self._next_of[chat] = at + span

    async def _sleep_until(self, at: float) -> None:
        if (seconds := at - self.now()) > 0:
            await self.sleep(seconds)

    def pause(self, seconds: float) -> None:
        """Nobody is sent anything for so long."""
        self._not_before = max(self._not_before, self.now() + seconds)


def _together(now: float, may: float) -> float:
    """When a message goes that may go at `may`: now, or with the first group from then on."""
    return now if may <= now else math.ceil((may - HAIR_SECONDS) / TOGETHER_SECONDS) * TOGETHER_SECONDS


def telegram_rate_limiter() -> RateLimiter:
    """Telegram's limits: 30 a second, one a second a chat, 20 a minute a group (whose ids are negative).

    15 in little more than half a second are at most 30 in any second and a bit, should some be held up on their way.
    """
    return RateLimiter(
        most=15, seconds=TOGETHER_SECONDS, chat=1.0, group=3.0, is_group=lambda chat: chat.startswith("-")
    )
