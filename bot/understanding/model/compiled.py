"""The compiled model in the service's own process: no server, no Rasa, nothing that can be away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.port import CannotUnderstand, ModelAnswer, UnderstandingState
from bot.understanding.understood import Guess

FEWEST_CATEGORIES = 3
"""As many stand on the card when the category is in doubt."""
_NOTHING = Guess("none", 0.0)


class CompiledUnderstanding:
    """Reads texts with one compiled model."""

    def __init__(self, model: CompiledModel, known_categories: frozenset[str] | None = None) -> None:
        """Take the model.

        Args:
            model: as it was read.
            known_categories: the regency's; the model's others are passed over. None: all are taken.
        """
        self.model = model
        self._known = known_categories

    @property
    def state(self) -> UnderstandingState:
        """`compiled`, always."""
        return UnderstandingState.COMPILED

    async def understand(self, texts: Sequence[str]) -> list[ModelAnswer]:
        """One reading a text, in order, each in about a fifth of a millisecond.

        Raises:
            CannotUnderstand: the model ranks fewer than three of the regency's categories.
        """
        return [self.read(text) for text in texts]

    def read(self, text: str) -> ModelAnswer:
        """The reading of one text.

        Raises:
            CannotUnderstand: as above.
        """
        ranked = self.model.rank(text)
        known = self._known
        categories = tuple(Guess(*label) for label in ranked.categories if known is None or label[0] in known)
        if len(categories) < FEWEST_CATEGORIES:
            raise CannotUnderstand(f"the model ranks fewer than {FEWEST_CATEGORIES} known categories")
        intent = Guess(*ranked.intents[0]) if ranked.intents else _NOTHING
        sure = categories[0].confidence >= self.model.header.threshold_sure
        return ModelAnswer(intent, categories, sure=sure)
