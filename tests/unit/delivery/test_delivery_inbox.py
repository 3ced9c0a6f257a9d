"""The inbox: every update once, however often it is delivered, and an answer only after the commit."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.delivery.inbox import SqlInbox
from bot.delivery.ports import InboxUnavailable
from tests.unit.delivery.town import Town


async def test_the_same_update_again_changes_nothing(town: Town) -> None:
    arrival = town.said("lampu mati")
    await town.arrives(arrival)
    await town.arrives(arrival, arrival)
    assert len(await town.states()) == 1


async def test_the_same_number_in_another_channel_is_another_update(town: Town) -> None:
    arrival = town.said("lampu mati")
    await town.arrives(arrival, replace(arrival, channel="terminal"))
    assert len(await town.states()) == 2


async def test_an_update_that_was_worked_is_not_worked_again(town: Town) -> None:
    arrival = town.said("lampu mati")
    await town.arrives(arrival)
    await town.works()
    await town.arrives(arrival)
    assert await town.states() == [(arrival.update_id, "done")]


async def test_the_worker_is_told_after_the_commit(town: Town, database_file: Path) -> None:
    found: list[int] = []

    def look() -> None:
        found.append(sqlite3.connect(database_file).execute("SELECT count(*) FROM inbox").fetchone()[0])

    await SqlInbox(town.database, lambda: town.now, look).put([town.said("lampu mati")])
    assert found == [1]


async def test_what_arrives_late_is_worked_in_the_order_in_which_it_was_sent(town: Town) -> None:
    later, sooner = town.said("sudah dua minggu", sequence=9), town.said("lampu jalan mati", sequence=8)
    await town.arrives(later)
    await town.arrives(sooner)
    await town.works()
    draft = (await town.record()).dialogue.draft
    assert draft is not None
    assert draft.story == "lampu jalan mati\nsudah dua minggu"


async def test_a_database_that_does_not_take_it_is_said_without_what_it_was(town: Town, database_file: Path) -> None:
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(InboxUnavailable) as refused:
        await town.arrives(town.said("lampu mati"))
    other.close()
    assert "lampu" not in f"{refused.value} {refused.value.__cause__}"


async def test_who_stops_waiting_leaves_a_whole_row_or_none(town: Town) -> None:
    arrival = town.said("lampu mati")
    putting = asyncio.create_task(town.arrives(arrival))
    await asyncio.sleep(0)
    putting.cancel()
    await asyncio.wait({putting})
    await town.arrives(arrival)
    assert len(await town.states()) == 1
