"""Open cases as other systems ask for them: by days, categories and statuses, by number, and by what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from actions.cases.case import OPEN, TERMINAL
from actions.store.engine.database import Database
from actions.store.statistics.listing import (
    ListedCase,
    ListingCursor,
    ListingScope,
    list_between,
    list_changed,
    list_numbered,
)
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import REGENCY, a_ticket

TODAY = REGENCY.calendar.day(NOON)


async def filed(database: Database, key: str, days: int = 0, **changes: Any) -> str:
    """A case that somebody filed so many days later; its number."""
    at = NOON + timedelta(days=days)
    return await a_ticket(database, at, draft_key=key, reporter=f"telegram:{key}", **changes)


def numbers(listed: Sequence[ListedCase]) -> list[str]:
    return [one.case.ticket for one in listed]


async def between(database: Database, first: date = TODAY, last: date = TODAY, **wanted: Any) -> list[str]:
    span = ListingScope(first=first, last=last, **wanted)
    async with database.reading() as connection:
        return sorted(numbers(await list_between(connection, span, None, 10)))


async def test_by_days_categories_and_statuses(database: Database) -> None:
    road, unknown = await filed(database, "1"), await filed(database, "2", category=None)
    later, secret = await filed(database, "3", days=1), await filed(database, "4", secret=True)
    tomorrow = TODAY + timedelta(days=1)
    assert await between(database) == sorted([road, unknown])
    assert await between(database, tomorrow, tomorrow) == [later]
    assert await between(database, last=tomorrow, categories=frozenset({"jalan"})) == sorted([road, later])
    assert await between(database, categories=frozenset({None})) == [unknown]
    assert await between(database, categories=frozenset({None, "jalan"})) == sorted([road, unknown])
    assert await between(database, categories=frozenset({""})) == []
    assert await between(database, statuses=OPEN) == sorted([road, unknown])
    assert await between(database, statuses=TERMINAL) == []
    async with database.reading() as connection:
        assert numbers(await list_numbered(connection, [secret, road, "LP-2222-2222"])) == [road]
        assert await list_numbered(connection, []) == []


async def test_page_by_page_in_either_direction(database: Database) -> None:
    tickets = [await filed(database, str(number), days=number // 2) for number in range(5)]
    async with database.reading() as connection:
        span = ListingScope(first=TODAY, last=TODAY + timedelta(days=9))
        newest = await list_between(connection, span, None, 3)
        older = await list_between(connection, span, place(newest), 3)
        oldest = await list_changed(connection, TODAY, None, 3)
        newer = await list_changed(connection, TODAY, place(oldest), 3)
        assert await list_changed(connection, TODAY + timedelta(days=9), None, 3) == []
    assert sorted(numbers([*newest, *older])) == sorted(tickets)
    assert numbers([*oldest, *newer]) == numbers([*newest, *older])[::-1]


def place(listed: Sequence[ListedCase]) -> ListingCursor:
    """Behind the last of them."""
    return ListingCursor(listed[-1].statistics.received_on, listed[-1].statistics.ticket)
