"""Has the candidate and the model in service read the same messages, and keeps what was found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from actions.store.training.models import Compared, Model, SqlModels
from bot.training.models.comparison import Comparison, ReadSet, compare
from bot.training.models.evaluation_sets import golden_rows, held_back_rows, unlearned
from bot.training.models.gate import GateCheck, checks
from bot.training.models.model_context import ModelContext
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.model.compiled import CompiledUnderstanding
from bot.understanding.model.model_file import UnusableModel
from bot.understanding.port import CannotUnderstand, ModelAnswer
from bot.understanding.rasa.environment import PreparationFailed
from bot.understanding.understood import Guess

FROZEN, LIVE, GOLDEN = "frozen", "live", "golden"


class Judged(BaseModel):
    """A comparison, and what the gate says to it."""

    model_config = ConfigDict(frozen=True)

    comparison: Comparison
    checks: list[GateCheck]

    @property
    def passed(self) -> bool:
        """Whether the candidate may take over."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True, slots=True)
class TestSets:
    """What is read. `live`: what trainers have labelled in the last month."""

    frozen: Sequence[LabelledText]
    live: Sequence[LabelledText]
    golden: Sequence[LabelledText]


def read_test_sets(bench: ModelContext, live: Sequence[LabelledText] = ()) -> TestSets:
    """The sets of this installation.

    Raises:
        UnusableFile: one cannot be read.
    """
    config_dir = bench.folders.config_dir
    return TestSets(held_back_rows(config_dir, bench.known), live, golden_rows(config_dir, bench.known))


async def compare_with_service(
    bench: ModelContext, candidate: Model, live: Sequence[LabelledText], who: str
) -> tuple[Model, Judged]:
    """Compare a candidate with the model in service, and keep it; takes seconds of processor.

    Raises:
        PreparationFailed: one of the two cannot be read.
        NoModel: nothing is in service.
        UnusableFile: a test set cannot be read.
    """
    _, former = await bench.model_in_service()
    try:
        judged = await asyncio.to_thread(judge, bench, former, candidate, read_test_sets(bench, live))
    except UnusableModel as refusal:
        raise PreparationFailed(f"The models cannot be compared: {refusal}.") from refusal
    found = Compared(0, candidate.id, former.id, bench.clock(), who, judged.passed, judged.model_dump_json())
    async with bench.database.writing() as connection:
        await SqlModels(connection).keep_comparison(found)
    return former, judged


def judge(bench: ModelContext, former: Model, candidate: Model, sets: TestSets) -> Judged:
    """Compare two models.

    Raises:
        UnusableModel: one of the two cannot be read.
    """
    before, after = (CompiledUnderstanding(bench.read(model), bench.known) for model in (former, candidate))
    learned = [bench.learned(model) for model in (former, candidate)]
    read = []
    for name, rows in ((FROZEN, sets.frozen), (LIVE, sets.live)):
        kept, left_out = unlearned(rows, *learned)
        read.append(ReadSet(name, kept, readings(before, kept), readings(after, kept), left_out))
    golden = ReadSet(GOLDEN, sets.golden, readings(before, sets.golden), readings(after, sets.golden))
    found = compare(
        read,
        golden,
        milliseconds_a_text=milliseconds_a_text(after, [*sets.frozen, *sets.golden]),
        size_bytes=candidate.bytes,
    )
    return Judged(comparison=found, checks=checks(bench.gate, found))


def readings(understanding: CompiledUnderstanding, rows: Sequence[LabelledText]) -> list[ModelAnswer]:
    """One a row; a model that knows too few of the regency's categories has nothing to say."""
    return [_reading(understanding, row.text) for row in rows]


def milliseconds_a_text(understanding: CompiledUnderstanding, rows: Sequence[LabelledText]) -> float:
    """Of processor, in the mean; 0 without any text."""
    began = time.thread_time_ns()
    for row in rows:
        _reading(understanding, row.text)
    return (time.thread_time_ns() - began) / 1e6 / max(len(rows), 1)


def _reading(understanding: CompiledUnderstanding, text: str) -> ModelAnswer:
    try:
        return understanding.read(text)
    except CannotUnderstand:
        return ModelAnswer(Guess("none", 0.0), ())
