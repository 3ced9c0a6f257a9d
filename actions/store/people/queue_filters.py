"""Which parts of a list officers have named, to open them again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, String, Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import metadata

LONGEST_NAME, LONGEST_QUERY = 40, 300
MOST_OF_A_PERSON = 12

queue_filters = Table(
    "queue_filters",
    metadata,
    Column("person", String(20), primary_key=True),
    Column("name", String(LONGEST_NAME), primary_key=True),
    Column("query", String(LONGEST_QUERY), nullable=False),
)
"""One row a name; persons by their ids, `query` as it stands in the address of the list."""


async def filters_of(connection: AsyncConnection, person: int) -> Mapping[str, str]:
    """Returns the query of each name that she has given, by name."""
    query = select(queue_filters.c.name, queue_filters.c.query).where(queue_filters.c.person == str(person))
    return {row.name: row.query for row in await connection.execute(query.order_by(queue_filters.c.name))}


async def save_filter(connection: AsyncConnection, person: int, name: str, query: str) -> bool:
    """Keep this part of a list by this name, in the place of what had it; False where she has too many names."""
    await drop_filter(connection, person, name)
    hers = select(func.count()).select_from(queue_filters).where(queue_filters.c.person == str(person))
    if (await connection.execute(hers)).scalar_one() >= MOST_OF_A_PERSON:
        return False
    await connection.execute(insert(queue_filters), [{"person": str(person), "name": name, "query": query}])
    return True


async def drop_filter(connection: AsyncConnection, person: int, name: str) -> None:
    """Forget one of her names."""
    named = (queue_filters.c.person == str(person)) & (queue_filters.c.name == name)
    await connection.execute(delete(queue_filters).where(named))
