"""What trainers have labelled lately, as messages to measure on."""

from __future__ import annotations

from datetime import timedelta

from actions.store.training.sample_counts import decided_since
from bot.training.models.model_context import ModelContext
from bot.training.samples.labels import read_label
from bot.understanding.evaluation.evaluation import LabelledText

A_MONTH = timedelta(days=30)


async def live_labels(bench: ModelContext) -> list[LabelledText]:
    """The labels of the last month; a message of two matters measures nothing.

    Raises:
        SQLAlchemyError, OSError: the database cannot be asked.
    """
    async with bench.database.reading() as connection:
        decided = await decided_since(connection, bench.clock() - A_MONTH)
    found = [(text, read_label(label)) for text, label in decided]
    return [
        LabelledText(text, intent=label.intent, category=label.category)
        for text, label in found
        if label and not label.second and (label.category is None or label.category in bench.known)
    ]
