"""After months of whatever people do: histories are whole, every mark came once and in time, everyone was told."""

from __future__ import annotations

import pytest

from actions.store.engine.database import Database
from tests.databases import on_postgresql, on_sqlite
from tests.unit.delivery.a_year import Year, still_due, wrong_marks, wrong_notices
from tests.unit.delivery.case_office import CaseOffice

pytestmark = pytest.mark.thorough


async def nothing_is_wrong(year: Year) -> bool:
    office = year.office
    marks, notices = await wrong_marks(office), await wrong_notices(office)
    return (await office.faults(), marks, notices, await still_due(office)) == ([], [], (set(), set()), 0)


@on_sqlite
async def test_whatever_people_do_and_however_the_service_fares(database: Database) -> None:
    """A small one; `tests.bench.year` has five thousand cases."""
    year = Year(CaseOffice(database), cases=12, seed=1, busy=0.6, days=45)
    await year.passes()
    assert year.taken > 30
    assert year.refused > 10
    assert await nothing_is_wrong(year)


@pytest.mark.slow
@on_postgresql
async def test_a_whole_year_of_two_processes(database: Database, another_process: Database) -> None:
    year = Year(CaseOffice(database), cases=40, seed=3, busy=0.05, hours=(9, 15), processes=(another_process,))
    await year.passes()
    assert year.taken > 200
    assert await nothing_is_wrong(year)
