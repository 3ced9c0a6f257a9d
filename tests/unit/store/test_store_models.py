"""The registry of models on both databases: numbers, one row in service, one training at a time, shadows counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from actions.store.engine.database import Database
from actions.store.training.models import Compared, InService, Model, ModelChange, Process, PromotionConflict, SqlModels
from actions.store.training.sample_counts import DayCount, counts_by_day, texts_between
from actions.store.training.shadows import ShadowCount, add_counts, counts_of
from actions.store.training.tables import samples
from actions.store.training.trainings import AlreadyTraining, SqlTrainings, TrainingState

NOON = datetime(2026, 11, 17, 4, 0, tzinfo=UTC)


def a_model(name: str = "model-a.lapor", sha256: str = "a" * 64) -> Model:
    return Model(0, name, sha256, "f" * 64, "d" * 64, {"rows": 7}, 1000, NOON, "person:1")


async def added(database: Database, *models: Model) -> list[Model]:
    async with database.writing() as connection:
        return [await SqlModels(connection).add(model) for model in models]


async def changed(database: Database, now: InService, change: ModelChange) -> None:
    async with database.writing() as connection:
        await SqlModels(connection).change(now, change)


async def test_a_model_is_kept_once_and_found_by_file_and_number(database: Database) -> None:
    [one] = await added(database, a_model())
    [again] = await added(database, a_model())
    [other] = await added(database, a_model(sha256="b" * 64))
    async with database.reading() as connection:
        book = SqlModels(connection)
        assert await book.by_id(one.id) == await book.by_file("model-a.lapor") == other
        assert await book.newest() == [other]
    assert (again, other) == (one, replace(one, sha256="b" * 64))


async def test_what_is_in_service_grows_by_one_version_at_a_time(database: Database) -> None:
    [one, other] = await added(database, a_model(), a_model("model-b.lapor"))
    first = InService(1, one.id, None, None)
    await changed(database, first, ModelChange(1, "promoted", one.id, None, NOON, "person:1"))
    second = InService(2, other.id, one.id, None)
    await changed(database, second, ModelChange(2, "promoted", other.id, one.id, NOON, "person:1", "golden", "karena"))
    with pytest.raises(PromotionConflict):
        await changed(database, second, ModelChange(2, "promoted", one.id, other.id, NOON, "person:2"))
    async with database.reading() as connection:
        book = SqlModels(connection)
        assert await book.in_service() == second
        assert [(each.version, each.despite, each.reason) for each in await book.history()] == [
            (2, "golden", "karena"),
            (1, "", ""),
        ]


async def test_the_last_comparison_with_a_model_is_found(database: Database) -> None:
    [one, other] = await added(database, a_model(), a_model("model-b.lapor"))
    async with database.writing() as connection:
        book = SqlModels(connection)
        for document in ("first", "second"):
            await book.keep_comparison(Compared(0, other.id, one.id, NOON, "person:1", passed=True, document=document))
        found = await book.last_comparison(other.id, one.id)
        assert found
        assert (found.document, found.passed, found.at) == ("second", True, NOON)
        assert await book.last_comparison(other.id, other.id) is None
        assert await book.last_comparisons([one.id, other.id]) == [found]


async def test_processes_tell_what_they_use_and_the_silent_ones_are_left_out(database: Database) -> None:
    async with database.writing() as connection:
        book = SqlModels(connection)
        await book.tell_process(Process("one", 1, NOON - timedelta(hours=1), ""))
        await book.tell_process(Process("other", 1, NOON, ""))
        await book.tell_process(Process("other", 2, NOON, "no use"))
        assert await book.living(NOON - timedelta(minutes=1)) == [Process("other", 2, NOON, "no use")]


async def begun(database: Database, now: datetime = NOON) -> int:
    async with database.writing() as connection:
        return await SqlTrainings(connection).begin("person:1", now, "preparing")


async def test_one_training_runs_at_a_time(database: Database) -> None:
    number = await begun(database)
    with pytest.raises(AlreadyTraining):
        await begun(database)
    async with database.writing() as connection:
        await SqlTrainings(connection).end(number, NOON, TrainingState.DONE, "ready")
    assert await begun(database) > number


async def test_a_silent_training_is_over(database: Database) -> None:
    number, later = await begun(database), NOON + timedelta(seconds=61)
    next_one = await begun(database, later)
    async with database.reading() as connection:
        states = {each.id: each.state for each in await SqlTrainings(connection).newest(later)}
    assert states == {number: TrainingState.LOST, next_one: TrainingState.RUNNING}


async def test_a_training_that_somebody_ends_hears_of_it(database: Database) -> None:
    number = await begun(database)
    async with database.writing() as connection:
        trainings = SqlTrainings(connection)
        may_go_on = await trainings.tell(number, NOON, 0.5, "learning", "log")
        await trainings.cancel(number)
        assert (may_go_on, await trainings.tell(number, NOON, 0.6, "learning", "log")) == (True, False)


async def test_what_a_shadow_would_have_said_is_added_up(database: Database) -> None:
    [one, other] = await added(database, a_model(), a_model("model-b.lapor"))
    count = ShadowCount(other.id, one.id, date(2026, 11, 17), "category", "jalan", "sampah", 2)
    async with database.writing() as connection:
        await add_counts(connection, [count, replace(count, unsaid="jalan", texts=9)])
        await add_counts(connection, [count, replace(count, day=date(2026, 11, 18))])
        assert await counts_of(connection, other.id, "category") == [("jalan", "jalan", 9), ("jalan", "sampah", 6)]
        assert await counts_of(connection, other.id, "intent") == []


async def test_samples_are_counted_by_day(database: Database) -> None:
    row = {
        "text": "jalan bolong",
        "kin": "k",
        "channel": "web",
        "at": NOON,
        "intent": "complaint",
        "intent_confidence": 0.9,
        "category": "jalan",
        "category_confidence": 0.4,
        "ranking": "[]",
        "is_sure": False,
        "chosen_category": "sampah",
        "worth": 0.5,
        "reason": "corrected",
    }
    async with database.writing() as connection:
        await connection.execute(insert(samples), [row, row])
        found = await counts_by_day(connection, NOON - timedelta(days=1), ("complaint",))
        texts = await texts_between(connection, NOON - timedelta(days=1), NOON + timedelta(days=1), 1)
    assert found == [DayCount(date(2026, 11, 17), "jalan", 2, unsure=2, corrected=2, rerouted=0)]
    assert texts == ["jalan bolong"]
