"""How fast a channel may send: so many a second overall, so many a chat, fewer in a group."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

MOST_REMEMBERED = 10_000
TOGETHER_SECONDS = 0.4
"""Messages that must wait go in small groups, so often: one by one they cost much more (docs/performance.md)."""


@dataclass(slots=True)
class Pace:
    """Waits until the next message may go; in seconds, 0 is no limit.

    Attributes:
        overall, chat, group: seconds between two messages of the channel, of a chat, of a group.
        is_group: whether a chat's id is that of a group.
    """

    overall: float = 0.0
    chat: float = 0.0
    group: float = 0.0
    is_group: Callable[[str], bool] = lambda _: False
    now: Callable[[], float] = lambda: asyncio.get_running_loop().time()
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _next: float = 0.0
    _next_of: dict[str, float] = field(default_factory=dict)

    async def wait(self, chat: str | None = None) -> None:
        """Return when a message to this chat may go, and count it; without a chat, only the channel's limit counts."""
        now = self.now()
        at = max(now, self._next, self._next_of.get(chat, 0.0) if chat else 0.0)
        if at > now:
            at = _together(at)
        self._next = max(now, self._next) + self.overall
        self._forget(now)
        if chat and (span := self.group if self.is_group(chat) else self.chat):
            self._next_of[chat] = at + span
        if at > now:
            await self.sleep(at - now)

    def pause(self, seconds: float) -> None:
        """Nobody is sent anything for so long."""
        self._next = max(self._next, self.now() + seconds)

    def _forget(self, now: float) -> None:
        if len(self._next_of) > MOST_REMEMBERED:
            self._next_of = {chat: at for chat, at in self._next_of.items() if at > now}


def _together(at: float) -> float:
    """The first moment from `at` on at which a group goes."""
    return math.ceil(at / TOGETHER_SECONDS) * TOGETHER_SECONDS


def telegram_pace() -> Pace:
    """Telegram's limits: 30 a second, one a second a chat, 20 a minute a group (whose ids are negative).

    As messages go in groups, 21 a second on the average are at most 30 in any one.
    """
    return Pace(overall=(1 + TOGETHER_SECONDS) / 30, chat=1.0, group=3.0, is_group=lambda chat: chat.startswith("-"))
