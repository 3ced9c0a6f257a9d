"""The protocol of what went: how much of what, when, and under a rule of how many days. Nobody is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.privacy.tables import deletion_log


@dataclass(frozen=True, slots=True)
class DeletionLogEntry:
    """A line of the protocol: what went, how much, when, and under a rule of how many days."""

    at: datetime
    kind: str
    days: int
    rows: int


async def note(connection: AsyncConnection, entry: DeletionLogEntry, number: int | None = None) -> int:
    """Write a line, or add to the one of this number; returns its number. In the transaction in which it goes."""
    table = deletion_log
    if number is not None:
        more = update(table).where(table.c.id == number).values(rows=table.c.rows + entry.rows)
        await connection.execute(more)
        return number
    values = {"at": entry.at, "kind": entry.kind, "days": entry.days, "rows": entry.rows}
    return int((await connection.execute(insert(table).values(values).returning(table.c.id))).scalar_one())


async def read_deletion_log(connection: AsyncConnection, most: int) -> list[DeletionLogEntry]:
    """The last lines, the newest first."""
    lines = deletion_log.c
    query = select(lines.at, lines.kind, lines.days, lines.rows).order_by(lines.id.desc()).limit(most)
    return [DeletionLogEntry(*row) for row in await connection.execute(query)]
