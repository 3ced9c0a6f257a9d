"""Samples counted by day and category, and those of late: what is watched. Opaque labels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, String, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.case_rows import is_public_row
from actions.store.engine.tables import cases
from actions.store.training.samples import State, samples

REROUTED = "rerouted"
"""The reason of a sample whose case an officer sent elsewhere."""
LONGEST_DAY = 10


@dataclass(frozen=True, slots=True)
class DayCount:
    """What the model made of a day's messages that it took for this category.

    Attributes:
        day: in UTC.
        category: the first guess.
        unsure: of `texts`, those that the citizen was asked about.
        corrected: those whose category a citizen changed.
        rerouted: those whose case an officer sent elsewhere.
    """

    day: date
    category: str
    texts: int
    unsure: int
    corrected: int
    rerouted: int


async def counts_by_day(connection: AsyncConnection, since: datetime, intents: Collection[str]) -> list[DayCount]:
    """The messages since then whose intent is one of these, or that became a case."""
    day = func.substr(cast(func.date(samples.c.at), String), 1, LONGEST_DAY)
    is_changed = samples.c.chosen_category.is_not(None) & (samples.c.chosen_category != samples.c.category)
    is_officers = samples.c.reason == REROUTED
    query = (
        select(
            day,
            samples.c.category,
            func.count(),
            func.sum(case((samples.c.is_sure, 0), else_=1)),
            func.sum(case((is_changed & ~is_officers, 1), else_=0)),
            func.sum(case((is_officers, 1), else_=0)),
        )
        .where(
            samples.c.at >= since,
            samples.c.category.is_not(None),
            or_(samples.c.intent.in_(intents), samples.c.ticket.is_not(None)),
        )
        .group_by(day, samples.c.category)
        .order_by(day, samples.c.category)
    )
    return [
        DayCount(date.fromisoformat(row[0]), row[1], *(int(count) for count in row[2:]))
        for row in await connection.execute(query)
    ]


async def texts_between(connection: AsyncConnection, since: datetime, until: datetime, most: int) -> list[str]:
    """What citizens wrote then, personal data covered: the latest of it."""
    query = select(samples.c.text).where(samples.c.at >= since, samples.c.at < until)
    return list((await connection.execute(query.order_by(samples.c.at.desc()).limit(most))).scalars())


async def decided_since(connection: AsyncConnection, since: datetime) -> list[tuple[str, str]]:
    """Text and label of what was decided since then and may still be seen."""
    query = (
        select(samples.c.text, samples.c.label)
        .select_from(samples.outerjoin(cases, cases.c.ticket == samples.c.ticket))
        .where(
            samples.c.state == State.DONE.value,
            samples.c.decided_at >= since,
            or_(samples.c.ticket.is_(None), is_public_row()),
        )
        .order_by(samples.c.id)
    )
    return [(text, label) for text, label in await connection.execute(query)]


async def visible_since(connection: AsyncConnection, since: datetime, most: int) -> list[tuple[int, str]]:
    """Number and text of what citizens wrote since then and may still be seen, personal data covered: the latest."""
    query = _visible().where(samples.c.at >= since).order_by(samples.c.id.desc()).limit(most)
    return [(row.id, row.text) for row in await connection.execute(query)]


async def visible_of(connection: AsyncConnection, numbers: Collection[int]) -> dict[int, str]:
    """The texts of those of these samples that may still be seen, by number."""
    found = await connection.execute(_visible().where(samples.c.id.in_(numbers)))
    return {row.id: row.text for row in found}


def _visible() -> Select[int, str]:
    joined = samples.outerjoin(cases, cases.c.ticket == samples.c.ticket)
    return (
        select(samples.c.id, samples.c.text).select_from(joined).where(or_(samples.c.ticket.is_(None), is_public_row()))
    )
