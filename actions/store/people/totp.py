"""Who signs in with a one-time code besides. A step of the clock is taken once, however many processes look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.queue_tables import people_totp as table


@dataclass(frozen=True, slots=True)
class KeptTotp:
    """What is kept. `is_on`: she has shown that her app knows the secret, and is asked for codes from then on."""

    sealed: str
    is_on: bool


async def totp_of(connection: AsyncConnection, person: int) -> KeptTotp | None:
    """What is kept of a person's; None where she has none."""
    row = (
        await connection.execute(select(table.c.sealed, table.c.is_on).where(table.c.person == person))
    ).one_or_none()
    return KeptTotp(row.sealed, row.is_on) if row else None


async def keep_totp(connection: AsyncConnection, person: int, sealed: str, at: datetime, *, is_on: bool) -> None:
    """Another secret in the place of the one before."""
    await drop_totp(connection, person)
    row = {"person": person, "sealed": sealed, "is_on": is_on, "last_step": 0, "at": at}
    await connection.execute(insert(table), [row])


async def take_step(connection: AsyncConnection, person: int, step: int) -> bool:
    """A code of this step is taken, and from now on it is on; False where one of it or of a later one was before."""
    taken = update(table).where(table.c.person == person, table.c.last_step < step)
    return (await connection.execute(taken.values(last_step=step, is_on=True))).rowcount > 0


async def drop_totp(connection: AsyncConnection, person: int) -> None:
    """She is not asked for codes any more."""
    await connection.execute(delete(table).where(table.c.person == person))
