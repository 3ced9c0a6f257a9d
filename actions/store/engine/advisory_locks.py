"""Advisory locks of a PostgreSQL server: held by a session, and gone with it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

TURNS, DUTIES, SCHEMA, SWEEP = 0x4C500001, 0x4C500002, 0x4C500003, 0x4C500004
"""What is locked: a chat by its hash, a duty by its, the schema, the sweep of what is old. Other programs on the
database have other numbers."""
SCHEMA_PATIENCE = "10min"


async def try_task_lease(connection: AsyncConnection, name: str) -> bool:
    """Hold the duty of this name, unless another session does."""
    held = await connection.execute(select(func.pg_try_advisory_lock(DUTIES, func.hashtext(name))))
    await connection.rollback()
    return bool(held.scalar_one())


async def wait_for_schema(connection: AsyncConnection) -> None:
    """Hold the schema until the transaction ends; whoever changes it meanwhile is waited for, and may take long."""
    for limit in ("lock_timeout", "statement_timeout"):
        await connection.execute(select(func.set_config(limit, SCHEMA_PATIENCE, True)))  # noqa: FBT003 - PostgreSQL's
    await connection.execute(select(func.pg_advisory_xact_lock(SCHEMA, 0)))


async def wait_for_sweep(connection: AsyncConnection) -> None:
    """Nobody else takes away what is old until the transaction ends."""
    await connection.execute(select(func.pg_advisory_xact_lock(SWEEP, 0)))


async def unlock_all(connection: AsyncConnection) -> None:
    """Let go of everything that the session holds."""
    await connection.execute(select(func.pg_advisory_unlock_all()))
    await connection.rollback()
