"""What is watched: shares by week and category, the promise, drift, and what changed after another model."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert

from actions.store.engine.database import Database
from actions.store.training.sample_counts import DayCount, counts_by_day, decided_since, visible_of
from actions.store.training.samples import State, samples
from bot.shipped import PROJECT
from bot.training.models.comparing import late_texts, live_labels
from bot.training.models.measuring import Share, Worth
from bot.training.models.model_context import ModelContext
from bot.training.models.unknown_words import unknown_by_name, unknown_in
from bot.training.models.watching import (
    by_category,
    by_week,
    drift,
    effect,
    last_weeks,
    promise_of,
    unknown_share,
    unknown_words,
)
from bot.training.samples.labels import SampleLabel, write_label
from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.model.baseline import SHA256, baseline_file
from bot.understanding.model.compiled_model import CompiledModel
from bot.understanding.model.model_file import read_known
from tests.unit.models.conftest import NOON

TODAY = NOON.date()
REPORTS = ("complaint", "aspiration", "information")


def a_day(back: int, category: str = "jalan", texts: int = 10, **wrong: int) -> DayCount:
    counts = {"unsure": 0, "corrected": 0, "rerouted": 0} | wrong
    return DayCount(TODAY - timedelta(days=back), category, texts, **counts)


async def a_sample(database: Database, text: str, **changes: object) -> None:
    row = {
        "ticket": None,
        "text": text,
        "kin": text[:16],
        "channel": "web",
        "at": NOON,
        "intent": "complaint",
        "intent_confidence": 0.9,
        "category": "jalan",
        "category_confidence": 0.8,
        "ranking": "[]",
        "is_sure": True,
        "chosen_intent": None,
        "chosen_category": None,
        "worth": 0.5,
        "reason": "unsure",
        "state": State.OPEN.value,
        **changes,
    }
    async with database.writing() as connection:
        await connection.execute(insert(samples), [row])


def test_weeks_begin_on_monday_and_end_with_this_one() -> None:
    weeks = last_weeks(date(2026, 11, 17), 3)
    assert weeks == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]


def test_shares_are_of_all_messages_of_a_week_and_of_a_category() -> None:
    counts = [a_day(0, unsure=5), a_day(1, "sampah", texts=30, corrected=2, rerouted=1), a_day(7, unsure=1)]
    [now, before] = by_week(counts).values()
    assert (before.unsure, now.texts, now.unsure, now.corrected) == (0.1, 40, 0.125, 0.05)
    assert list(by_category(counts)) == ["sampah", "jalan"]


def test_the_promise_is_what_the_test_set_showed() -> None:
    sure, right = Share(value=0.7, low=0, high=1, rows=10), Share(value=0.9, low=0, high=1, rows=10)
    promise = promise_of(Worth(rows=10, sure=sure, category=right), {"jalan": 0.75})
    assert promise
    assert (promise.unsure, promise.wrong) == (pytest.approx(0.3), pytest.approx(0.1))
    assert (promise.of("jalan"), promise.of("sampah")) == (0.25, promise.wrong)
    assert promise_of(Worth(rows=10), {}) is None


def test_the_same_categories_as_before_are_no_drift() -> None:
    found = drift([a_day(3, texts=200), a_day(30, texts=500)], TODAY)
    assert found
    assert found.psi == 0


def test_other_categories_than_before_are_drift_and_are_named() -> None:
    before = [a_day(30, texts=180), a_day(30, "sampah", texts=20)]
    now = [a_day(3, texts=100), a_day(3, "sampah", texts=100)]
    found = drift([*before, *now], TODAY)
    assert found
    assert found.psi == pytest.approx(0.4 * 1.6094 + 0.4 * 0.5878, abs=1e-3)
    assert found.most[0] == ("sampah", 0.1, 0.5)


def test_of_few_messages_nothing_is_said() -> None:
    assert drift([a_day(3, texts=99), a_day(30, texts=500)], TODAY) is None


def test_what_changed_with_a_model_is_two_weeks_before_it_and_since() -> None:
    counts = [a_day(40, unsure=10), a_day(12, unsure=4), a_day(10, unsure=9), a_day(3, unsure=1)]
    found = effect(counts, TODAY - timedelta(days=10), TODAY)
    assert found
    assert (found.before.unsure, found.after.unsure) == (0.4, 0.1)
    assert effect(counts, TODAY, TODAY) is None


def test_unknown_words_are_a_share_of_all_words() -> None:
    assert unknown_share([(1, 4), (0, 6)]) == 0.1
    assert unknown_share([]) is None


async def test_reports_are_counted_by_day_and_small_talk_is_not(database: Database) -> None:
    await a_sample(database, "satu", is_sure=False)
    await a_sample(database, "dua", chosen_category="sampah")
    await a_sample(database, "tiga", chosen_category="sampah", reason="rerouted")
    await a_sample(database, "empat", chosen_category="jalan")
    await a_sample(database, "lima", at=NOON - timedelta(days=1))
    await a_sample(database, "enam", intent="greet")
    await a_sample(database, "tujuh", at=NOON - timedelta(days=90))
    async with database.reading() as connection:
        found = await counts_by_day(connection, NOON - timedelta(days=30), REPORTS)
    assert found == [a_day(1, texts=1), a_day(0, texts=4, unsure=1, corrected=1, rerouted=1)]


async def test_labels_of_the_last_month_are_measured_on_and_two_matters_are_not(
    bench: ModelContext, database: Database
) -> None:
    label, two = SampleLabel("complaint", "jalan"), SampleLabel("complaint", "jalan", "sampah")
    done = {"state": State.DONE.value, "decided_at": NOON - timedelta(days=3)}
    await a_sample(database, "jalan bolong", **done, label=write_label(label))
    await a_sample(database, "dua hal", **done, label=write_label(two))
    await a_sample(database, "halo", **done, label=write_label(SampleLabel("greet")))
    await a_sample(database, "lama", **done | {"decided_at": NOON - timedelta(days=31)}, label=write_label(label))
    await a_sample(database, "terbuka")
    assert await live_labels(bench) == [
        LabelledText("jalan bolong", intent="complaint", category="jalan"),
        LabelledText("halo", intent="greet"),
    ]


async def test_what_has_become_secret_since_is_not_measured_on(database: Database) -> None:
    label = write_label(SampleLabel("complaint", "jalan"))
    await a_sample(database, "rahasia", ticket="LP-2222-2222", state="done", decided_at=NOON, label=label)
    async with database.reading() as connection:
        assert await decided_since(connection, NOON - timedelta(days=1)) == []


async def test_words_that_the_model_has_never_seen_are_counted(bench: ModelContext, database: Database) -> None:
    await a_sample(database, "jalan zxqwv", at=NOON - timedelta(days=1))
    await a_sample(database, "jalan rusak", at=NOON - timedelta(days=30))
    _, model = await bench.model_in_service()
    found = await unknown_words(bench, model)
    assert found
    assert (found.now, found.before) == (0.5, 0.0)


async def test_messages_of_late_are_read_by_number_and_forgotten_with_their_sample(bench: ModelContext) -> None:
    await a_sample(bench.database, "jalan rusak")
    await a_sample(bench.database, "lampu mati", at=NOON - timedelta(days=31))
    [(number, text)] = await late_texts(bench)
    async with bench.database.writing() as connection:
        assert (text, await visible_of(connection, [number])) == ("jalan rusak", {number: "jalan rusak"})
        await connection.execute(delete(samples))
        assert await visible_of(connection, [number]) == {}


async def test_unknown_words_of_several_messages_are_shown_by_name(bench: ModelContext, database: Database) -> None:
    for text in ("jalann zxqwvan", "jalann rusak zxqwvan", "zxqwvan lagi"):
        await a_sample(database, text)
    await a_sample(database, "jalann zxqwvan", ticket="LP-2222-2222")
    _, model = await bench.model_in_service()
    assert [(one.word, one.messages) for one in await unknown_by_name(bench, bench.read(model))] == [("zxqwvan", 3)]


def test_known_words_that_are_written_nearly_so_stand_beside_it(baseline: CompiledModel) -> None:
    [found] = unknown_in(baseline, ["sampahh numpuk", "sampahh bau", "buang sampahh"])
    assert (found.word, found.example) == ("sampahh", "sampahh numpuk")
    assert "sampah" in found.near


@pytest.fixture(scope="module")
def baseline() -> CompiledModel:
    return CompiledModel.of(read_known(baseline_file(PROJECT), SHA256))
