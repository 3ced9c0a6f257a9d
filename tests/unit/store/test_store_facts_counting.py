"""Counting and listing facts, on both databases: what is late today, which year, and by which index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Status
from actions.statistics.case_statistics import CaseStatistics
from actions.statistics.counts import Counts
from actions.store.engine.database import Database
from actions.store.statistics.case_statistics import statistics_of_tickets, write_statistics
from actions.store.statistics.counting import a_year, all_are_counted, count_by, count_confidential, years_with_cases
from actions.store.statistics.listing import Filters, ListingCursor, list_open
from tests.unit.actions.acting import MODI
from tests.unit.actions.builders import NOON
from tests.unit.store.plans import learn_sizes, plan_of
from tests.unit.store.reports import a_ticket
from tests.unit.store.test_store_working import does

DAY = date(2026, 3, 2)
FACTS = CaseStatistics(
    ticket="LP-2222-2222",
    received_on=DAY,
    agency="roads",
    category="jalan",
    district="64.09.01",
    village=None,
    status=Status.FORWARDED,
    is_open=True,
    version=2,
    changed_on=DAY,
    due_on=date(2026, 3, 20),
)


async def kept(database: Database, *changes: dict[str, Any]) -> None:
    """Facts like these, but for what is named."""
    statistics = [replace(FACTS, ticket=f"LP-{number:04}-2222", **one) for number, one in enumerate(changes)]
    async with database.writing() as connection:
        await write_statistics(connection, statistics)


async def counted(database: Database, name: str, today: date = DAY) -> dict[str | None, Counts]:
    async with database.reading() as connection:
        return dict(await count_by(connection, name, a_year(2026), today))


async def test_what_becomes_of_a_group_is_counted(database: Database) -> None:
    answered = {"answered_on": date(2026, 3, 9), "due_on": None}
    await kept(
        database,
        {},
        answered,
        answered | {"is_late": True, "disputes": 2, "category": "sampah"},
        answered | {"solved_on": DAY, "rating": 4, "reopenings": 1},
        {"is_open": False},
        {"received_on": date(2025, 12, 31)},
    )
    first = Counts(received=3, in_time=2, solved=1, reopened=1, voices=1, stars=4, days={7: 2})
    second = Counts(received=1, late=1, disputed=1, days={7: 1})
    assert await counted(database, "category") == {"jalan": first, "sampah": second}


async def test_what_was_promised_for_a_day_is_late_on_the_next(database: Database) -> None:
    await kept(database, {})
    for today, late in ((date(2026, 3, 20), 0), (date(2026, 3, 21), 1)):
        assert (await counted(database, "agency", today))["roads"].late == late


async def test_groups_stand_in_the_order_of_their_keys_the_unknown_last(database: Database) -> None:
    await kept(database, {"district": None}, {"district": "b"}, {"district": "a"})
    assert list(await counted(database, "district")) == ["a", "b", None]


async def test_discreet_cases_are_counted_as_a_whole(database: Database) -> None:
    await kept(database, {"is_open": False}, {"is_open": False, "is_late": True, "agency": "waste"}, {})
    async with database.reading() as connection:
        assert await count_confidential(connection, a_year(2026), DAY) == Counts(received=2, late=1)


async def test_years_are_told_from_the_last(database: Database) -> None:
    async with database.reading() as connection:
        assert await years_with_cases(connection) == []
    await kept(database, {"received_on": date(2024, 5, 1)}, {})
    async with database.reading() as connection:
        assert await years_with_cases(connection) == [2026, 2025, 2024]
        assert await all_are_counted(connection)


async def test_a_case_that_was_hidden_meanwhile_is_not_listed_whatever_its_facts_say(database: Database) -> None:
    tickets = [await a_ticket(database, draft_key=f"d{number}") for number in range(2)]
    async with database.reading() as connection:
        before = (await statistics_of_tickets(connection, tickets))[tickets[0]]
    await does(database, tickets[0], CaseAction.HIDE, MODI, why="names")
    async with database.writing() as connection:
        await write_statistics(connection, [before])
        assert [one.case.ticket for one in await list_open(connection, Filters(), None, 9)] == [tickets[1]]


async def test_the_list_goes_on_behind_a_place(database: Database) -> None:
    days = [NOON + timedelta(days=number // 2) for number in range(5)]
    tickets = [await a_ticket(database, day, draft_key=f"d{number}") for number, day in enumerate(days)]
    async with database.reading() as connection:
        first = await list_open(connection, Filters(), None, 3)
        last = first[-1].statistics
        rest = await list_open(connection, Filters(), ListingCursor(last.received_on, last.ticket), 3)
    listed = [*first, *rest]
    assert sorted(one.case.ticket for one in listed) == sorted(tickets)
    assert [one.statistics.received_on for one in listed] == sorted((day.date() for day in days), reverse=True)


async def test_a_page_is_found_by_an_index(database: Database) -> None:
    await kept(database, *({"agency": f"a{number % 40}", "category": f"c{number % 30}"} for number in range(400)))
    await learn_sizes(database)

    def page(filters: Filters, after: ListingCursor | None = None) -> Any:
        async def look(connection: AsyncConnection) -> object:
            return await list_open(connection, filters, after, 20)

        return look

    place = ListingCursor(DAY, "LP-0300-2222")
    looks = {
        "case_facts_newest": page(Filters(), place),
        "case_facts_of_agency": page(Filters(agency="a1")),
        "case_facts_of_category": page(Filters(category="c1")),
        "case_facts_of_status": page(Filters(status=Status.REFERRED)),
    }
    for index, look in looks.items():
        assert index in "\n".join(await plan_of(database, look))
