"""The golden phrases: six a category, one an intent, none learned; the model of this version passes all."""

from __future__ import annotations

from collections import Counter

from bot.training.models.comparing import readings
from bot.training.models.comparison import failed_golden
from bot.training.models.evaluation_sets import golden_rows, learned_from, unlearned
from bot.training.models.model_context import ModelContext
from bot.training.samples.labels import INTENTS
from bot.understanding.model.compiled_model import CompiledUnderstanding
from tests.unit.models.made_models import PROJECT


async def test_the_model_of_this_version_passes_all_of_them(bench: ModelContext) -> None:
    _, model = await bench.model_in_service()
    rows = golden_rows(bench.folders.config_dir, bench.known)
    assert failed_golden(rows, readings(CompiledUnderstanding(bench.read(model), bench.known), rows)) == []


def test_every_category_but_the_rest_has_six_and_every_intent_one(bench: ModelContext) -> None:
    rows = golden_rows(bench.folders.config_dir, bench.known)
    counts = Counter(row.category for row in rows if row.category)
    assert counts.keys() == bench.known - {"lainnya"}
    assert min(counts.values()) >= 6
    assert {row.intent for row in rows} == set(INTENTS)


def test_none_of_them_is_learned(bench: ModelContext) -> None:
    rows = [row for row in golden_rows(bench.folders.config_dir, bench.known) if row.category]
    kept, _ = unlearned(rows, learned_from([PROJECT / "data" / "nlu"]))
    assert kept == rows


def test_phrases_of_categories_that_a_regency_does_not_have_are_left_out(bench: ModelContext) -> None:
    rows = golden_rows(bench.folders.config_dir, {"jalan"})
    assert {row.category for row in rows} == {"jalan", None}
