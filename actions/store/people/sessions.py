"""Who is signed in: sessions by the digest of their tokens, which nobody can turn back into a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.people import Person
from actions.people.sign_in import LONGEST, is_alive
from actions.store.people.people import SqlPeople
from actions.store.people.tables import people_sessions as sessions


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in. `seen_at`: when her last page was noted."""

    person: Person
    seen_at: datetime


async def begin_session(connection: AsyncConnection, digest: str, person: int, now: datetime) -> None:
    """Sign somebody in; sessions that are over go."""
    await connection.execute(delete(sessions).where(sessions.c.ends_at <= now))
    row = {"digest": digest, "person": person, "began_at": now, "seen_at": now, "ends_at": now + LONGEST}
    await connection.execute(insert(sessions), [row])


async def find_session(connection: AsyncConnection, digest: str, now: datetime) -> Session | None:
    """Whose session this is, unless it is over or the person may do nothing any more."""
    query = select(sessions.c.person, sessions.c.began_at, sessions.c.seen_at).where(sessions.c.digest == digest)
    row = (await connection.execute(query)).one_or_none()
    if row is None or not is_alive(row.began_at, row.seen_at, now):
        return None
    person = await SqlPeople(connection).by_id(row.person)
    return Session(person, row.seen_at) if person and person.is_active else None


async def note_page(connection: AsyncConnection, digest: str, now: datetime) -> None:
    """This was its last page."""
    await connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))


async def end_session(connection: AsyncConnection, digest: str) -> int | None:
    """Sign out here; returns whose session it was."""
    ended = delete(sessions).where(sessions.c.digest == digest).returning(sessions.c.person)
    return (await connection.execute(ended)).scalar_one_or_none()
