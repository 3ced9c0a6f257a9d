"""What the desk reads of many cases: in the order of the clocks, page by page, by indexes; and who looks at what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import insert, select

from actions.cases.case import OPEN, Case, Status, Visibility
from actions.people.roles import Role
from actions.statistics.case_statistics import CaseStatistics
from actions.store.cases.case_rows import row_of_case
from actions.store.cases.presence import (
    ONE_LOOK,
    STAYS,
    add_note,
    case_looks,
    looking_now,
    looks_at,
    must_note,
    note_look,
    notes_of,
)
from actions.store.cases.queue import Pile, QueueCursor, count_up_to, listed
from actions.store.engine.database import Database
from actions.store.engine.tables import cases
from actions.store.people.people import SqlPeople
from actions.store.privacy.forgetting import erase_words
from actions.store.statistics.case_statistics import case_statistics, write_statistics
from tests.unit.actions.builders import NOON, a_case
from tests.unit.store.plans import learn_sizes, plan_of
from tests.unit.store.reports import a_book, a_ticket

DAY = date(2026, 11, 17)
VERIFY = Pile(frozenset({Status.RECEIVED}))
AT_ROADS = Pile(frozenset({Status.RECEIVED, Status.FORWARDED, Status.IN_PROGRESS}), "roads")
CONTESTED = Pile(frozenset({Status.IN_PROGRESS}), contested=True)
MANY = 400


def number(count: int) -> str:
    return f"LP-{count:04}-2222"


def cases_of(count: int) -> list[Case]:
    """So many, of every status and two agencies, each day a few."""
    statuses = sorted(Status)
    return [
        replace(
            a_case(status=statuses[n % len(statuses)]),
            ticket=number(n),
            draft_key=f"k{n}",
            agency="roads" if n % 3 else "waste",
            due_on=DAY + timedelta(days=(n * 7) % 30) if statuses[n % len(statuses)] in OPEN else None,
        )
        for n in range(count)
    ]


async def are_stored(database: Database, stored: Iterable[Case]) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(cases), [row_of_case(case) for case in stored])


async def have_facts(database: Database, stored: Iterable[Case]) -> None:
    """One of a thousand was contested three times."""
    statistics = [
        CaseStatistics(
            ticket=case.ticket,
            received_on=DAY,
            agency=case.agency,
            category=case.category,
            district=None,
            village=None,
            status=case.status,
            is_open=True,
            version=1,
            changed_on=DAY,
            disputes=0 if place % 1_000 else 3,
        )
        for place, case in enumerate(stored)
    ]
    async with database.writing() as connection:
        for start in range(0, len(statistics), 500):
            await write_statistics(connection, statistics[start : start + 500])


async def read_through(database: Database, pile: Pile, most: int) -> list[Case]:
    """A list from its first page to its last."""
    found, after = list[Case](), None
    while True:
        async with database.reading() as connection:
            page = await listed(connection, pile, after, most)
        found += [one.case for one in page]
        if len(page) < most:
            return found
        after = page[-1].place


@pytest.mark.parametrize("pile", [VERIFY, AT_ROADS, Pile(OPEN)])
async def test_a_list_has_every_case_of_its_kind_once_in_the_order_of_the_clock(database: Database, pile: Pile) -> None:
    stored = cases_of(MANY)
    await are_stored(database, stored)
    found = await read_through(database, pile, 7)
    wanted = [c.ticket for c in stored if c.status in pile.statuses and pile.agency in {None, c.agency}]
    assert sorted(case.ticket for case in found) == sorted(wanted)
    assert all(one.due_on <= other.due_on for one, other in pairwise(found) if one.due_on and other.due_on)
    async with database.reading() as connection:
        assert await count_up_to(connection, pile, MANY) == len(wanted)
        assert await count_up_to(connection, pile, 5) == 5


async def test_what_is_open_to_the_public_is_listed_from_the_newest(database: Database) -> None:
    secret, sensitive = {"visibility": Visibility.SECRET}, {"sensitive": True}
    told = [{}, secret, {}, sensitive, {"is_hidden": True}, {}]
    await are_stored(
        database, [replace(a_case(**more), ticket=number(n), draft_key=f"k{n}") for n, more in enumerate(told)]
    )
    found = await read_through(database, Pile(frozenset(Status), newest=True), 2)
    assert [case.ticket for case in found] == [number(5), number(2), number(0)]


async def test_a_case_contested_three_times_is_on_the_arbiters_list(database: Database) -> None:
    ticket = await a_ticket(database)
    other = await a_ticket(database, draft_key="k2")
    async with database.writing() as connection:
        await connection.execute(cases.update().values(status="in_progress"))
        statistics = case_statistics.update().where(case_statistics.c.ticket == ticket)
        await connection.execute(statistics.values(disputes=2, reopenings=1, status="in_progress"))
    found = await read_through(database, CONTESTED, 5)
    assert [case.ticket for case in found] == [ticket] != [other]


@pytest.mark.thorough
async def test_no_list_is_read_whole(database: Database) -> None:
    await are_stored(database, cases_of(5_000))
    await have_facts(database, cases_of(5_000))
    await learn_sizes(database)
    for pile in (VERIFY, AT_ROADS, Pile(OPEN), Pile(frozenset(Status), newest=True), CONTESTED):
        for after in (None, QueueCursor(DAY, 3)):
            assert await steps_through_all(database, pile, after) == [], (pile, after)


async def steps_through_all(database: Database, pile: Pile, after: QueueCursor | None) -> list[str]:
    """Steps of the plan that read a table whole."""
    plan = await plan_of(database, lambda connection: listed(connection, pile, after, 21))
    tables = (
        ["case_statistics"] if pile.contested else ["cases", "case_statistics"]
    )  # 200 of 5,000 cases are no less than all
    whole = tuple(f"{'SCAN' if database.is_sqlite else 'Seq Scan on'} {table}" for table in tables)
    return [step for step in plan if any(step.lstrip(" ->").startswith(read) for read in whole)]


def test_where_a_page_ended_is_written_in_a_link() -> None:
    assert QueueCursor.read(QueueCursor(DAY, 12).written()) == QueueCursor(DAY, 12)
    assert [QueueCursor.read(odd) for odd in ("", "x", "2026-11-17", "2026-11-17:x", ":3")] == [None] * 5


async def test_the_day_of_the_clock_follows_what_happens(database: Database) -> None:
    ticket = await a_ticket(database)
    async with a_book(database) as book:
        case = await book.by_ticket(ticket)
    assert case
    assert case.due_on
    assert case.due_on < case.deadline
    async with database.reading() as connection:
        assert (await connection.execute(select(cases.c.due_on))).scalar_one() == case.due_on


async def two_people(database: Database) -> tuple[int, int]:
    async with database.writing() as connection:
        book = SqlPeople(connection)
        made = [await book.add(name, [Role.VERIFIER], None, NOON) for name in ("Rina", "Eka")]
    return tuple(one.id for one in made if one)  # type: ignore[return-value] - both were made


async def test_a_look_goes_on_while_she_is_there_and_another_begins_later(database: Database) -> None:
    rina, eka = await two_people(database)
    async with database.writing() as connection:
        await note_look(connection, "LP-1", rina, NOON)
        await note_look(connection, "LP-1", rina, NOON + timedelta(minutes=1))
        await note_look(connection, "LP-1", eka, NOON)
        await note_look(connection, "LP-1", rina, NOON + ONE_LOOK * 2)
        looks = await looks_at(connection, "LP-1")
        count = len((await connection.execute(select(case_looks.c.id))).all())
    assert [(look.name, look.times) for look in looks] == [("Rina", 2), ("Eka", 1)]
    assert looks[0].first == NOON
    assert count == 3


async def test_whoever_left_a_while_ago_is_not_there_any_more(database: Database) -> None:
    rina, eka = await two_people(database)
    async with database.writing() as connection:
        await note_look(connection, "LP-1", rina, NOON)
        there = [await looking_now(connection, ["LP-1", "LP-2"], NOON + away, eka) for away in (STAYS / 2, STAYS * 2)]
        own = await looking_now(connection, ["LP-1"], NOON, rina)
    assert there == [{"LP-1": ["Rina"]}, {}]
    assert own == {}


async def test_being_there_is_written_down_now_and_then_and_not_each_time(database: Database) -> None:
    rina, _ = await two_people(database)
    async with database.writing() as connection:
        asked = [await must_note(connection, "LP-1", rina, NOON)]
        await note_look(connection, "LP-1", rina, NOON)
        asked += [await must_note(connection, "LP-1", rina, NOON + away) for away in (STAYS / 9, STAYS)]
    assert asked == [True, False, True]


async def test_notes_are_read_in_their_order(database: Database) -> None:
    rina, eka = await two_people(database)
    async with database.writing() as connection:
        await add_note(connection, "LP-1", rina, "kunci gardu di Pak RT", NOON)
        await add_note(connection, "LP-1", eka, "sudah diambil", NOON)
        await add_note(connection, "LP-2", eka, "lain", NOON)
        notes = await notes_of(connection, "LP-1")
    assert [(note.name, note.words) for note in notes] == [("Rina", "kunci gardu di Pak RT"), ("Eka", "sudah diambil")]


async def test_notes_go_with_the_words_of_their_case(database: Database) -> None:
    rina, _ = await two_people(database)
    async with database.writing() as connection:
        await add_note(connection, "LP-1", rina, "pelapor tetangga Pak RT", NOON)
        await add_note(connection, "LP-2", rina, "lain", NOON)
        await erase_words(connection, ["LP-1"])
        assert [len(await notes_of(connection, ticket)) for ticket in ("LP-1", "LP-2")] == [0, 1]
