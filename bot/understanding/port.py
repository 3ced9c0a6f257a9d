"""The role of the language model: labels for texts. Places, times and dangers are rules, on in every mode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.understanding.understood import Guess


class UnderstandingState(StrEnum):
    """What answers at the moment, in the words of `/health/ready`."""

    COMPILED = "compiled"
    RASA = "rasa"
    KEYWORDS = "keywords"
    STARTING = "starting"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model makes of one text.

    `categories`: best first, three or more. `sure`: the first may stand on the card without a question.
    """

    intent: Guess
    categories: tuple[Guess, ...]
    sure: bool = False


class CannotUnderstand(Exception):
    """The model did not answer in time, or answered rubbish. Holds nothing of the text."""


class Understanding(Protocol):
    """Something that reads texts."""

    @property
    def state(self) -> UnderstandingState:
        """Which implementation answers now."""
        ...

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """One reading a text, in order.

        Raises:
            CannotUnderstand: no answer in time.
        """
        ...
