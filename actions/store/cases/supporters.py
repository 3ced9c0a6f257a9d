"""Cases of others: which are near what a citizen is about to file, and who supports which case.

What is secret, sensitive or hidden stands in neither index, so that it is not even looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Float,
    Index,
    ScalarSelect,
    Select,
    String,
    Subquery,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case, Location, ReportType, Status
from actions.cases.nearby import Candidate, NearbyQuery
from actions.store.cases.case_rows import case_of_row
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import NEARBY_CLOSED, NEARBY_OPEN, Moment, case_events, case_words, cases, metadata

case_supporters = Table(
    "case_supporters",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("supporter", String(80), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("language", String(8), nullable=False, server_default=""),
)
Index("case_supporters_of_supporter", case_supporters.c.supporter)


@dataclass(frozen=True, slots=True)
class Support:
    """A citizen ("telegram:123") who says "me too" on a case, and the language she is told of it in."""

    ticket: str
    supporter: str
    language: str
    since: datetime


async def count_supporters_of(connection: AsyncConnection, ticket: str) -> int:
    """How many citizens support a case, its reporter apart."""
    with_case = case_supporters.join(cases, cases.c.ticket == case_supporters.c.ticket)
    query = select(func.count()).select_from(with_case)
    query = query.where(case_supporters.c.ticket == ticket, case_supporters.c.supporter != cases.c.reporter)
    return (await connection.execute(query)).scalar_one()


async def does_support(connection: AsyncConnection, ticket: str, supporter: str) -> bool:
    """Whether she supports this case."""
    query = select(case_supporters.c.ticket).where(
        case_supporters.c.ticket == ticket, case_supporters.c.supporter == supporter
    )
    return (await connection.execute(query)).first() is not None


async def supported_by(connection: AsyncConnection, supporter: str, most: int) -> list[Case]:
    """The cases that she supports and did not file, the latest support first, without attachments."""
    query = (
        select(cases)
        .join(case_supporters, case_supporters.c.ticket == cases.c.ticket)
        .where(case_supporters.c.supporter == supporter, cases.c.reporter != supporter)
        .order_by(case_supporters.c.since.desc(), cases.c.id.desc())
        .limit(most)
    )
    return [case_of_row(row) for row in await connection.execute(query)]


async def supporters_of(connection: AsyncConnection, tickets: Collection[str]) -> Sequence[Support]:
    """Everybody who supports one of these cases, by case and in the order in which they came."""
    known = case_supporters.c
    query = select(known.ticket, known.supporter, known.language, known.since).where(known.ticket.in_(tickets))
    query = query.order_by(known.ticket, known.since, known.supporter)
    return [Support(*row) for row in await connection.execute(query)]


async def write_supports(connection: AsyncConnection, supports: Sequence[Support]) -> None:
    """Adds these supporters; whoever supports the case already is left unchanged."""
    if not supports:
        return
    rows = [
        {"ticket": one.ticket, "supporter": one.supporter, "language": one.language, "since": one.since}
        for one in supports
    ]
    await connection.execute(insert_into(connection, case_supporters).on_conflict_do_nothing(), rows)


async def pass_supporters_on(connection: AsyncConnection, ticket: str, parent: str, at: datetime) -> None:
    """Whoever supports a case that was merged supports from now on the one that it is part of."""
    theirs = await supporters_of(connection, [ticket])
    await write_supports(connection, [Support(parent, one.supporter, one.language, at) for one in theirs])


async def end_supports(connection: AsyncConnection, ended: Collection[tuple[str, str]]) -> None:
    """Removes these pairs of case and supporter."""
    if ended:
        pair = tuple_(case_supporters.c.ticket, case_supporters.c.supporter)
        await connection.execute(delete(case_supporters).where(pair.in_(list(ended))))


MOST_OPEN, MOST_CLOSED = 100, 16
"""Of one category; more are not looked at, however many there are."""
VILLAGES = 4
"""Where she names no village, all of a district are compared: so much fewer of them, the newest."""
_WHAT = ("ticket", "status", "type", "category", "filed_at", "version", "reporter")
_WHERE = ("region", "district", "village", "place", "outside", "lat", "lon")
_KNOWN = [cases.c[name] for name in (*_WHAT, *_WHERE)]


async def candidates(connection: AsyncConnection, sought: NearbyQuery) -> list[Candidate]:
    """Cases that may be about what is sought, none of them the citizen's own."""
    if not sought.categories:
        return []
    village, box = sought.location.village, sought.box
    query = _query(len(sought.categories), is_placed=sought.district is not None, has_village=village is not None)
    given: dict[str, object] = {f"category_{place}": slug for place, slug in enumerate(sought.categories)}
    given |= {"reporter": sought.reporter, "south": box[0], "west": box[1], "north": box[2], "east": box[3]}
    given |= {name: value for name, value in (("district", sought.district), ("village", village)) if value is not None}
    return [
        Candidate(
            ticket=row.ticket,
            status=Status(row.status),
            type=ReportType(row.type),
            category=row.category,
            location=Location(row.region, row.district, row.village, row.place, row.outside, lat=row.lat, lon=row.lon),
            filed_at=row.filed_at,
            changed_at=row.at,
            supporters=row.supporters,
            story=row.story,
        )
        for row in await connection.execute(query, given)
    ]


@cache
def _query(categories: int, *, is_placed: bool, has_village: bool) -> Select[Any]:
    """Made once for each kind: putting it together takes longer than the database needs."""
    kinds = ((NEARBY_OPEN, MOST_OPEN), (NEARBY_CLOSED, MOST_CLOSED))
    slugs = [bindparam(f"category_{place}", type_=String) for place in range(categories)]
    most = 1 if has_village else VILLAGES
    newest = [_newest(slug, kind, count // most, is_placed=is_placed) for slug in slugs for kind, count in kinds]
    found = union_all(*(one.subquery().select() for one in newest)).subquery("found")
    last = (case_events.c.ticket == found.c.ticket) & (case_events.c.number == found.c.version)
    query = (
        select(found, case_words.c.story, case_events.c.at, _supporters(found).label("supporters"))
        .join(case_words, case_words.c.ticket == found.c.ticket)
        .join(case_events, last)
        .where(found.c.reporter != bindparam("reporter"))
    )
    return query.where(_may_be_there(found)) if has_village else query


def _may_be_there(found: Subquery) -> ColumnElement[bool]:
    """In the village, in none that is known, or with a pin that is near."""
    south, west, north, east = (bindparam(name, type_=Float) for name in ("south", "west", "north", "east"))
    has_near_pin = and_(found.c.lat.between(south, north), found.c.lon.between(west, east))
    return or_(found.c.village == bindparam("village", type_=String), found.c.village.is_(None), has_near_pin)


def _supporters(found: Subquery) -> ScalarSelect[int]:
    is_other = case_supporters.c.supporter != found.c.reporter
    query = select(func.count()).where(case_supporters.c.ticket == found.c.ticket, is_other)
    return query.correlate(found).scalar_subquery()


def _newest(slug: BindParameter[str], kind: str, most: int, *, is_placed: bool) -> Select[Any]:
    """The conditions of an index stand in its own words: only so does every database see that it will do."""
    district = cases.c.district == bindparam("district") if is_placed else cases.c.district.is_(None)
    where = (district, cases.c.category == slug, text(kind))
    return select(*_KNOWN).where(*where).order_by(cases.c.filed_at.desc()).limit(most)
