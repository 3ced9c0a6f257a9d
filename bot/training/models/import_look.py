"""Has the model in service read an import before anything is learned from it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.training.models.comparing import readings
from bot.training.models.model_context import ModelContext, NoModel
from bot.training.samples.import_check import ImportCheck, checked
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.model.compiled_model import CompiledUnderstanding
from bot.understanding.model.model_file import UnusableModel


async def look_at(bench: ModelContext, rows: Sequence[LabelledText]) -> ImportCheck:
    """What the model in service makes of these rows; where there is none, nothing. A fifth of a millisecond a row."""
    try:
        _, model = await bench.model_in_service()
        understanding = CompiledUnderstanding(await asyncio.to_thread(bench.read, model), bench.known)
    except (NoModel, UnusableModel):
        return checked([], [])
    return checked(rows, await asyncio.to_thread(readings, understanding, rows))
