"""Answers always, and soon: with the language model where it can, with keywords where it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.understanding.fallback_breaker import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Breaker
from bot.understanding.heard import Guess
from bot.understanding.port import CannotUnderstand, Reading, Understanding, UnderstandingState

_LOG = structlog.get_logger(__name__)
_PATIENCE_SECONDS = 1.8
_TEXTS_AT_ONCE = 8


class LanguageModel(Protocol):
    """Whoever holds the language model, which may not be there yet, or be another than a minute ago."""

    @property
    def reader(self) -> Understanding | None:
        """What can be asked now; None while there is nothing."""
        ...

    @property
    def state(self) -> UnderstandingState:
        """What to say while there is nothing to ask: `starting` or `down`."""
        ...


class Keywords(Protocol):
    """Reads by words alone, at once."""

    def rank(self, text: str) -> tuple[Guess, ...]:
        """Categories, best first."""
        ...

    def intent(self, text: str) -> Guess:
        """The likeliest intent."""
        ...


@dataclass(frozen=True, slots=True)
class FixedModel:
    """A language model that is elsewhere, and always the same (`LAPOR_NLU` is an address)."""

    reader: Understanding
    state: UnderstandingState = UnderstandingState.DOWN


class SteadyUnderstanding:
    """An understanding that never fails. Used in one event loop; `start` and `stop` frame its life."""

    def __init__(
        self,
        model: LanguageModel | None,
        keywords: Keywords,
        *,
        patience_seconds: float = _PATIENCE_SECONDS,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
        longest_pause_seconds: float = LONGEST_PAUSE_SECONDS,
    ) -> None:
        """Take what answers.

        Args:
            model: the language model; None when it is off.
            keywords: what answers instead.
            patience_seconds: how long all texts of a call together may take; the rest is read by keywords.
            first_pause_seconds: before a model that is down is probed; it doubles from probe to probe.
            longest_pause_seconds: what that pause never exceeds.
        """
        self._model = model
        self._keywords = keywords
        self._patience_seconds = patience_seconds
        self._pauses = (first_pause_seconds, longest_pause_seconds)
        self._slots = asyncio.Semaphore(_TEXTS_AT_ONCE)
        self._breaker: Breaker | None = None

    @property
    def state(self) -> UnderstandingState:
        """What answers now, in the words of `/health/ready`."""
        if self._model is None:
            return UnderstandingState.KEYWORDS
        reader = self._model.reader
        if reader is None:
            return self._model.state
        breaker = self._breaker
        if breaker is not None and breaker.watched is reader and breaker.is_open:
            return UnderstandingState.DOWN
        return reader.state

    async def start(self) -> None:
        """Ask the model a first time, in the background, so that `state` is true before anybody writes."""
        breaker = await self._breaker_now()
        if breaker is not None:
            breaker.begin_probing()

    async def stop(self) -> None:
        """End what runs in the background."""
        if self._breaker is not None:
            await self._breaker.stop()

    async def understand(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order: the model's, or the keywords' where it is down, slow or wrong."""
        breaker = await self._breaker_now()
        if breaker is None or not texts:
            return [self._by_keywords(text) for text in texts]
        asking = [asyncio.ensure_future(self._by_model(breaker, text)) for text in texts]
        try:
            await asyncio.wait(asking, timeout=self._patience_seconds)
        finally:
            for unfinished in asking:
                unfinished.cancel()
        readings = [asked.result() if asked.done() and not asked.cancelled() else None for asked in asking]
        return [reading or self._by_keywords(text) for reading, text in zip(readings, texts, strict=True)]

    async def _breaker_now(self) -> Breaker | None:
        """The breaker of the model of the moment: another model is another chance. None: nothing to ask."""
        reader = self._model.reader if self._model is not None else None
        known = self._breaker
        if known is not None and known.watched is not reader:
            self._breaker = None
            await known.stop()
        if reader is not None and self._breaker is None:
            first, longest = self._pauses
            self._breaker = Breaker(reader, first_pause_seconds=first, longest_pause_seconds=longest)
        return self._breaker

    async def _by_model(self, breaker: Breaker, text: str) -> Reading | None:
        """The model's reading, None when it has none or is known to be down."""
        async with self._slots:
            if breaker.is_open:
                return None
            try:
                [reading] = await breaker.watched.understand([text])
            except CannotUnderstand as error:
                _LOG.warning("not_understood", reason=str(error))
            except Exception as error:  # noqa: BLE001 - whatever broke: she is answered, and no trace holds her words
                _LOG.error("understanding_broken", kind=type(error).__name__)
            else:
                breaker.answered()
                return reading
            breaker.failed()
            return None

    def _by_keywords(self, text: str) -> Reading:
        """The keywords' reading, nothing at all if even they break."""
        try:
            return Reading(self._keywords.intent(text), self._keywords.rank(text))
        except Exception as error:  # noqa: BLE001 - as above
            _LOG.error("keywords_broken", kind=type(error).__name__)
            return Reading(Guess("none", 0.0), ())
