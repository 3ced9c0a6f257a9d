"""Up to which case all are known to have their facts."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import cases
from actions.store.statistics.tables import statistics_filled

ONLY_ROW = 1


async def newest_case(connection: AsyncConnection) -> int:
    """The number of the last row of cases; 0 where there is none."""
    return int((await connection.execute(select(func.max(cases.c.id)))).scalar_one() or 0)


async def filled_up_to(connection: AsyncConnection) -> int:
    """Up to this row none is without its facts; 0 where nobody has looked."""
    query = select(statistics_filled.c.up_to).where(statistics_filled.c.id == ONLY_ROW)
    return int((await connection.execute(query)).scalar_one_or_none() or 0)


async def note_filled(connection: AsyncConnection, up_to: int) -> None:
    """None is missing up to this row."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = dialect.insert(statistics_filled).values(id=ONLY_ROW, up_to=up_to)
    await connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"up_to": up_to}))
