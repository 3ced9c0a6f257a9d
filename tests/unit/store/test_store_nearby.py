"""Cases of others in the database: which are even looked at, by which index, and who supports them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, Location, ReportType, Status, Visibility, is_public
from actions.cases.handlers import stop_supporting, support_case, supported_cases
from actions.cases.nearby import NearbyQuery
from actions.people.roles import Role
from actions.privacy.visibility import is_confidential
from actions.store.cases.case_rows import is_public_row, row_of_case
from actions.store.cases.supporters import MOST_OPEN, VILLAGES, candidates, supporters_of
from actions.store.engine.database import Database
from actions.store.engine.tables import case_events, case_words, cases
from bot.web.case.routes import NOBODY
from tests.unit.actions.acting import MODI, TOP, VERA
from tests.unit.actions.builders import NOON, a_case
from tests.unit.store.plans import learn_sizes, plan_of
from tests.unit.store.reports import a_book, a_ticket
from tests.unit.store.test_store_working import does

EAST = "64.09.01"
SITI, TONO = "telegram:siti", "telegram:tono"
FOUND = {*Status} - {Status.REJECTED, Status.MERGED, Status.REFERRED, Status.WITHDRAWN}


def sought(**changes: Any) -> NearbyQuery:
    """Siti is about to report a road in the east."""
    known = NearbyQuery(
        reporter=SITI,
        type=ReportType.COMPLAINT,
        categories=("jalan",),
        location=Location(district=EAST),
        story="jalan berlubang",
        at=NOON,
    )
    return replace(known, **changes)


def number(count: int) -> str:
    """Like a ticket number, each its own."""
    return f"LP-{count:04}-2222"


async def are_stored(database: Database, *stored: Case) -> None:
    """Cases of somebody else in the east, as they stand after one event."""
    everything = [replace(case, version=1) for case in stored]
    events = [
        CaseEvent(case.ticket, 1, None, case.status, Role.SYSTEM, NOON, "", case.agency, "", "", "", "file")
        for case in everything
    ]
    words = [{"ticket": case.ticket, "story": "jalan berlubang", "salt": ""} for case in everything]
    async with database.writing() as connection:
        await connection.execute(insert(cases), [row_of_case(case) for case in everything])
        await connection.execute(insert(case_events), [asdict(event) for event in events])
        await connection.execute(insert(case_words), words)


def neighbours(count: int, **changes: Any) -> Case:
    """A road in the east, by its number; each filed a minute after the one before."""
    known: dict[str, Any] = {
        "ticket": number(count),
        "draft_key": f"d{count}",
        "location": Location(district=EAST),
        "filed_at": NOON + timedelta(minutes=count),
    }
    return a_case(**(known | changes))


def of_every_kind() -> list[Case]:
    """Each status, secret or not, hidden or not, sensitive or not, Siti's own or not."""
    kinds = product(Status, Visibility, (True, False), (True, False), (SITI, TONO))
    return [
        neighbours(count, status=status, visibility=seen, is_hidden=hidden, sensitive=sensitive, reporter=reporter)
        for count, (status, seen, hidden, sensitive, reporter) in enumerate(kinds)
    ]


async def found(database: Database, asked: NearbyQuery) -> set[str]:
    """The numbers of what is looked at."""
    async with database.reading() as connection:
        return {one.ticket for one in await candidates(connection, asked)}


async def test_no_case_that_is_not_public_and_open_to_all_ever_comes_out(database: Database) -> None:
    every = of_every_kind()
    await are_stored(database, *every)
    may = {
        case.ticket
        for case in every
        if is_public(case) and not case.sensitive and case.status in FOUND and case.reporter != SITI
    }
    assert await found(database, sought()) == may


async def test_the_conditions_of_queries_are_those_of_the_one_place_that_decides(database: Database) -> None:
    every = of_every_kind()
    await are_stored(database, *every)
    async with database.reading() as connection:
        public = set((await connection.execute(select(cases.c.ticket).where(is_public_row()))).scalars())
    assert public == {case.ticket for case in every if is_public(case)}
    assert public == {case.ticket for case in every if not is_confidential(case)}
    in_the_open = (case for case in every if case.visibility is Visibility.PUBLIC and not case.is_hidden)
    assert public == {case.ticket for case in in_the_open if not case.sensitive}


async def test_it_is_looked_for_in_one_district_and_the_categories_in_question(database: Database) -> None:
    west, waste = Location(district="64.09.02"), "sampah"
    nowhere = neighbours(3, location=Location())
    await are_stored(database, neighbours(1), neighbours(2, location=west), nowhere, neighbours(4, category=waste))
    assert await found(database, sought()) == {number(1)}
    assert await found(database, sought(categories=("jalan", waste))) == {number(1), number(4)}
    assert await found(database, sought(location=Location())) == {number(3)}
    assert await found(database, sought(categories=())) == set()


async def test_where_she_names_a_village_it_is_there_or_nobody_knows_or_a_pin_is_near(database: Database) -> None:
    here, elsewhere, pin = "64.09.01.1001", "64.09.01.1002", {"lat": -1.3145, "lon": 116.7005}
    places = (
        Location(district=EAST, village=here),
        Location(district=EAST),
        Location(district=EAST, village=elsewhere),
        Location(district=EAST, village=elsewhere, lat=-1.3131, lon=116.7019),
        Location(district=EAST, village=elsewhere, lat=-1.3119, lon=116.7005),
    )
    await are_stored(database, *(neighbours(count, location=place) for count, place in enumerate(places)))
    assert await found(database, sought(location=Location(village=here))) == {number(0), number(1)}
    pinned = sought(location=Location(village=here, **pin))
    assert await found(database, pinned) == {number(0), number(1), number(3)}


async def test_of_many_only_the_newest_are_compared(database: Database) -> None:
    most = MOST_OPEN // VILLAGES
    await are_stored(database, *(neighbours(count) for count in range(most + 5)))
    assert await found(database, sought()) == {number(count) for count in range(5, most + 5)}


@pytest.mark.thorough
@pytest.mark.parametrize("village", [None, "64.09.01.1001"])
async def test_it_is_found_by_an_index_however_many_cases_there_are(database: Database, village: str | None) -> None:
    asked = sought(categories=("jalan", "sampah"), location=Location(district=EAST, village=village))
    closed = [neighbours(count, status=Status.CLOSED) for count in range(1500)]
    waiting = [neighbours(count, location=Location(district=f"{count % 50}")) for count in range(1500, 3000)]
    await are_stored(database, *closed, *waiting)
    await learn_sizes(database)
    plan = await plan_of(database, lambda connection: candidates(connection, asked))
    for index in ("cases_nearby_open", "cases_nearby_closed"):
        assert any(index in step for step in plan)
    assert not any(step.startswith("SCAN cases") or "Seq Scan on cases" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


# Supporters ------------------------------------------------------------------------------------------------------


async def people(database: Database, ticket: str) -> list[str]:
    """Who supports it."""
    async with database.reading() as connection:
        return [one.supporter for one in await supporters_of(connection, [ticket])]


async def supports(database: Database, ticket: str, citizen: str = SITI) -> int | None:
    """How many say so now, herself included; None where she cannot."""
    async with a_book(database) as book:
        done = await support_case(book, ticket, citizen, "id", NOON)
    return done.people if done else None


async def test_supporting_again_changes_nothing(database: Database) -> None:
    ticket = await a_ticket(database, draft_key="tono", reporter=TONO)
    assert [await supports(database, ticket) for _ in range(3)] == [2, 2, 2]
    assert await supports(database, ticket, "web:ayu") == 3
    assert await people(database, ticket) == [SITI, "web:ayu"]


async def test_whoever_supports_no_more_is_no_supporter(database: Database) -> None:
    ticket = await a_ticket(database, draft_key="tono", reporter=TONO)
    await supports(database, ticket)
    for did in (True, False):
        async with a_book(database) as book:
            assert await stop_supporting(book, ticket, SITI) is did
    assert await people(database, ticket) == []


async def test_her_own_and_what_she_may_not_know_of_cannot_be_supported(database: Database) -> None:
    own = await a_ticket(database)
    others = [{"secret": True}, {"sensitive": True}, {"category": "pungli"}]
    for count, kind in enumerate(others):
        ticket = await a_ticket(database, draft_key=f"tono {count}", reporter=TONO, **kind)
        assert await supports(database, ticket) is None
    assert [await supports(database, ticket) for ticket in (own, "LP-2222-2222")] == [None, None]


async def test_she_follows_what_she_supports_as_long_as_anybody_may_know_of_it(database: Database) -> None:
    ticket = await a_ticket(database, draft_key="tono", reporter=TONO)
    await supports(database, ticket)
    async with a_book(database) as book:
        [case] = await supported_cases(book, SITI, 9)
    assert (case.ticket, case.reporter, case.location.spoken) == (ticket, NOBODY, None)
    await does(database, ticket, CaseAction.HIDE, MODI, words="Memuat nama orang")
    async with a_book(database) as book:
        assert await supported_cases(book, SITI, 9) == []


async def test_who_supports_a_case_that_is_merged_supports_the_one_it_is_part_of(database: Database) -> None:
    parent = await a_ticket(database, draft_key="tono", reporter=TONO)
    child = await a_ticket(database, draft_key="ayu", reporter="telegram:ayu")
    await supports(database, child)
    await supports(database, child, TONO)
    await does(database, child, CaseAction.MERGE, TOP, parent=parent, words="Lubang yang sama")
    assert set(await people(database, parent)) == {"telegram:ayu", SITI, TONO}
    async with a_book(database) as book:
        assert await book.count_supporters(parent) == 2, "its own reporter counts once"


async def test_what_is_at_its_end_cannot_be_supported(database: Database) -> None:
    ticket = await a_ticket(database, draft_key="tono", reporter=TONO, category=None)
    await does(database, ticket, CaseAction.REJECT, VERA, words="Tidak jelas", mend="Sebut tempatnya", code="unclear")
    assert await supports(database, ticket) is None
