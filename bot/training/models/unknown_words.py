"""Which words of the last month the model in service has never seen, by name.

A word that few messages have may be somebody's name, so it is not shown.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import fuzz, process

from actions.store.training.sample_counts import visible_since
from bot.training.models.model_context import ModelContext
from bot.understanding.model.compiled_model import CompiledModel

A_MONTH = timedelta(days=30)
MOST_MESSAGES = 2_000
FEWEST_MESSAGES = 3
"""A word of fewer messages is not shown."""
MOST_WORDS = 40
MOST_NEAR, NEAR = 3, 75.0
"""So many known words that are written nearly so, from this share of equal letters on (0 to 100)."""
_WORD = re.compile(r"[a-z]{4,}(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word, in how many messages it stands, one of them, and known words that are written nearly so."""

    word: str
    messages: int
    example: str
    near: tuple[str, ...]


async def unknown_by_name(bench: ModelContext, model: CompiledModel) -> list[UnknownWord]:
    """Those of the latest 2,000 messages of the month that may be seen."""
    async with bench.database.reading() as connection:
        found = await visible_since(connection, bench.clock() - A_MONTH, MOST_MESSAGES)
    return await asyncio.to_thread(unknown_in, model, [text for _, text in found])


def unknown_in(model: CompiledModel, texts: Sequence[str]) -> list[UnknownWord]:
    """The unknown words of these messages, those of most messages first."""
    counted, example = Counter[str](), dict[str, str]()
    for text in texts:
        for word in {word for word in model.spelling.words(text) if _WORD.fullmatch(word)}:
            if not model.grams.knows(word):
                counted[word] += 1
                example.setdefault(word, text)
    shown = [(word, count) for word, count in counted.most_common(MOST_WORDS) if count >= FEWEST_MESSAGES]
    known = model.grams.single_words()
    return [UnknownWord(word, count, example[word], _near(word, known)) for word, count in shown]


def _near(word: str, known: Sequence[str]) -> tuple[str, ...]:
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_NEAR)
    return tuple(name for name, _, _ in found)
