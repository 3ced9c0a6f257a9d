"""Who has which case before her at the desk, and what officers tell each other about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.queue_tables import case_looks, case_notes
from actions.store.people.tables import people

ONE_LOOK = timedelta(minutes=10)
"""Whoever comes back within so long is still at the same look."""
STAYS = timedelta(seconds=90)
"""So long after she was heard of last an officer still counts as looking."""


@dataclass(frozen=True, slots=True)
class Presence:
    """That somebody has had a case before her: from the first time to the last, and how often."""

    person: int
    name: str
    first: datetime
    last: datetime
    times: int


async def note_look(connection: AsyncConnection, ticket: str, person: int, now: datetime) -> None:
    """She has the case before her: a look goes on, or another one begins."""
    until = now + STAYS
    going_on = _last_look(ticket, person).where(case_looks.c.until > now - ONE_LOOK).scalar_subquery()
    going = update(case_looks).where(case_looks.c.id == going_on).values(until=until)
    if not (await connection.execute(going)).rowcount:
        row = {"ticket": ticket, "person": person, "began_at": now, "until": until}
        await connection.execute(insert(case_looks), [row])


async def must_note(connection: AsyncConnection, ticket: str, person: int, now: datetime) -> bool:
    """Whether it is time to note that she still looks: not at each question of her page."""
    last = _last_look(ticket, person).with_only_columns(case_looks.c.until)
    until: datetime | None = (await connection.execute(last)).scalar_one_or_none()
    return until is None or until < now + STAYS / 3


def _last_look(ticket: str, person: int) -> Select[tuple[int]]:
    mine = and_(case_looks.c.ticket == ticket, case_looks.c.person == person)
    return select(case_looks.c.id).where(mine).order_by(case_looks.c.id.desc()).limit(1)


async def looks_at(connection: AsyncConnection, ticket: str) -> list[Presence]:
    """Everybody who has had it before her, the latest first."""
    last = func.max(case_looks.c.until)
    query = (
        select(case_looks.c.person, people.c.name, func.min(case_looks.c.began_at), last, func.count())
        .join(people, people.c.id == case_looks.c.person)
        .where(case_looks.c.ticket == ticket)
        .group_by(case_looks.c.person, people.c.name)
        .order_by(last.desc())
    )
    return [Presence(*row) for row in await connection.execute(query)]


async def looking_now(
    connection: AsyncConnection, tickets: Collection[str], now: datetime, but: int
) -> Mapping[str, Sequence[str]]:
    """The names of those, but this one, who have these cases before them now."""
    query = (
        select(case_looks.c.ticket, people.c.name)
        .join(people, people.c.id == case_looks.c.person)
        .where(case_looks.c.ticket.in_(tickets), case_looks.c.until > now, case_looks.c.person != but)
        .order_by(people.c.name_key)
        .distinct()
        .add_columns(people.c.name_key)
    )
    found: dict[str, list[str]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.ticket, []).append(row.name)
    return found


@dataclass(frozen=True, slots=True)
class Note:
    """What an officer told the others about a case."""

    name: str
    at: datetime
    words: str


async def notes_of(connection: AsyncConnection, ticket: str) -> list[Note]:
    """All of them, from the first."""
    query = (
        select(people.c.name, case_notes.c.at, case_notes.c.words)
        .join(people, people.c.id == case_notes.c.person)
        .where(case_notes.c.ticket == ticket)
        .order_by(case_notes.c.id)
    )
    return [Note(*row) for row in await connection.execute(query)]


async def add_note(connection: AsyncConnection, ticket: str, person: int, words: str, at: datetime) -> None:
    """One more."""
    row = {"ticket": ticket, "person": person, "at": at, "words": words}
    await connection.execute(insert(case_notes), [row])
