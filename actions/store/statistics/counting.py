"""Counts the statistics of cases, one query for each way to divide them, and keeps the numbers of a year."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, and_, case, exists, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.statistics.suppression import MEASURES, Counted, Counts, total
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import cases
from actions.store.statistics.case_statistics import IS_OPEN, case_statistics, filled_up_to, statistics_counted

_known = case_statistics.c


@dataclass(frozen=True, slots=True)
class Period:
    """Cases that were filed in these months, the first and the last as "2026-10"."""

    first: str
    last: str


def a_year(year: int) -> Period:
    """Returns the period of a year."""
    return Period(f"{year:04}-01", f"{year:04}-12")


async def count_by(connection: AsyncConnection, name: str, period: Period, today: date) -> Counted:
    """Open cases by one of agency, category, district, village and month; in the order of the keys, the unknown last.

    `today`: what is still awaited and was promised before is late.
    """
    column: Column[str | None] = _known[name]
    is_wanted = and_(_in(period), _known.is_open.is_(True))  # not by the index of open cases: all are read
    rows = (await connection.execute(_query(column, is_wanted, today))).all()
    keys = sorted({row.key for row in rows}, key=lambda key: (key is None, key or ""))
    return {key: _counts(row for row in rows if row.key == key) for key in keys}


async def count_confidential(connection: AsyncConnection, period: Period, today: date) -> Counts:
    """What is secret, sensitive or hidden, as a whole."""
    is_wanted = and_(_in(period), _known.is_open.is_(False))
    return _counts((await connection.execute(_query(literal(""), is_wanted, today))).all())


async def years_with_cases(connection: AsyncConnection) -> list[int]:
    """From the first to the last, the last first; none where there is no case."""
    query = select(func.min(_known.received_on), func.max(_known.received_on)).where(text(IS_OPEN))
    first, last = (await connection.execute(query)).one()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


async def all_are_counted(connection: AsyncConnection) -> bool:
    """Whether every case has its facts; not so for a while after a version that kept none."""
    after = await filled_up_to(connection)
    has_facts = exists().where(case_statistics.c.ticket == cases.c.ticket)
    missing = select(cases.c.id).where(cases.c.id > after, ~has_facts).limit(1)
    return (await connection.execute(missing)).first() is None


def _in(period: Period) -> ColumnElement[bool]:
    return _known.month.between(period.first, period.last)


def _query(key: ColumnElement[Any], is_wanted: ColumnElement[bool], today: date) -> Select[Any]:
    is_late = or_(_known.is_late.is_(True), func.coalesce(_known.due_on < today, text("false")))
    is_solved = _known.solved_on.is_not(None)
    measures = {
        "late": is_late,
        "in_time": and_(_known.answered_on.is_not(None), ~is_late),
        "solved": is_solved,
        "disputed": _known.disputes > 0,
        "reopened": _known.reopenings > 0,
        "voices": _known.rating > 0,
    }
    counted = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in measures.items()]
    of_all = (func.count().label("received"), func.sum(_known.rating).label("stars"))
    query = select(key.label("key"), _known.answer_days, *of_all, *counted).where(is_wanted)
    return query.group_by(key, _known.answer_days)


def _counts(rows: Iterable[Row[tuple[object, ...]]]) -> Counts:
    """Each row is of one number of days; None of what is not answered."""
    names = ("received", "in_time", "late", "solved", "disputed", "reopened", "voices", "stars")
    return total(
        Counts(
            **{name: int(getattr(row, name)) for name in names},
            days={} if row.answer_days is None else {row.answer_days: row.received},
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted of a period, before anybody has decided what of it may be shown.

    Attributes:
        as_of: the day on which it was counted.
        tables: open cases by the name of what they are divided by.
        confidential: secret, sensitive and hidden ones, as a whole.
        is_complete: every case is in it.
    """

    as_of: date
    tables: Mapping[str, Counted]
    confidential: Counts
    is_complete: bool


async def load_numbers(connection: AsyncConnection, year: int) -> Numbers | None:
    """As they were last counted; None where they never were, or by a version that counted otherwise."""
    query = select(statistics_counted.c.document).where(statistics_counted.c.year == year)
    document = (await connection.execute(query)).scalar_one_or_none()
    try:
        return _read(document) if document else None
    except (ValueError, TypeError, LookupError):
        return None


async def save_numbers(connection: AsyncConnection, year: int, numbers: Numbers, at: datetime) -> None:
    """Keep them in the place of those before."""
    new = {"counted_at": at, "document": _written(numbers)}
    row = insert_into(connection, statistics_counted).values(year=year, **new)
    await connection.execute(row.on_conflict_do_update(index_elements=["year"], set_=new))


def _written(numbers: Numbers) -> str:
    tables = {
        name: [[key, _told(counts)] for key, counts in counted.items()] for name, counted in numbers.tables.items()
    }
    told = {"as_of": numbers.as_of.isoformat(), "tables": tables, "is_complete": numbers.is_complete}
    return json.dumps(told | {"discreet": _told(numbers.confidential)})


def _told(counts: Counts) -> dict[str, object]:
    names = (*MEASURES, "stars")
    return {name: getattr(counts, name) for name in names} | {"days": dict(counts.days)}


def _read(document: str) -> Numbers:
    told = json.loads(document)
    return Numbers(
        as_of=date.fromisoformat(told["as_of"]),
        tables={
            name: {key: _kept_counts(counts) for key, counts in counted} for name, counted in told["tables"].items()
        },
        confidential=_kept_counts(told["discreet"]),
        is_complete=bool(told["is_complete"]),
    )


def _kept_counts(told: dict[str, object]) -> Counts:
    """Reads stored counts; their days are numbers, which JSON keeps as text."""
    days = told.pop("days")
    return Counts(**told, days={int(day): number for day, number in dict(days).items()})  # type: ignore[arg-type, call-overload]
