"""Knows whether the language model answers, and finds out by itself when it does again."""

from __future__ import annotations

import asyncio
import contextlib

import stamina

from bot.understanding.port import Understanding, UnderstandingState

PROBE_TEXT = "selamat pagi"
"""Nobody's words: what a model is asked to see whether it answers."""
FAILURES_TO_SKIP = 2
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0


class Breaker:
    """Counts the failures of one understanding. After two in a row it opens, and probes in the background."""

    def __init__(
        self,
        watched: Understanding,
        *,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
        longest_pause_seconds: float = LONGEST_PAUSE_SECONDS,
    ) -> None:
        """Begin closed.

        Args:
            watched: what is asked, and probed.
            first_pause_seconds: before the first probe; it doubles from probe to probe.
            longest_pause_seconds: what it never exceeds.
        """
        self.watched = watched
        self._first_pause_seconds = first_pause_seconds
        self._longest_pause_seconds = longest_pause_seconds
        self._failures = 0
        self._probing: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the understanding is known to be down, and must not be asked."""
        return self._failures >= FAILURES_TO_SKIP

    def answered(self) -> None:
        """Take note that it answered: it is up."""
        self._failures = 0

    def failed(self) -> None:
        """Take note that it did not; from the second time in a row on it is probed until it does."""
        self._failures += 1
        if self.is_open:
            self.begin_probing()

    def begin_probing(self) -> None:
        """Ask for nobody until it answers, with growing pauses; needs a running event loop."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.get_running_loop().create_task(self._probe(), name="understanding-probe")

    async def probed(self) -> None:
        """Wait until there is nothing to probe any more."""
        if self._probing is not None:
            await asyncio.wait([self._probing])

    async def stop(self) -> None:
        """End the probing."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.wait([self._probing])

    async def _probe(self) -> None:
        """Ask until it answers, whatever it fails with, or is closed for good."""
        with contextlib.suppress(Exception):
            async for attempt in stamina.retry_context(
                on=self._is_worth_another_try,
                attempts=None,
                timeout=None,
                wait_initial=self._first_pause_seconds,
                wait_max=self._longest_pause_seconds,
                wait_jitter=self._first_pause_seconds / 2,
            ):
                with attempt:
                    await self._ask()

    def _is_worth_another_try(self, error: BaseException) -> bool:
        return isinstance(error, Exception) and self.watched.state != UnderstandingState.DOWN

    async def _ask(self) -> None:
        """Ask once. A probe counts like any question: what never answered is down."""
        try:
            await self.watched.understand([PROBE_TEXT])
        except Exception:
            self._failures += 1
            raise
        self.answered()
