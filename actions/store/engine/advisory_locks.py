"""Advisory locks of PostgreSQL, each for one transaction, so that any pooler may stand between."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

SCHEMA, SWEEP = 0x4C500003, 0x4C500004
"""What is locked: the schema, and the sweep of what is old. Other programs on the database have other numbers."""
SCHEMA_PATIENCE = "10min"


async def wait_for_schema(connection: AsyncConnection) -> None:
    """Hold the schema until the transaction ends; whoever changes it meanwhile is waited for, and may take long."""
    for limit in ("lock_timeout", "statement_timeout"):
        await connection.execute(select(func.set_config(limit, SCHEMA_PATIENCE, True)))  # noqa: FBT003 - PostgreSQL's
    await connection.execute(select(func.pg_advisory_xact_lock(SCHEMA, 0)))


async def wait_for_sweep(connection: AsyncConnection) -> None:
    """Waits for the lock under which one process at a time deletes old rows; it ends with the transaction."""
    await connection.execute(select(func.pg_advisory_xact_lock(SWEEP, 0)))
