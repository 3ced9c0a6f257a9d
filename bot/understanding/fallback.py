"""Answers always, and soon: with the language model where it can, with keywords where it cannot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from bot.observability.meter import UNMETERED, Meter
from bot.understanding.acts.model import ActsModel
from bot.understanding.acts.own import HearsActs
from bot.understanding.fallback_breaker import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Breaker
from bot.understanding.port import CannotUnderstand, ModelAnswer, Understanding, UnderstandingState
from bot.understanding.understood import Guess

log = structlog.get_logger()
_PATIENCE_SECONDS = 1.8
_TEXTS_AT_ONCE = 8
_LIKELIEST = 3
"""So many categories stand on the card that is in doubt."""


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

    def named(self, text: str, learned: Collection[str]) -> str | None:
        """The category that a model has not learned, and whose words stand in a text."""
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
        meter: Meter = UNMETERED,
    ) -> None:
        """Take what answers.

        Args:
            model: the language model; None when it is off.
            keywords: what answers instead.
            patience_seconds: how long all texts of a call together may take; the rest is read by keywords.
            first_pause_seconds: before a model that is down is probed; it doubles from probe to probe.
            longest_pause_seconds: what that pause never exceeds.
            meter: is told of every reading, and of every failure to get one.
        """
        self._meter = meter
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

    @property
    def model(self) -> LanguageModel | None:
        """Whoever holds the language model; None when it is off."""
        return self._model

    @property
    def acts(self) -> ActsModel | None:
        """The dialogue acts of the model of the moment; None where it has none of its own."""
        reader = self._model.reader if self._model is not None else None
        return reader.acts if isinstance(reader, HearsActs) else None

    async def start(self) -> None:
        """Ask the model a first time, in the background, so that `state` is true before anybody writes."""
        breaker = await self._breaker_now()
        if breaker is not None:
            breaker.begin_probing()

    async def stop(self) -> None:
        """Ends the tasks that run in the background."""
        if self._breaker is not None:
            await self._breaker.stop()

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """One reading a text, in order: the model's, or the keywords' where it is down, slow or wrong."""
        began = time.monotonic()
        breaker = await self._breaker_now()
        by_model = await self._ask(breaker, texts) if breaker and texts else [None] * len(texts)
        readings = [reading or self._by_keywords(text) for reading, text in zip(by_model, texts, strict=True)]
        self._account_for(by_model, time.monotonic() - began)
        return readings

    async def _ask(self, breaker: Breaker, texts: Sequence[str]) -> list[ModelAnswer | None]:
        """The model's reading of each text; None where it had none in time."""
        asking = [asyncio.ensure_future(self._by_model(breaker, text)) for text in texts]
        try:
            await asyncio.wait(asking, timeout=self._patience_seconds)
        finally:
            for unfinished in asking:
                unfinished.cancel()
        readings = [asked.result() if asked.done() and not asked.cancelled() else None for asked in asking]
        if late := sum(not asked.done() for asked in asking):
            self._meter.not_read("late", late)
        return readings

    def _account_for(self, by_model: Sequence[ModelAnswer | None], seconds: float) -> None:
        model = self._breaker.watched.state.value if self._breaker else UnderstandingState.KEYWORDS.value
        read = sum(reading is not None for reading in by_model)
        for by, texts in ((model, read), (UnderstandingState.KEYWORDS.value, len(by_model) - read)):
            if texts:
                self._meter.read(by, texts, seconds)

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

    async def _by_model(self, breaker: Breaker, text: str) -> ModelAnswer | None:
        """The model's reading, None when it has none or is known to be down."""
        async with self._slots:
            if breaker.is_open:
                return None
            try:
                [reading] = await breaker.watched.understand([text])
            except CannotUnderstand as error:
                self._meter.not_read("no_answer", 1)
                log.warning("not_understood", reason=str(error))
            except Exception as error:  # noqa: BLE001 - whatever broke: she is answered, and no trace holds her words
                self._meter.not_read("broken", 1)
                log.error("understanding_broken", kind=type(error).__name__)
            else:
                breaker.answered()
                return self._with_unlearned(reading, text)
            breaker.failed()
            return None

    def _with_unlearned(self, reading: ModelAnswer, text: str) -> ModelAnswer:
        """The same reading; in doubt where the words of a category stand in it that the model has not learned yet."""
        found = reading.categories
        slug = self._keywords.named(text, {guess.name for guess in found})
        if slug is None:
            return reading
        last = found[_LIKELIEST - 1].confidence if len(found) >= _LIKELIEST else 0.0
        among = (*found[: _LIKELIEST - 1], Guess(slug, last), *found[_LIKELIEST - 1 :])
        return replace(reading, categories=among, sure=False)

    def _by_keywords(self, text: str) -> ModelAnswer:
        """The keywords' reading, nothing at all if even they break."""
        try:
            return ModelAnswer(self._keywords.intent(text), self._keywords.rank(text))
        except Exception as error:  # noqa: BLE001 - as above
            log.error("keywords_broken", kind=type(error).__name__)
            return ModelAnswer(Guess("none", 0.0), ())
