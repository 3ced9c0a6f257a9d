"""Finds cases that anybody may know of, the newest first, a page at a time: by the indexes of facts, never by counting.

Days only, and within a day the order of the numbers, which is that of chance: when exactly somebody wrote is not told.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.case import Case, Status
from actions.facts import CaseFacts
from actions.store.case_rows import case_of_row
from actions.store.facts import facts_of_row
from actions.store.facts_tables import IS_OPEN, case_facts
from actions.store.tables import cases
from actions.store.visible_rows import is_open_row

_known = case_facts.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which cases; "" for any. `month` as "2026-10"."""

    agency: str = ""
    category: str = ""
    district: str = ""
    month: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which case a page begins."""

    received_on: date
    ticket: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A case, and its facts."""

    case: Case
    facts: CaseFacts


async def list_open(connection: AsyncConnection, filters: Filters, after: Place | None, most: int) -> Sequence[Listed]:
    """Open cases behind a place in the list."""
    query = select(case_facts).where(text(IS_OPEN))
    for name in ("agency", "category", "district"):
        if wanted := getattr(filters, name):
            query = query.where(_known[name] == wanted)
    if filters.status:
        query = query.where(_known.status == filters.status.value)
    if filters.month:
        query = query.where(_known.received_on.between(*days_of(filters.month)))
    if after:
        query = query.where(tuple_(_known.received_on, _known.ticket) < (after.received_on, after.ticket))
    query = query.order_by(_known.received_on.desc(), _known.ticket.desc()).limit(most)
    found = [facts_of_row(row) for row in await connection.execute(query)]
    still = select(cases).where(cases.c.ticket.in_([facts.ticket for facts in found]), is_open_row())
    known = {row.ticket: case_of_row(row) for row in await connection.execute(still)}
    return [Listed(known[facts.ticket], facts) for facts in found if facts.ticket in known]


def days_of(month: str) -> tuple[date, date]:
    """The first and the last day of a month such as "2026-10".

    Raises:
        ValueError: it is none.
    """
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
