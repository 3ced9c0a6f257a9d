"""Looks whether a SQLite file is whole and ours, and whether nobody else works on the database."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases import chain
from actions.cases.case import CaseEvent
from actions.store.engine import schema
from actions.store.engine.database import Database, DatabaseUnavailable
from actions.store.engine.tables import case_events, cases
from bot.main.failures import CommandFailed
from bot.ops.backup.archive import BrokenBackup

IN_USE = "stop every ./lapor start and ./lapor chat on it first"
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


async def require_alone(database: Database) -> None:
    """Nobody else is connected to a server's database; on SQLite the lock of `bot/main/single_process.py` says as much.

    Raises:
        CommandFailed: somebody is.
    """
    if database.is_sqlite:
        return
    await database.check()
    async with database.reading() as connection:
        count = (await connection.execute(OTHERS)).scalar_one()
    if count:
        raise CommandFailed(f"{count} others are connected to the database; {IN_USE}")


async def require_whole(file: Path) -> None:
    """Have SQLite itself look through the file.

    Raises:
        BrokenBackup: it is damaged; says where.
    """
    await asyncio.to_thread(_require_whole, file)


def _require_whole(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            [first, *_] = [line for (line,) in connection.execute("PRAGMA integrity_check(1)")]
    except sqlite3.DatabaseError:
        first = "it is no database"
    if first != "ok":
        raise BrokenBackup(f"the database is damaged ({str(first).splitlines()[0]})")


async def require_ours(database: Database) -> int:
    """Bring it to this version's schema, and look through the hash chain of every case; returns how many cases.

    Raises:
        BrokenBackup: it is of a newer version, or a case's events are not as they were written.
    """
    try:
        await schema.upgrade(database)
    except DatabaseUnavailable as error:
        raise BrokenBackup(str(error)) from error
    async with database.reading() as connection:
        versions = {
            row.ticket: row.version for row in await connection.execute(select(cases.c.ticket, cases.c.version))
        }
        wrong, seen = 0, 0
        async for events in _cases_events(connection):
            seen += 1
            wrong += len(events) != versions.get(events[0].ticket) or chain.verify(events) is not None
    if wrong or seen != len(versions):
        raise BrokenBackup(f"the events of {wrong or len(versions) - seen} cases are not as they were written")
    return len(versions)


async def _cases_events(connection: AsyncConnection) -> AsyncIterator[list[CaseEvent]]:
    """The events of one case after the other, each from the first."""
    ordered = select(case_events).order_by(case_events.c.ticket, case_events.c.number)
    events: list[CaseEvent] = []
    async for row in await connection.stream(ordered):
        event = CaseEvent(**row._asdict())  # with plain words where the domain has enums: the chain is over words
        if events and events[0].ticket != event.ticket:
            yield events
            events = []
        events.append(event)
    if events:
        yield events
