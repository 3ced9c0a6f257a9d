"""Reads the document that Rasa answers, and refuses rubbish. Pure; what it raises never holds the text."""

from __future__ import annotations

from bot.understanding.port import CannotUnderstand, ModelAnswer
from bot.understanding.understood import Guess

FEWEST_CATEGORIES = 3
"""As many stand on the card when the category is in doubt."""


def read_document(document: object, *, threshold_sure: float, known: frozenset[str] | None = None) -> ModelAnswer:
    """What Rasa's document, with our `category_ranking`, says.

    Args:
        document: as it came, decoded from JSON.
        threshold_sure: confidence (0 to 1) of the first category from which it is sure.
        known: the regency's categories; others in the ranking are passed over. None: all are taken.

    Raises:
        CannotUnderstand: the intent or the ranking is missing or no such thing, or fewer than three known
            categories are ranked.
    """
    if not isinstance(document, dict):
        raise CannotUnderstand("the language model answered no object")
    intent = _intent(document.get("intent"))
    categories = _categories(document.get("category_ranking"), known)
    return ModelAnswer(intent, categories, sure=categories[0].confidence >= threshold_sure)


def _intent(found: object) -> Guess:
    """The intent; Rasa names none, with confidence 0, where there is nothing to understand."""
    if isinstance(found, dict) and found.get("name") is None and found.get("confidence") == 0:
        return Guess("none", 0.0)
    guess = _guess(found)
    if guess is None:
        raise CannotUnderstand("the language model answered no intent with a name and a confidence")
    return guess


def _categories(found: object, known: frozenset[str] | None) -> tuple[Guess, ...]:
    """The ranking, best first, each category once."""
    if not isinstance(found, list):
        raise CannotUnderstand("the language model answered no category_ranking")
    best: dict[str, Guess] = {}
    for entry in found:
        guess = _guess(entry)
        if guess is None:
            raise CannotUnderstand("the language model answered a category without a name and a confidence")
        if known is None or guess.name in known:
            best.setdefault(guess.name, guess)
    if len(best) < FEWEST_CATEGORIES:
        raise CannotUnderstand(f"the language model ranked fewer than {FEWEST_CATEGORIES} known categories")
    return tuple(sorted(best.values(), key=lambda guess: -guess.confidence))


def _guess(found: object) -> Guess | None:
    """A name and a number from 0 to 1, or None."""
    if not isinstance(found, dict):
        return None
    name, confidence = found.get("name"), found.get("confidence")
    if not isinstance(name, str) or not name:
        return None
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        return None
    return Guess(name, float(confidence))
