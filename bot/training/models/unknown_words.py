"""How many words of what citizens write the model in service has never seen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from actions.store.training.models import Model
from actions.store.training.sample_counts import texts_between
from bot.training.models.model_context import ModelContext
from bot.training.models.watching import A_WEEK, RECENT_WEEKS, WEEKS, unknown_share
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import UnusableModel

MOST_TEXTS = 500


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """Shares of all words, 0 to 1, in the recent weeks and in those before; None without messages."""

    now: float | None
    before: float | None


async def unknown_words(bench: ModelContext, model: Model) -> UnknownWords | None:
    """Read up to 500 messages of the recent weeks and of those before; None where the model cannot be read."""
    today = bench.clock()
    recent: timedelta = A_WEEK * RECENT_WEEKS
    async with bench.database.reading() as connection:
        now = await texts_between(connection, today - recent, today, MOST_TEXTS)
        before = await texts_between(connection, today - A_WEEK * WEEKS, today - recent, MOST_TEXTS)
    try:
        return await asyncio.to_thread(_counted, bench, model, now, before)
    except UnusableModel:
        return None


def _counted(bench: ModelContext, model: Model, now: Sequence[str], before: Sequence[str]) -> UnknownWords:
    read = bench.read(model)
    return UnknownWords(unknown_share(_words(read, now)), unknown_share(_words(read, before)))


def _words(model: CompiledModel, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Unknown and all words of each text."""
    found = [model.spelling.words(text) for text in texts]
    return [(sum(not model.grams.knows(word) for word in words), len(words)) for words in found]
