"""Tells open pages of this process that there is something to show. Knows nothing of what it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum


class Ring(Enum):
    """What a page heard."""

    NEWS = "something changed in the talk"
    TYPING = "an answer is being prepared"
    NOTHING = "nothing in time"


@dataclass(slots=True, eq=False)
class SseSignal:
    """Rings for one open page."""

    _rung: asyncio.Event = field(default_factory=asyncio.Event)
    _has_news: bool = False

    def ring(self, *, typing: bool = False) -> None:
        """Wake the page."""
        self._has_news = self._has_news or not typing
        self._rung.set()

    async def rings(self, within_seconds: float) -> Ring:
        """Wait for a ring. News outdo an answer that is only being prepared."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_seconds):
                await self._rung.wait()
        if not self._rung.is_set():
            return Ring.NOTHING
        ring = Ring.NEWS if self._has_news else Ring.TYPING
        self._has_news = False
        self._rung.clear()
        return ring


class SseSignals:
    """The open pages of every visitor."""

    def __init__(self) -> None:
        """Nobody is here."""
        self._sse_signals: dict[str, set[SseSignal]] = {}
        self.is_closed = False

    @contextmanager
    def listen(self, visitor: str) -> Iterator[SseSignal]:
        """A page is open for as long as the block runs."""
        bell = SseSignal()
        self._sse_signals.setdefault(visitor, set()).add(bell)
        try:
            yield bell
        finally:
            self._sse_signals[visitor].discard(bell)
            if not self._sse_signals[visitor]:
                del self._sse_signals[visitor]

    def ring(self, visitor: str, *, typing: bool = False) -> None:
        """Wake every page of hers."""
        for bell in self._sse_signals.get(visitor, ()):
            bell.ring(typing=typing)

    def pages_of(self, visitor: str) -> int:
        """How many pages of hers are open here."""
        return len(self._sse_signals.get(visitor, ()))

    def close(self) -> None:
        """Let every page go: the service ends."""
        self.is_closed = True
        for visitor in list(self._sse_signals):
            self.ring(visitor)
