"""After months of whatever people do, the facts that were kept are what the histories say."""

from __future__ import annotations

import pytest

from actions.statistics.case_statistics import statistics_of
from actions.store.cases.histories import histories
from actions.store.engine.database import Database
from actions.store.statistics.case_statistics import statistics_of_tickets
from tests.unit.delivery.a_year import Year
from tests.unit.delivery.case_office import CaseOffice

pytestmark = pytest.mark.thorough


async def test_facts_that_were_kept_are_what_all_events_say(database: Database) -> None:
    year = Year(CaseOffice(database), cases=12, seed=5, busy=0.6, days=45)
    await year.passes()
    assert year.taken > 30
    async with database.reading() as connection:
        kept = await statistics_of_tickets(connection, year.tickets)
    cases = [(stored.case, stored.events) async for stored in histories(database)]
    assert kept == {case.ticket: statistics_of(case, events, year.office.regency) for case, events in cases if case}
