"""Answers of closed cases on their way to the public, in the database: one row a case, as long as it stays closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import LEFT, OLD, Status
from actions.privacy.publication import Area, HeldFor, Publication, PublicationState
from actions.store.cases.case_rows import is_public_row
from actions.store.cases.handling import case_sayings
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, case_events, cases, metadata

case_publications = Table(
    "case_publications",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("title", Text, nullable=False, server_default=""),
    Column("held_for", String(12), nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("publish_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("person", String(24), nullable=False, server_default=""),
)
"""`person`: the moderator who decided; "" where the service did."""
Index("case_publications_state", case_publications.c.state, case_publications.c.publish_at)
_known = case_publications.c


async def note_closed(connection: AsyncConnection, tickets: Collection[str], at: datetime) -> None:
    """These cases were closed just now; what stood of an earlier closing is gone."""
    if not tickets:
        return
    new = insert_into(connection, case_publications)
    fresh = {"state": PublicationState.CLOSED.value, "number": 0, "title": "", "held_for": "", "reason": ""}
    rows = [{"ticket": ticket, **fresh, "publish_at": None, "changed_at": at, "person": ""} for ticket in tickets]
    anew = {name: new.excluded[name] for name in rows[0] if name != "ticket"}
    await connection.execute(new.on_conflict_do_update(index_elements=["ticket"], set_=anew), rows)


async def drop_publications(connection: AsyncConnection, tickets: Collection[str]) -> int:
    """Nothing of these cases is published or will be; returns how many stood there."""
    if not tickets:
        return 0
    return (await connection.execute(delete(case_publications).where(_known.ticket.in_(tickets)))).rowcount


async def hold_decided(connection: AsyncConnection, ticket: str) -> None:
    """A moderator has said what others read of this case: nothing else is published of it."""
    held = {"state": PublicationState.HELD.value, "held_for": HeldFor.DECIDED.value, "publish_at": None}
    open_ones = _known.state != PublicationState.CLOSED.value
    await connection.execute(update(case_publications).where(_known.ticket == ticket, open_ones).values(**held))


async def keep_publication(connection: AsyncConnection, one: Publication, at: datetime, person: str = "") -> None:
    """Keep how far this answer has come by now."""
    row = {
        "state": one.state.value,
        "number": one.number,
        "title": one.title,
        "held_for": one.held_for.value if one.held_for else "",
        "reason": one.reason,
        "publish_at": one.publish_at,
        "changed_at": at,
        "person": person,
    }
    await connection.execute(update(case_publications).where(_known.ticket == one.ticket).values(**row))


async def due_publications(connection: AsyncConnection, at: datetime, most: int) -> Sequence[Publication]:
    """Those that nobody has looked at and those whose day has come, held until the transaction ends.

    Those that another process holds are left to it.
    """
    query = select(case_publications).where(_is_due(at)).order_by(_known.ticket).limit(most)
    return [_publication(row) for row in await connection.execute(query.with_for_update(skip_locked=True))]


async def is_any_due(connection: AsyncConnection, at: datetime) -> bool:
    """Whether there is one that `due_publications` would give."""
    return (await connection.execute(select(_known.ticket).where(_is_due(at)).limit(1))).first() is not None


async def hold_publications(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, Publication]:
    """How far these have come; nobody else changes them until the transaction ends."""
    query = select(case_publications).where(_known.ticket.in_(tickets)).order_by(_known.ticket)
    rows = await connection.execute(query.with_for_update())
    return {row.ticket: _publication(row) for row in rows}


async def list_publications(
    connection: AsyncConnection, state: PublicationState, after: str, most: int
) -> Sequence[Publication]:
    """Those of a state whose cases are still closed and public, in the order of their numbers, behind one of them."""
    query = select(case_publications).join(cases, cases.c.ticket == _known.ticket)
    query = query.where(_known.state == state.value, _is_open_case(), _known.ticket > after)
    return [_publication(row) for row in await connection.execute(query.order_by(_known.ticket).limit(most))]


async def count_publications(connection: AsyncConnection) -> Mapping[PublicationState, int]:
    """How many answers stand in each state."""
    query = select(_known.state, func.count()).join(cases, cases.c.ticket == _known.ticket)
    rows = await connection.execute(query.where(_is_open_case()).group_by(_known.state))
    return {PublicationState(state): number for state, number in rows}


async def published_answers(connection: AsyncConnection, tickets: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Title and answer of those of these cases whose answer is published, and which are closed and public now."""
    if not tickets:
        return {}
    rows = await connection.execute(_published().where(_known.ticket.in_(tickets)))
    return {row.ticket: (row.title, row.words) for row in rows}


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """A published answer as it stands in the open data."""

    ticket: str
    title: str
    answer: str
    category: str
    agency: str
    filed_at: datetime


async def published_between(
    connection: AsyncConnection, first: datetime, last: datetime, most: int
) -> Sequence[PublishedAnswer]:
    """The published answers of cases that were filed between two moments, in the order of their numbers."""
    query = _published(cases.c.category, cases.c.agency, cases.c.filed_at)
    query = query.where(cases.c.filed_at >= first, cases.c.filed_at < last).order_by(_known.ticket).limit(most)
    rows = await connection.execute(query)
    return [PublishedAnswer(r.ticket, r.title, r.words, r.category, r.agency, r.filed_at) for r in rows]


async def are_enough_reporters(connection: AsyncConnection, category: str | None, place: Area, fewest: int) -> bool:
    """Whether so many different people reported this category there, in cases that anybody may know of.

    Anything at all where it is None. Whoever was forgotten is nobody.
    """
    forgotten = or_(*[cases.c.reporter.contains(f":{mark}", autoescape=True) for mark in (LEFT, OLD)])
    people = select(cases.c.reporter).distinct().where(is_public_row(), ~forgotten)
    if category:
        people = people.where(cases.c.category == category)
    if place.district:
        people = people.where(cases.c.district == place.district)
    if place.village:
        people = people.where(cases.c.village == place.village)
    counted = select(func.count()).select_from(people.limit(fewest).subquery())
    return bool((await connection.execute(counted)).scalar_one() >= fewest)


def _is_due(at: datetime) -> ColumnElement[bool]:
    is_new = _known.state == PublicationState.CLOSED.value
    return or_(is_new, and_(_known.state == PublicationState.PROPOSED.value, _known.publish_at <= at))


def _is_open_case() -> ColumnElement[bool]:
    return and_(is_public_row(), cases.c.status == Status.CLOSED.value)


def _published(*more: ColumnElement[Any]) -> Select[Any]:
    """The published ones with their words; an answer that is the last one of its case no more is none of them."""
    said = and_(case_sayings.c.ticket == _known.ticket, case_sayings.c.number == _known.number)
    query = select(_known.ticket, _known.title, case_sayings.c.words, *more)
    query = query.join(cases, cases.c.ticket == _known.ticket).join(case_sayings, said)
    later = select(case_events.c.number).where(
        case_events.c.ticket == _known.ticket,
        case_events.c.number > _known.number,
        case_events.c.action == CaseAction.ANSWER.value,
    )
    return query.where(_known.state == PublicationState.PUBLISHED.value, _is_open_case(), ~later.exists())


def _publication(row: Row[tuple[object, ...]]) -> Publication:
    return Publication(
        ticket=row.ticket,
        state=PublicationState(row.state),
        number=row.number,
        title=row.title,
        held_for=HeldFor(row.held_for) if row.held_for else None,
        reason=row.reason,
        publish_at=row.publish_at,
    )
