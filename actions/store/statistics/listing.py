"""Finds cases that anybody may know of, the newest first, a page at a time: by the indexes of facts, never by counting.

Days only, and within a day the order of the numbers, which is that of chance: when exactly somebody wrote is not told.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, Status
from actions.statistics.case_statistics import CaseStatistics
from actions.store.cases.case_rows import case_of_row, is_public_row
from actions.store.engine.tables import cases
from actions.store.statistics.case_statistics import IS_OPEN, case_statistics, statistics_of_row, statistics_of_tickets

_known = case_statistics.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which cases; "" for any. `month` as "2026-10"."""

    agency: str = ""
    category: str = ""
    district: str = ""
    month: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingScope:
    """Cases that were filed in these days; of these statuses and categories, of any where there are none.

    None among the categories: those of which nobody knows what they are about.
    """

    first: date
    last: date
    categories: frozenset[str | None] = frozenset()
    statuses: frozenset[Status] = frozenset()


@dataclass(frozen=True, slots=True)
class ListingCursor:
    """The case after which a page begins."""

    received_on: date
    ticket: str


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case, and its facts."""

    case: Case
    statistics: CaseStatistics


async def list_open(
    connection: AsyncConnection, filters: Filters, after: ListingCursor | None, most: int
) -> Sequence[ListedCase]:
    """Open cases behind a place in the list."""
    query = select(case_statistics).where(text(IS_OPEN))
    for name in ("agency", "category", "district"):
        if wanted := getattr(filters, name):
            query = query.where(_known[name] == wanted)
    if filters.status:
        query = query.where(_known.status == filters.status.value)
    if filters.month:
        query = query.where(_known.received_on.between(*days_of(filters.month)))
    return await _newest(connection, query, after, most)


async def list_between(
    connection: AsyncConnection, span: ListingScope, after: ListingCursor | None, most: int
) -> Sequence[ListedCase]:
    """Open cases of a span of days behind a place in the list."""
    query = select(case_statistics).where(text(IS_OPEN), _known.received_on.between(span.first, span.last))
    if span.statuses:
        query = query.where(_known.status.in_([status.value for status in span.statuses]))
    if span.categories:
        named = _known.category.in_([category for category in span.categories if category])
        query = query.where(or_(named, _known.category.is_(None)) if None in span.categories else named)
    return await _newest(connection, query, after, most)


async def list_changed(
    connection: AsyncConnection, since: date, after: ListingCursor | None, most: int
) -> Sequence[ListedCase]:
    """Open cases to which something has happened since a day, the oldest first, behind a place in that list."""
    query = select(case_statistics).where(text(IS_OPEN), _known.changed_on >= since)
    if after:
        query = query.where(tuple_(_known.received_on, _known.ticket) > (after.received_on, after.ticket))
    return await _listed(connection, query.order_by(_known.received_on, _known.ticket).limit(most))


async def list_numbered(connection: AsyncConnection, tickets: Collection[str]) -> Sequence[ListedCase]:
    """Those of these cases that anybody may know of by their numbers, in the order of the numbers."""
    query = select(cases).where(cases.c.ticket.in_(tickets), is_public_row()).order_by(cases.c.ticket)
    found = [case_of_row(row) for row in await connection.execute(query)]
    statistics = await statistics_of_tickets(connection, {case.ticket for case in found})
    return [ListedCase(case, statistics[case.ticket]) for case in found if case.ticket in statistics]


async def _newest(
    connection: AsyncConnection, query: Select[tuple[object, ...]], after: ListingCursor | None, most: int
) -> Sequence[ListedCase]:
    if after:
        query = query.where(tuple_(_known.received_on, _known.ticket) < (after.received_on, after.ticket))
    return await _listed(connection, query.order_by(_known.received_on.desc(), _known.ticket.desc()).limit(most))


async def _listed(connection: AsyncConnection, query: Select[tuple[object, ...]]) -> Sequence[ListedCase]:
    """The cases of these facts, without those that are open no more."""
    found = [statistics_of_row(row) for row in await connection.execute(query)]
    still = select(cases).where(cases.c.ticket.in_([statistics.ticket for statistics in found]), is_public_row())
    known = {row.ticket: case_of_row(row) for row in await connection.execute(still)}
    return [ListedCase(known[statistics.ticket], statistics) for statistics in found if statistics.ticket in known]


def days_of(month: str) -> tuple[date, date]:
    """The first and the last day of a month such as "2026-10".

    Raises:
        ValueError: it is none.
    """
    first = date.fromisoformat(f"{month}-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
