"""After months of whatever people do: histories are whole and so are the facts, every mark came once and in time."""

from __future__ import annotations

import pytest

from actions.statistics.case_statistics import CaseStatistics, statistics_of
from actions.store.cases.histories import histories
from actions.store.engine.database import Database
from actions.store.statistics.case_statistics import statistics_of_tickets
from tests.databases import on_postgresql
from tests.unit.delivery.a_year import Year, still_due, wrong_marks, wrong_notices
from tests.unit.delivery.case_office import CaseOffice

pytestmark = pytest.mark.thorough


async def nothing_is_wrong(year: Year) -> bool:
    office = year.office
    marks, notices = await wrong_marks(office), await wrong_notices(office)
    return (await office.faults(), marks, notices, await still_due(office)) == ([], [], (set(), set()), 0)


async def test_whatever_people_do_and_however_the_service_fares(database: Database) -> None:
    """A small one; `tests.bench.year` has five thousand cases."""
    year = Year(CaseOffice(database), cases=12, seed=5, busy=0.6, days=45)
    await year.passes()
    assert year.taken > 30
    assert year.refused > 10
    assert await nothing_is_wrong(year)
    assert await facts_kept(year) == await facts_of_all_events(year)


async def facts_kept(year: Year) -> dict[str, CaseStatistics]:
    async with year.office.database.reading() as connection:
        return await statistics_of_tickets(connection, year.tickets)


async def facts_of_all_events(year: Year) -> dict[str, CaseStatistics]:
    cases = [(stored.case, stored.events) async for stored in histories(year.office.database)]
    return {case.ticket: statistics_of(case, events, year.office.regency) for case, events in cases if case}


@pytest.mark.slow
@on_postgresql
async def test_a_whole_year_of_two_processes(database: Database, another_process: Database) -> None:
    year = Year(CaseOffice(database), cases=40, seed=3, busy=0.05, hours=(9, 15), processes=(another_process,))
    await year.passes()
    assert year.taken > 200
    assert await nothing_is_wrong(year)
