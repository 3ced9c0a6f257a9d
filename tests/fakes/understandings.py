"""Understandings without a model, each with a temper of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.understanding.port import ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess, Meaning, Place, When

LIKELY = (Guess("penerangan_jalan", 0.9), Guess("jalan", 0.05), Guess("sampah", 0.01))


@dataclass(slots=True)
class SureUnderstanding:
    """Takes everything for a complaint about street lights."""

    asked: list[str] = field(default_factory=list)
    state: UnderstandingState = UnderstandingState.RASA

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """The same of each."""
        self.asked += texts
        return [ModelAnswer(Guess("complaint", 0.95), LIKELY, sure=True) for _ in texts]


@dataclass(slots=True)
class TouchyUnderstanding(SureUnderstanding):
    """Breaks over one word."""

    word: str = "racun"

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """The same of each, or an error that holds what was asked."""
        if any(self.word in text for text in texts):
            raise ValueError(texts)
        return await SureUnderstanding.understand(self, texts)


@dataclass(slots=True)
class SlowUnderstanding(SureUnderstanding):
    """Thinks until it is let go."""

    thinks: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """The same of each, in the end."""
        self.thinks.set()
        await self.let_go.wait()
        return await SureUnderstanding.understand(self, texts)


def meaning(intent: str = "complaint", *, place: Place | None = None, sure: bool = True) -> Meaning:
    """What a story about street lights means."""
    return Meaning(Guess(intent, 0.95), LIKELY, sure=sure, place=place or Place(), when=When())
