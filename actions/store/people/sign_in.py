"""Signing in, in the database: sessions by the digest of their tokens, one-time codes, and failed tries.

They are counted before they are looked at and forgiven when right, so that many at once are no more than many in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.people import Person
from actions.people.sign_in import FORGOTTEN_AFTER, LONGEST, Allowance, Tries, is_alive
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, RowId, metadata
from actions.store.people.people import SqlPeople
from actions.store.people.people import people_sessions as sessions

people_tries = Table(
    "people_tries",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
)
Index("people_tries_last", people_tries.c.last_at)


async def count_try(connection: AsyncConnection, who: Mapping[str, Allowance], now: datetime) -> datetime | None:
    """Count a try against everybody in `who`; where one of them must wait, count nothing and say until when.

    Args:
        connection: of a transaction, which holds these rows until its end.
        who: names by which somebody is counted, 64 symbols at most each, with what each is allowed.
        now: when it is tried.
    """
    await _forget_old(connection, now)
    known = {name: await _held(connection, name, now) for name in sorted(who)}
    if waits := [tries.not_before for tries in known.values() if tries.not_before > now]:
        return max(waits)
    for name, tries in known.items():
        await _save(connection, name, tries.counted(who[name], now))
    return None


async def forgive_try(connection: AsyncConnection, name: str, now: datetime) -> None:
    """Takes back one failed try, because the name and password were right."""
    await _save(connection, name, (await _held(connection, name, now)).forgiven())


async def forget_tries(connection: AsyncConnection, name: str) -> None:
    """Removes all failed tries of these."""
    await connection.execute(delete(people_tries).where(people_tries.c.who == name))


async def _forget_old(connection: AsyncConnection, now: datetime) -> None:
    """Nothing is held for ever against anybody; rows that another process holds now are its business."""
    old = (
        select(people_tries.c.who)
        .where(people_tries.c.last_at <= now - FORGOTTEN_AFTER)
        .with_for_update(skip_locked=True)
    )
    await connection.execute(delete(people_tries).where(people_tries.c.who.in_(old)))


async def _held(connection: AsyncConnection, name: str, now: datetime) -> Tries:
    """What is known of one, its row kept from others until the transaction ends."""
    new = insert_into(connection, people_tries).values(who=name, failed=0, last_at=now, not_before=now)
    held = new.on_conflict_do_update(index_elements=["who"], set_={"failed": people_tries.c.failed})
    row = (
        await connection.execute(
            held.returning(people_tries.c.failed, people_tries.c.last_at, people_tries.c.not_before)
        )
    ).one()
    return Tries(row.failed, row.last_at, row.not_before)


async def _save(connection: AsyncConnection, name: str, tries: Tries) -> None:
    values = {"failed": tries.failed, "last_at": tries.last_at, "not_before": tries.not_before}
    await connection.execute(update(people_tries).where(people_tries.c.who == name).values(**values))


people_totp = Table(
    "people_totp",
    metadata,
    Column("person", RowId, ForeignKey("people.id"), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)
"""One-time codes by the clock (RFC 6238): the secret, sealed, and the last step of which a code was taken."""


@dataclass(frozen=True, slots=True)
class KeptTotp:
    """What is kept. `is_on`: she has shown that her app knows the secret, and is asked for codes from then on."""

    sealed: str
    is_on: bool


async def totp_of(connection: AsyncConnection, person: int) -> KeptTotp | None:
    """What is kept of a person's; None where she has none."""
    row = (
        await connection.execute(
            select(people_totp.c.sealed, people_totp.c.is_on).where(people_totp.c.person == person)
        )
    ).one_or_none()
    return KeptTotp(row.sealed, row.is_on) if row else None


async def people_with_totp(connection: AsyncConnection) -> frozenset[int]:
    """Everybody who is asked for a one-time code."""
    on = select(people_totp.c.person).where(people_totp.c.is_on)
    return frozenset((await connection.execute(on)).scalars())


async def keep_totp(connection: AsyncConnection, person: int, sealed: str, at: datetime, *, is_on: bool) -> None:
    """Another secret in the place of the one before."""
    await drop_totp(connection, person)
    row = {"person": person, "sealed": sealed, "is_on": is_on, "last_step": 0, "at": at}
    await connection.execute(insert(people_totp), [row])


async def take_step(connection: AsyncConnection, person: int, step: int) -> bool:
    """A code of this step is taken, and from now on it is on; False where one of it or of a later one was before."""
    taken = update(people_totp).where(people_totp.c.person == person, people_totp.c.last_step < step)
    return (await connection.execute(taken.values(last_step=step, is_on=True))).rowcount > 0


async def drop_totp(connection: AsyncConnection, person: int) -> None:
    """Removes a person's one-time-code secret; she signs in without codes."""
    await connection.execute(delete(people_totp).where(people_totp.c.person == person))


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in. `seen_at`: when her last page was noted."""

    person: Person
    seen_at: datetime


async def begin_session(
    connection: AsyncConnection, digest: str, person: int, now: datetime, *, is_mfa: bool = False
) -> None:
    """Sign somebody in; sessions that are over go."""
    await connection.execute(delete(sessions).where(sessions.c.ends_at <= now))
    row = {"digest": digest, "person": person, "began_at": now, "seen_at": now, "ends_at": now + LONGEST}
    await connection.execute(insert(sessions), [{**row, "is_mfa": is_mfa}])


async def find_session(connection: AsyncConnection, digest: str, now: datetime) -> Session | None:
    """Whose session this is, unless it is over or the person may do nothing any more."""
    query = select(sessions.c.person, sessions.c.began_at, sessions.c.seen_at).where(sessions.c.digest == digest)
    row = (await connection.execute(query)).one_or_none()
    if row is None or not is_alive(row.began_at, row.seen_at, now):
        return None
    person = await SqlPeople(connection).by_id(row.person)
    return Session(person, row.seen_at) if person and person.is_active else None


async def began_with_mfa(connection: AsyncConnection, digest: str) -> bool:
    """Whether an identity provider said of this session that two factors were shown."""
    query = select(sessions.c.is_mfa).where(sessions.c.digest == digest)
    return bool((await connection.execute(query)).scalar_one_or_none())


async def note_page(connection: AsyncConnection, digest: str, now: datetime) -> None:
    """Notes when a session last asked for a page."""
    await connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))


async def end_session(connection: AsyncConnection, digest: str) -> int | None:
    """Sign out here; returns whose session it was."""
    ended = delete(sessions).where(sessions.c.digest == digest).returning(sessions.c.person)
    return (await connection.execute(ended)).scalar_one_or_none()


async def failed_tries(connection: AsyncConnection, name: str) -> int:
    """How many tries are held against this name now."""
    failed = select(people_tries.c.failed).where(people_tries.c.who == name)
    return (await connection.execute(failed)).scalar_one_or_none() or 0
