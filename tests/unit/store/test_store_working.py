"""What people do to a case that stands, over a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, Status
from actions.cases.event_words import Enclosure
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import NoSuchCase, Overtaken, Wish, act_on_case, buttons, case_state_of
from actions.cases.outcome import Done
from actions.cases.verifying import fault_of
from actions.people.roles import REPORTER, Actor
from actions.store.cases.handling import ancestors_of, case_sayings, sayings_of
from actions.store.cases.histories import histories
from actions.store.cases.supporters import count_supporters_of
from actions.store.engine.database import Database
from tests.unit.actions.acting import ADE, LINA, TOP, VERA, WORDS
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import CHANCE, REGENCY, a_book, a_ticket

SITI = "telegram:siti"
PHOTO = Enclosure("photo", "telegram", "-100", "photo-1")


@pytest.fixture
async def patient(database_url: str) -> AsyncIterator[Database]:
    """The database of a process that waits as long as a real one until another has let go of a case."""
    opened = Database(database_url)
    yield opened
    await opened.close()


async def does(database: Database, ticket: str, action: CaseAction, who: Actor, **more: Any) -> Done:
    """Somebody does something, in a transaction of its own."""
    wishes = {name: more.pop(name) for name in ("seen", "reporter", "enclosures") if name in more}
    wish = Wish(ticket=ticket, command=CaseCommand(action=action, **more), who=who, **wishes)
    async with a_book(database) as book:
        return await act_on_case(book, REGENCY, wish, NOON + timedelta(hours=1), CHANCE)


async def whole(database: Database) -> bool:
    return [fault_of(stored, REGENCY) async for stored in histories(database)] == [None] * await count(database)


async def count(database: Database) -> int:
    async with a_book(database) as book:
        return len(await book.latest(None))


async def stored(database: Database, ticket: str) -> Case:
    async with a_book(database) as book:
        return (await case_state_of(book, REGENCY, ticket))[0]


async def test_what_is_done_is_written_with_its_words_under_its_number(database: Database) -> None:
    ticket = await a_ticket(database)
    done = await does(database, ticket, CaseAction.ACCEPT, LINA)
    answered = await does(database, ticket, CaseAction.ANSWER, LINA, words=WORDS, enclosures=(PHOTO,))
    async with database.reading() as connection:
        said = await sayings_of(connection, ticket)
    assert (done.before.status, done.case.status) == (Status.FORWARDED, Status.IN_PROGRESS)
    assert answered.case == await stored(database, ticket)
    assert said == {answered.event.number: answered.saying}
    assert (said[4].words, said[4].enclosures) == (WORDS, (PHOTO,))
    assert await whole(database)


async def test_an_event_holds_nothing_that_was_typed(database: Database) -> None:
    ticket = await a_ticket(database, category=None)
    how = {"words": "rahasia satu", "mend": "rahasia dua", "code": "unclear"}
    await does(database, ticket, CaseAction.REJECT, VERA, **how)
    async with a_book(database) as book:
        events = await book.events(ticket)
    assert "rahasia" not in repr(events)
    assert events[-1].words_digest


async def test_the_second_of_two_officers_is_told_what_has_happened(database: Database) -> None:
    ticket = await a_ticket(database)
    await does(database, ticket, CaseAction.ACCEPT, LINA, seen=2)
    with pytest.raises(Overtaken) as overtaken:
        await does(database, ticket, CaseAction.PASS_ON, ADE, agency="waste", seen=2)
    assert [(event.action, event.person) for event in overtaken.value.since] == [("accept", "lina")]
    assert overtaken.value.case == await stored(database, ticket)
    assert overtaken.value.case.agency == "roads"


async def test_of_two_officers_at_the_same_moment_one_acts_and_the_other_is_told(patient: Database) -> None:
    ticket = await a_ticket(patient)
    tried = (
        does(patient, ticket, CaseAction.ACCEPT, LINA, seen=2),
        does(patient, ticket, CaseAction.PASS_ON, ADE, agency="waste", seen=2),
        does(patient, ticket, CaseAction.ASK, LINA, words="Di mana?", seen=2),
    )
    outcomes = await asyncio.gather(*tried, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Done", "Overtaken", "Overtaken"]
    assert (await stored(patient, ticket)).version == 3
    assert await whole(patient)


async def test_two_cases_merged_into_each_other_at_the_same_moment_make_no_circle(patient: Database) -> None:
    one = await a_ticket(patient)
    other = await a_ticket(patient, draft_key="telegram:tono:d1", reporter="telegram:tono")
    tried = (
        does(patient, one, CaseAction.MERGE, TOP, parent=other, words="Sama"),
        does(patient, other, CaseAction.MERGE, TOP, parent=one, words="Sama"),
    )
    outcomes = await asyncio.gather(*tried, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Done", "StepRefused"]


async def test_words_that_were_erased_leave_the_chain_whole(database: Database) -> None:
    ticket = await a_ticket(database)
    await does(database, ticket, CaseAction.ASK, LINA, words="Di sisi mana?")
    async with database.writing() as connection:
        await connection.execute(delete(case_sayings))
    assert await whole(database)


async def test_what_is_refused_leaves_nothing_behind(database: Database) -> None:
    ticket = await a_ticket(database)
    before = await stored(database, ticket)
    with pytest.raises(StepRefused, match="refused-no-such-step"):
        await does(database, ticket, CaseAction.ANSWER, LINA, words=WORDS)
    assert await stored(database, ticket) == before


async def test_a_citizen_does_nothing_to_another_s_case(database: Database) -> None:
    ticket = await a_ticket(database)
    with pytest.raises(StepRefused, match="refused-not-yours"):
        await does(database, ticket, CaseAction.WITHDRAW, REPORTER, reporter="telegram:tono")
    assert (await does(database, ticket, CaseAction.WITHDRAW, REPORTER, reporter=SITI)).case.status is Status.WITHDRAWN


async def test_another_s_secret_case_is_not_there_for_her(database: Database) -> None:
    ticket = await a_ticket(database, secret=True)
    with pytest.raises(NoSuchCase):
        await does(database, ticket, CaseAction.WITHDRAW, REPORTER, reporter="telegram:tono")


async def test_there_is_no_case_of_another_number(database: Database) -> None:
    with pytest.raises(NoSuchCase):
        await does(database, "LP-2222-2222", CaseAction.ACCEPT, LINA)


async def test_a_second_return_brings_the_case_before_the_arbiter(database: Database) -> None:
    ticket = await a_ticket(database)
    back = await does(database, ticket, CaseAction.RETURN, ADE, words="Bukan jalan kami", agency="waste")
    await does(database, ticket, CaseAction.FORWARD, VERA, why="by-hand", agency="roads")
    again = await does(database, ticket, CaseAction.RETURN, ADE, words="Tetap bukan")
    assert (back.case.status, back.case_state.suggested) == (Status.RECEIVED, "waste")
    assert (again.action, again.case.status) == (CaseAction.DISPUTE_AUTHORITY, Status.DISPUTED_AUTHORITY)
    assert (again.event.who, again.event.person) == ("system", "ade")
    assert await whole(database)


async def test_a_merged_case_is_part_of_the_other_until_its_reporter_contests_it(database: Database) -> None:
    parent = await a_ticket(database)
    ticket = await a_ticket(database, draft_key="telegram:tono:d1", reporter="telegram:tono")
    await does(database, ticket, CaseAction.MERGE, TOP, parent=parent, words="Lubang yang sama")
    async with database.reading() as connection:
        assert await ancestors_of(connection, ticket) == {parent}
        assert await count_supporters_of(connection, parent) == 1
    with pytest.raises(StepRefused, match="refused-parent-over"):
        await does(database, parent, CaseAction.MERGE, TOP, parent=ticket, words="Lubang yang sama")
    await does(database, ticket, CaseAction.APPEAL, REPORTER, reporter="telegram:tono", words="Lubangnya lain")
    async with database.reading() as connection:
        assert await ancestors_of(connection, ticket) == frozenset()
        assert await count_supporters_of(connection, parent) == 0
    assert await whole(database)


async def test_a_case_with_supporters_goes_on_without_its_reporter(database: Database) -> None:
    parent = await a_ticket(database)
    ticket = await a_ticket(database, draft_key="telegram:tono:d1", reporter="telegram:tono")
    await does(database, ticket, CaseAction.MERGE, TOP, parent=parent, words="Lubang yang sama")
    left = await does(database, parent, CaseAction.WITHDRAW, REPORTER, reporter=SITI)
    assert (left.case.status, left.case_state.is_left) == (Status.FORWARDED, True)


async def test_buttons_are_what_each_of_her_roles_may_do(database: Database) -> None:
    ticket = await a_ticket(database)
    async with a_book(database) as book:
        case, case_state, _ = await case_state_of(book, REGENCY, ticket)
    assert buttons(case, case_state, (LINA, ADE), REGENCY) == {
        CaseAction.ASK: LINA,
        CaseAction.ACCEPT: LINA,
        CaseAction.ASSIGN: LINA,
        CaseAction.MERGE: ADE,
        CaseAction.PASS_ON: ADE,
        CaseAction.RETURN: ADE,
    }
