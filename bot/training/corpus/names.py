"""What labels are called in files that people made: slugs, and words for categories and types in any language. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.training.samples.labels import INTENTS


@dataclass(frozen=True, slots=True)
class LabelNames:
    """What labels are called: a regency's words for its categories and for types, folded, beside the slugs."""

    categories: Mapping[str, str]
    intents: Mapping[str, str]


def names_of(categories: Mapping[str, Mapping[str, str]], types: Mapping[str, Sequence[str]]) -> LabelNames:
    """What labels are called.

    Args:
        categories: the words of each leaf, by slug and language.
        types: the words of each intent in every language.
    """
    slugs = {folded(words): slug for slug, known in categories.items() for words in (slug, *known.values())}
    called = {folded(words): intent for intent, known in types.items() for words in known}
    intents = {**called, **{intent: intent for intent in INTENTS}}
    return LabelNames(slugs, intents)


def folded(cell: str) -> str:
    """What two ways of writing a label have in common."""
    return " ".join(cell.split()).casefold()
