"""One moment of a database in use, as a SQLite file: from SQLite by its own backup, from PostgreSQL row by row."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from actions.store.engine import schema
from actions.store.engine.copying import CannotCopy, copy_everything
from actions.store.engine.database import Database
from bot.main.failures import CommandFailed


async def take_snapshot(database: Database, place: Path) -> None:
    """Write the database as it stands at one moment; whoever works on it is not held up.

    Raises:
        CommandFailed: there is nothing yet, or not of this version's schema.
        sqlite3.Error, SQLAlchemyError: the database, or the disk, failed.
    """
    if database.is_sqlite:
        if database.file is None or not database.file.exists():
            raise CommandFailed("there is nothing to back up yet: the database is made by the first ./lapor start")
        await asyncio.to_thread(_copy_file, database.file, place)
        return
    await database.check()
    if (current := await schema.current(database)) != schema.newest():
        raise CommandFailed(f"the database is at schema {current}, not {schema.newest()}; run ./lapor db upgrade first")
    copy = Database(f"sqlite:///{place}")
    try:
        await schema.upgrade(copy)
        async with database.reading() as source, copy.writing() as target:
            await source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            for patience in ("statement_timeout", "idle_in_transaction_session_timeout"):
                await source.execute(text(f"SET LOCAL {patience} = 0"))
            await copy_everything(source, target, lambda _: None)
    except CannotCopy as error:
        raise CommandFailed(f"the backup was not made: {error}") from error
    finally:
        await copy.close()
    await asyncio.to_thread(leave_one_file, place)


def _copy_file(source: Path, place: Path) -> None:
    """All pages in one go: writers go on in the WAL meanwhile, and the copy is of the moment at which it began."""
    address = f"{source.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True)) as reading, closing(sqlite3.connect(place)) as writing:
        reading.backup(writing, pages=-1)
    leave_one_file(place)


def leave_one_file(place: Path) -> None:
    """Bring everything into the file itself, so that it needs no other beside it.

    Raises:
        sqlite3.OperationalError: another process has it open.
    """
    with closing(sqlite3.connect(place, timeout=0)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise sqlite3.OperationalError("database is locked")
