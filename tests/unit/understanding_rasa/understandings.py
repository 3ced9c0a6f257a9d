"""Language models of several tempers, without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.understanding.port import CannotUnderstand, ModelAnswer, Understanding, UnderstandingState
from bot.understanding.understood import Guess

BY_MODEL = ModelAnswer(
    Guess("complaint", 0.9), (Guess("jalan", 0.9), Guess("sampah", 0.06), Guess("lainnya", 0.01)), sure=True
)
BY_KEYWORDS = ModelAnswer(Guess("complaint", 0.4), (Guess("sampah", 0.2), Guess("jalan", 0.0), Guess("lainnya", 0.0)))


class FewWords:
    """Keywords that know one answer."""

    def rank(self, text: str) -> tuple[Guess, ...]:
        return BY_KEYWORDS.categories

    def intent(self, text: str) -> Guess:
        return BY_KEYWORDS.intent

    def named(self, text: str, learned: Collection[str]) -> str | None:
        """A word that the model cannot know yet."""
        return "pasar_hewan" if "pasar hewan" in text and "pasar_hewan" not in learned else None


class BrokenWords(FewWords):
    """Keywords with a mistake in them."""

    def rank(self, text: str) -> tuple[Guess, ...]:
        raise KeyError(text)


class ReadyUnderstanding:
    """Answers everything, and counts what it was asked, probes too."""

    def __init__(self) -> None:
        self.asked = 0

    @property
    def state(self) -> UnderstandingState:
        return UnderstandingState.RASA

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        self.asked += len(texts)
        return [await self.read(text) for text in texts]

    async def read(self, text: str) -> ModelAnswer:
        return BY_MODEL


class AilingUnderstanding(ReadyUnderstanding):
    """Answers only while it is well."""

    def __init__(self, *, well: bool = False) -> None:
        super().__init__()
        self.well = well

    async def read(self, text: str) -> ModelAnswer:
        if not self.well:
            raise CannotUnderstand("ailing")
        return BY_MODEL


class RecoveringUnderstanding(ReadyUnderstanding):
    """Fails so many times, then answers; `recovered` is set by the first answer."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self._failures = failures
        self.recovered = asyncio.Event()

    async def read(self, text: str) -> ModelAnswer:
        if self.asked <= self._failures:
            raise CannotUnderstand("not yet")
        self.recovered.set()
        return BY_MODEL


class PickyUnderstanding(ReadyUnderstanding):
    """Cannot read one text, for a reason of its own."""

    def __init__(self, poison: str) -> None:
        super().__init__()
        self._poison = poison

    async def read(self, text: str) -> ModelAnswer:
        if text == self._poison:
            raise RuntimeError(text)
        return BY_MODEL


class DreamingUnderstanding(ReadyUnderstanding):
    """Never answers and never fails."""

    async def read(self, text: str) -> ModelAnswer:
        await asyncio.Event().wait()
        return BY_MODEL


@dataclass
class ChangingModel:
    """A language model that comes and goes as a test likes."""

    reader: Understanding | None = None
    state: UnderstandingState = UnderstandingState.STARTING
