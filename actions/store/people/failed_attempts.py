"""Notes of many failed tries to sign in by somebody's name, among the lines about that person, for her to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import name_key
from actions.store.people.people import people, people_events

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class FailedAttempts:
    """So many had failed by then."""

    at: datetime
    count: int


async def note_failed_attempts(connection: AsyncConnection, name: str, failed: int, at: datetime) -> None:
    """So many tries to sign in by this name have failed: one statement, whether anybody has the name or not."""
    line = select(
        people.c.id,
        literal(at, people_events.c.at.type),
        literal(SYSTEM),
        literal(PersonChange.ATTEMPTS_FAILED.value),
        literal(str(failed)),
    ).where(people.c.name_key == name_key(name))
    columns = ["person", "at", "who", "what", "detail"]
    await connection.execute(insert(people_events).from_select(columns, line))


async def attempts_after_last_sign_in(connection: AsyncConnection, person: int) -> list[FailedAttempts]:
    """What was noted since this person last signed in, from the first."""
    own = (people_events.c.person == person, people_events.c.what == PersonChange.SIGNED_IN.value)
    last = select(func.coalesce(func.max(people_events.c.id), 0)).where(*own).scalar_subquery()
    return await _noted(connection, person, people_events.c.id > last)


async def attempts_since(connection: AsyncConnection, person: int, since: datetime) -> list[FailedAttempts]:
    """What was noted from this moment on, from the first."""
    return await _noted(connection, person, people_events.c.at >= since)


async def _noted(connection: AsyncConnection, person: int, when: ColumnElement[bool]) -> list[FailedAttempts]:
    own = (people_events.c.person == person, people_events.c.what == PersonChange.ATTEMPTS_FAILED.value)
    query = select(people_events.c.at, people_events.c.detail).where(*own, when).order_by(people_events.c.id)
    return [FailedAttempts(row.at, int(row.detail)) for row in await connection.execute(query)]
