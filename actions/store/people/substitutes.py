"""Who works in whose place while she is away, and until when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Date, Index, String, Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import metadata

substitutes = Table(
    "substitutes",
    metadata,
    Column("person", String(20), primary_key=True),
    Column("substitute", String(20), nullable=False),
    Column("until", Date, nullable=False),
)
"""One row a person who is away; persons by their ids, as events of cases name them."""
Index("substitutes_by_substitute", substitutes.c.substitute)


@dataclass(frozen=True, slots=True)
class Leave:
    """That `person` is away; `substitute` works in her place, `until` is the last day of it."""

    person: str
    substitute: str
    until: date


async def leave_of(connection: AsyncConnection, person: int, today: date) -> Leave | None:
    """Her leave, where she is away today."""
    query = select(substitutes).where(substitutes.c.person == str(person), substitutes.c.until >= today)
    row = (await connection.execute(query)).one_or_none()
    return Leave(row.person, row.substitute, row.until) if row else None


async def stands_in_for(connection: AsyncConnection, person: int, today: date) -> frozenset[str]:
    """Those in whose place she works today."""
    query = select(substitutes.c.person).where(substitutes.c.substitute == str(person), substitutes.c.until >= today)
    return frozenset((await connection.execute(query)).scalars())


async def substitutes_of(connection: AsyncConnection, persons: Collection[str], today: date) -> Mapping[str, str]:
    """Who works in the place of those of these who are away today."""
    if not persons:
        return {}
    query = select(substitutes.c.person, substitutes.c.substitute).where(substitutes.c.person.in_(persons))
    rows = await connection.execute(query.where(substitutes.c.until >= today))
    return {row.person: row.substitute for row in rows}


async def begin_leave(connection: AsyncConnection, leave: Leave) -> None:
    """She is away, in the place of what was said of her before."""
    await end_leave(connection, int(leave.person))
    row = {"person": leave.person, "substitute": leave.substitute, "until": leave.until}
    await connection.execute(insert(substitutes), [row])


async def end_leave(connection: AsyncConnection, person: int) -> None:
    """She is back."""
    await connection.execute(delete(substitutes).where(substitutes.c.person == str(person)))
