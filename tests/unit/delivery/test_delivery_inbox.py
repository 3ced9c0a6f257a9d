"""The inbox: every update once, however often it is delivered, and an answer only after the commit."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.conversation.events import Said, SentPhoto
from bot.messaging.inbox import SqlInbox
from bot.messaging.ports import InboxUnavailable
from bot.messaging.records import read_event, write_event
from tests.databases import held, rows_seen
from tests.unit.delivery.town import STORY, Town


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


async def test_the_worker_is_told_after_the_commit(town: Town, database_url: str) -> None:
    found: list[int] = []

    def look() -> None:
        found.append(rows_seen(database_url, "inbox"))

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


async def test_a_database_that_does_not_take_it_is_said_without_what_it_was(town: Town, database_url: str) -> None:
    with held(database_url), pytest.raises(InboxUnavailable) as refused:
        await town.arrives(town.said("lampu mati"))
    assert "lampu" not in f"{refused.value} {refused.value.__cause__}"


async def test_who_stops_waiting_leaves_a_whole_row_or_none(town: Town) -> None:
    arrival = town.said("lampu mati")
    putting = asyncio.create_task(town.arrives(arrival))
    await asyncio.sleep(0)
    putting.cancel()
    await asyncio.wait({putting})
    await town.arrives(arrival)
    assert len(await town.states()) == 1


# What the database never takes --------------------------------------------------------------------------------


def an_inbox(town: Town) -> SqlInbox:
    return SqlInbox(town.database, lambda: town.now, lambda: None)


async def test_one_arrival_that_is_never_taken_costs_those_beside_it_nothing(town: Town) -> None:
    poisoned = town.said("lampu mati", "budi", sequence=2**70)
    inbox = an_inbox(town)
    await inbox.put([town.said("satu"), poisoned, town.said("dua", "tono")])
    assert sorted(state for _, state in await town.states()) == ["aside", "new", "new"]
    assert inbox.refused == 1


async def test_what_is_never_taken_is_set_aside_once_however_often_it_comes(town: Town) -> None:
    poisoned, inbox = town.said("lampu mati", sequence=2**70), an_inbox(town)
    await inbox.put([poisoned])
    await inbox.put([poisoned, town.said("halo")])
    await town.works()
    assert [state for _, state in await town.states()] == ["aside", "done"]


async def test_of_what_is_never_taken_nothing_is_kept_or_logged(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    await an_inbox(town).put([town.said("rahasia", "0812345678", sequence=2**70)])
    async with town.database.reading() as connection:
        stored = (await connection.execute(text("SELECT event FROM inbox"))).scalar_one()
    logged = capsys.readouterr()
    assert stored == "{}"
    assert "arrival_refused" in logged.out + logged.err
    assert "rahasia" not in logged.out + logged.err
    assert "0812345678" not in logged.out + logged.err


@pytest.mark.parametrize("letter", ["\0", "\ud800"])
async def test_letters_that_no_database_takes_cost_a_report_nothing(town: Town, letter: str) -> None:
    story = Said(id="e1", at=town.now, text=f"{STORY}{letter}", ref=f"m1{letter}", name=f"Siti{letter}")
    await town.arrives(town.arrival(story))
    await town.works()
    await town.arrives(town.pressed("send@e1"))
    await town.works()
    assert [state for _, state in await town.states()] == ["done", "done"]
    assert len(await town.cases()) == 1


async def test_such_letters_are_left_out_of_everything_that_an_event_says(town: Town) -> None:
    photo = SentPhoto(id="e", at=town.now, kind="photo", file_id="f\0", caption="a\0b", ref="m\0")
    read = read_event(write_event(photo))
    assert read == replace(photo, file_id="f", caption="ab", ref="m")
