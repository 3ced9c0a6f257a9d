"""Has the candidate and the model in service read the same messages, and keeps what was found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from actions.store.training.models import Compared, Model, SqlModels
from actions.store.training.sample_counts import decided_since, visible_since
from bot.training.models.acts_compared import ActsSample, compare_acts, frozen_acts
from bot.training.models.comparison import Comparison, ReadSet, compare
from bot.training.models.evaluation_sets import golden_rows, held_back_rows, unlearned
from bot.training.models.gate import GateCheck, checks
from bot.training.models.model_context import ModelContext
from bot.training.samples.labels import read_label
from bot.understanding.acts.own import acts_of
from bot.understanding.acts.rows import Row
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.model.compiled_model import CompiledUnderstanding
from bot.understanding.model.model_file import UnusableModel
from bot.understanding.port import CannotUnderstand, ModelAnswer
from bot.understanding.rasa.environment import PreparationFailed
from bot.understanding.understood import Guess

A_MONTH = timedelta(days=30)
MOST_LATE = 2_000
"""Messages of the last month that both models read; the latest."""


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


async def late_texts(bench: ModelContext) -> list[tuple[int, str]]:
    """Messages of the last month, labelled or not, that may still be seen, each with its number."""
    async with bench.database.reading() as connection:
        return await visible_since(connection, bench.clock() - A_MONTH, MOST_LATE)


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
    """What is read.

    Attributes:
        live: what trainers have labelled in the last month; `late`: all of that month's messages.
        acts: messages that do one thing in a talk.
    """

    frozen: Sequence[LabelledText]
    live: Sequence[LabelledText]
    golden: Sequence[LabelledText]
    late: Sequence[tuple[int, str]] = ()
    acts: Sequence[Row] = ()


def read_test_sets(bench: ModelContext, live: Sequence[LabelledText] = ()) -> TestSets:
    """The sets of this installation.

    Raises:
        UnusableFile: one cannot be read.
    """
    config_dir = bench.folders.config_dir
    frozen, golden = held_back_rows(config_dir, bench.known), golden_rows(config_dir, bench.known)
    return TestSets(frozen, live, golden, acts=frozen_acts(bench.folders.data_dir / "nlu"))


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
        sets = replace(read_test_sets(bench, live), late=await late_texts(bench))
        judged = await asyncio.to_thread(judge, bench, former, candidate, sets)
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
    late, numbers = (
        [LabelledText(text) for _, text in sets.late],
        [LabelledText(str(number)) for number, _ in sets.late],
    )
    said = [LabelledText(row.text) for row in sets.acts]
    acts = ActsSample(sets.acts, readings(before, said), readings(after, said))
    found = compare(
        read,
        golden,
        live=ReadSet(LIVE, numbers, readings(before, late), readings(after, late)),
        groups=bench.groups,
        acts=compare_acts(acts_of(before), acts_of(after), acts),
        milliseconds_a_text=milliseconds_a_text(after, [*sets.frozen, *sets.golden]),
        size_bytes=candidate.bytes,
    )
    return Judged(comparison=found, checks=checks(bench.gate, found))


def readings(understanding: CompiledUnderstanding, rows: Sequence[LabelledText]) -> list[ModelAnswer]:
    """One a row; a model that knows too few of the regency's categories has nothing to say."""
    return [_reading(understanding, row.text) for row in rows]


def milliseconds_a_text(understanding: CompiledUnderstanding, rows: Sequence[LabelledText]) -> float:
    """Mean processor time of one reading in milliseconds; 0 without any text."""
    began = time.thread_time_ns()
    for row in rows:
        _reading(understanding, row.text)
    return (time.thread_time_ns() - began) / 1e6 / max(len(rows), 1)


def _reading(understanding: CompiledUnderstanding, text: str) -> ModelAnswer:
    try:
        return understanding.read(text)
    except CannotUnderstand:
        return ModelAnswer(Guess("none", 0.0), ())
