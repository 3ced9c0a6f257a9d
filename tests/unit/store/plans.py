"""How a database goes about a look: the steps of its plan, in its own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database

type Look = Callable[[AsyncConnection], Awaitable[object]]


async def learn_sizes(database: Database) -> None:
    """Let PostgreSQL count what it has; SQLite plans without."""
    if not database.is_sqlite:
        async with database.writing() as connection:
            await connection.execute(text("ANALYZE"))


async def plan_of(database: Database, look: Look) -> list[str]:
    """How the database goes about it, step by step."""
    statements: list[tuple[str, Any]] = []

    def remember(connection: object, cursor: object, statement: str, parameters: object, *more: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            statements.append((statement, parameters))

    event.listen(database._reading.sync_engine, "before_cursor_execute", remember)
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    async with database.reading() as connection:
        await look(connection)
        rows = [
            row
            for statement, parameters in list(statements)
            for row in await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        ]
    return [str(row[-1]) for row in rows]
