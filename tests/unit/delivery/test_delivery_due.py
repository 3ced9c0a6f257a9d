"""What is due is done once: however long the service was down, whatever its clock shows, however many look."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from actions.cases import chain
from actions.cases import officer_handlers as working
from actions.cases.actions import CaseAction
from actions.cases.case import Status
from actions.people.roles import REPORTER, Role
from actions.store.cases.histories import seal_some
from actions.store.engine.database import Database
from actions.store.engine.tables import case_events
from bot.messaging.pruning import Pruner
from tests.unit.delivery.case_office import ANSWER, PROOF, SITI, CaseOffice, admin, liaison

ROADS = "dpupr"
NOT_ACCEPTED = ["nudge", "unit_head", "late", "nudge"]
"""What comes in the first days of a case that no liaison accepts: three marks of accepting, one of following up."""


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office whose first day is Tuesday, 24 November 2026, four in the afternoon."""
    return CaseOffice(database)


async def test_nothing_is_due_while_everybody_is_in_time(office: CaseOffice) -> None:
    await office.files()
    assert await office.sweeps() == 0


async def test_an_office_s_clocks_are_escalated_step_by_step(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.NOTE, liaison(ROADS), words="Lubang sudah diukur dua meter")
    await office.passes(45)
    marks = ["nudge", "unit_head", "late", "agency_head", "national"]
    assert (await office.actions(case.ticket))[4:] == marks
    assert (await office.case(case.ticket)).next_due_at is None
    assert await office.faults() == []


async def test_the_reporter_hears_when_a_day_is_missed_and_by_whom_and_in_the_end_of_the_ombudsman(
    office: CaseOffice,
) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.NOTE, liaison(ROADS), words="Lubang sudah diukur dua meter")
    await office.passes(45)
    ticket, day, roads = case.ticket, "Senin, 14 Desember 2026", "Dinas Pekerjaan Umum dan Penataan Ruang"
    instead = f"Selain menunggu {roads}, Anda bisa mengadu ke Ombudsman RI: telepon 137."
    assert (await office.notes())[1:] == [
        f"Laporan {ticket} seharusnya dijawab paling lambat {day}. {roads} terlambat, dan atasannya sudah diberi tahu.",
        f"Laporan {ticket} sudah lama lewat tenggat {day}. {instead}",
    ]


async def test_a_service_that_was_down_catches_up_and_says_it_once(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.NOTE, liaison(ROADS), words="Lubang sudah diukur dua meter")
    office.clock.passes(timedelta(days=60))
    assert await office.sweeps() == 5
    assert len(await office.notes()) == 2
    assert await office.sweeps() == 0


async def test_a_question_that_nobody_answers_is_closed_after_both_reminders_came(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    for _ in range(20):
        await office.passes(1)
        await office.delivers()
    assert (await office.actions(case.ticket))[2:] == ["ask", "remind", "remind", "close_unreplied"]
    assert (await office.case(case.ticket)).status is Status.CLOSED


async def test_it_is_not_closed_while_a_reminder_has_not_come_and_is_looked_at_every_working_morning(
    office: CaseOffice,
) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    await office.passes(30)
    assert (await office.case(case.ticket)).status is Status.NEEDS_INFO
    due = (await office.case(case.ticket)).next_due_at
    assert due is not None
    assert office.clock() < due <= office.clock() + timedelta(days=4)
    await office.delivers()
    await office.passes(4)
    assert (await office.case(case.ticket)).status is Status.CLOSED


@pytest.mark.thorough
async def test_a_citizen_who_has_blocked_the_bot_is_not_taken_for_silent(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    for _ in range(40):
        await office.passes(1)
        await office.delivers("failed")
    assert (await office.case(case.ticket)).status is Status.NEEDS_INFO


@pytest.mark.thorough
@pytest.mark.parametrize(("state", "status"), [("sent", Status.CLOSED), ("failed", Status.NEEDS_INFO)])
async def test_that_old_messages_are_removed_changes_nothing(office: CaseOffice, state: str, status: Status) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    for _ in range(25):
        await office.passes(1)
        await office.delivers(state)
        await Pruner(office.database, office.clock, keep_days=2, shown_from_rows={"web"}).sweep()
    assert (await office.case(case.ticket)).status is status


async def test_a_service_that_was_down_gives_her_as_much_time_between_reminders_as_any(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    office.clock.passes(timedelta(days=100))
    assert await office.sweeps() == 1
    await office.delivers()
    assert await office.sweeps() == 0
    assert (await office.case(case.ticket)).status is Status.NEEDS_INFO


@pytest.mark.thorough
async def test_silence_after_an_answer_closes_it_and_the_offices_are_left_alone(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(ROADS), **ANSWER, enclosures=PROOF)
    for _ in range(60):
        await office.passes(1)
        await office.delivers()
    assert (await office.actions(case.ticket))[4:] == ["remind", "remind", "close_unconfirmed"]


@pytest.mark.thorough
@pytest.mark.parametrize("channel", ["api-siaga-kota", "counter", "phone", "letter"])
async def test_an_answer_to_whom_nobody_can_write_is_closed_by_its_clock_and_nobody_is_written_to(
    office: CaseOffice, channel: str
) -> None:
    case = await office.files(channel=channel, reporter=f"{channel}:5f0c")
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.ANSWER, liaison(ROADS), **ANSWER, enclosures=PROOF)
    last = ended = None
    for _ in range(20):
        await office.passes(1)
        now = await office.case(case.ticket)
        if now.status is Status.ANSWERED:
            last = now.due_on
        elif ended is None:
            ended = (await office.events(case.ticket))[-1]
    assert ended is not None
    assert last is not None
    assert (ended.action, ended.who, ended.why) == (CaseAction.CLOSE_UNCONFIRMED, Role.SYSTEM, "silence")
    assert office.regency.calendar.between(last, office.regency.calendar.day(ended.at)) == 1
    assert (await office.actions(case.ticket))[4:] == ["remind", "remind", "close_unconfirmed"]
    assert await office.notes(f"{channel}:5f0c") == []
    assert await office.faults() == []


async def test_a_clock_that_is_set_back_repeats_nothing_and_one_that_is_set_right_skips_nothing(
    office: CaseOffice,
) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(case.ticket, CaseAction.NOTE, liaison(ROADS), words="Lubang sudah diukur dua meter")
    await office.passes(12)
    seen = await office.actions(case.ticket)
    office.clock.passes(-timedelta(days=10))
    assert await office.passes(10) == 0
    assert await office.actions(case.ticket) == seen
    await office.passes(40)
    assert (await office.actions(case.ticket))[4:] == ["nudge", "unit_head", "late", "agency_head", "national"]


@pytest.mark.thorough
async def test_several_processes_do_each_thing_once(
    office: CaseOffice, another_process: Database, database: Database
) -> None:
    tickets = [(await office.files(reporter=f"telegram:r{number}")).ticket for number in range(20)]
    office.clock.passes(timedelta(days=5))
    sweepers = [office.sweeper(database), office.sweeper(another_process)]
    for _ in range(3):
        await asyncio.gather(*(sweeper.sweep() for sweeper in sweepers), return_exceptions=database.is_sqlite)
    for ticket in tickets:
        assert (await office.actions(ticket))[2:] == NOT_ACCEPTED
    assert await office.sweeps() == 0
    assert await office.faults() == []


async def test_one_case_that_cannot_be_worked_on_keeps_no_other_waiting(
    office: CaseOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = (await office.files()).ticket, (await office.files(reporter="telegram:tono")).ticket
    known = working.stand

    def stand(case: Any, *rest: Any) -> Any:
        if case.ticket == bad:
            raise RuntimeError(case)
        return known(case, *rest)

    monkeypatch.setattr(working, "stand", stand)
    await office.passes(4)
    monkeypatch.undo()
    assert (await office.actions(good))[2:] == NOT_ACCEPTED
    assert await office.actions(bad) == ["file", "forward"]
    assert await office.passes(4) > 0
    assert len(await office.actions(bad)) > 2


async def test_who_has_a_message_is_said_after_the_commit(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ASK, liaison(ROADS), words="Di sisi mana?")
    await office.passes(5)
    assert office.told == {("telegram", "siti")}


async def test_what_others_do_is_told_and_what_she_does_is_not(office: CaseOffice) -> None:
    case = await office.files()
    await office.does(case.ticket, CaseAction.PASS_ON, admin(ROADS), agency="perkimtan")
    await office.does(case.ticket, CaseAction.ACCEPT, liaison("perkimtan"))
    await office.does(case.ticket, CaseAction.ANSWER, liaison("perkimtan"), **ANSWER, enclosures=PROOF)
    await office.does(case.ticket, CaseAction.DISPUTE, REPORTER, words="Masih berlubang")
    notes = await office.notes(SITI)
    assert [note.split(".")[0].split(":")[0] for note in notes] == [
        f"Laporan {case.ticket} sekarang ditangani oleh Dinas Perumahan, Kawasan Permukiman dan Pertanahan",
        f"Dinas Perumahan, Kawasan Permukiman dan Pertanahan sudah menjawab laporan {case.ticket}",
    ]


# From before there were actions ---------------------------------------------------------------------------------


async def of_before(office: CaseOffice) -> str:
    """A case whose events were written by a version that knew neither actions nor clocks."""
    case = await office.files()
    old = [replace(event, action="", person="", details="") for event in await office.events(case.ticket)]
    previous = chain.BEGINNING
    async with office.database.writing() as connection:
        await connection.execute(text("DELETE FROM case_events"))
        await connection.execute(text("DELETE FROM case_links"))
        await connection.execute(text("UPDATE cases SET next_due_at = filed_at"))
        for event in old:
            sealed = chain.seal(event, previous)
            previous = sealed.hash
            await connection.execute(insert(case_events).values(**asdict(sealed)))
        await seal_some(connection)
    return case.ticket


async def test_a_case_of_before_is_whole(office: CaseOffice) -> None:
    await of_before(office)
    assert await office.faults() == []


async def test_a_case_of_before_has_the_clocks_that_it_would_have(office: CaseOffice) -> None:
    ticket = await of_before(office)
    assert await office.sweeps() == 0
    await office.passes(4)
    assert (await office.actions(ticket))[2:] == NOT_ACCEPTED


async def test_a_case_of_before_is_worked_on_and_withdrawn(office: CaseOffice) -> None:
    ticket = await of_before(office)
    await office.does(ticket, CaseAction.ACCEPT, liaison(ROADS))
    await office.does(ticket, CaseAction.WITHDRAW, REPORTER)
    assert (await office.case(ticket)).status is Status.WITHDRAWN
    assert await office.faults() == []
