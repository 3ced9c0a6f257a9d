"""Tries to sign in, in the database, so that neither a restart nor another process forgets them.

They are counted before they are looked at and forgiven when right, so that many at once are no more than many in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.tries import FORGOTTEN_AFTER, Allowance, Tries
from actions.store.people.tables import people_tries as table


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
    """Take one try back."""
    await _save(connection, name, (await _held(connection, name, now)).forgiven())


async def forget_tries(connection: AsyncConnection, name: str) -> None:
    """Nothing is held against them."""
    await connection.execute(delete(table).where(table.c.who == name))


async def failed_tries(connection: AsyncConnection, name: str) -> int:
    """How many are held against them now."""
    failed = select(table.c.failed).where(table.c.who == name)
    return (await connection.execute(failed)).scalar_one_or_none() or 0


async def _forget_old(connection: AsyncConnection, now: datetime) -> None:
    """Nothing is held for ever against anybody; rows that another process holds now are its business."""
    old = select(table.c.who).where(table.c.last_at <= now - FORGOTTEN_AFTER).with_for_update(skip_locked=True)
    await connection.execute(delete(table).where(table.c.who.in_(old)))


async def _held(connection: AsyncConnection, name: str, now: datetime) -> Tries:
    """What is known of one, its row kept from others until the transaction ends."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).values(who=name, failed=0, last_at=now, not_before=now)
    held = new.on_conflict_do_update(index_elements=["who"], set_={"failed": table.c.failed})
    row = (await connection.execute(held.returning(table.c.failed, table.c.last_at, table.c.not_before))).one()
    return Tries(row.failed, row.last_at, row.not_before)


async def _save(connection: AsyncConnection, name: str, tries: Tries) -> None:
    values = {"failed": tries.failed, "last_at": tries.last_at, "not_before": tries.not_before}
    await connection.execute(update(table).where(table.c.who == name).values(**values))
