"""Brings a database to the schema that this version knows, and says when it is at another."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

import actions.store.handling_tables
import actions.store.model_tables
import actions.store.people_tables
import actions.store.trainer_tables  # noqa: F401 - its tables are of the schema, too
from actions.store.database import Database, DatabaseUnavailable
from actions.store.locks import wait_for_schema

MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(database: Database) -> None:
    """Run every migration that is still missing, in one transaction.

    Raises:
        DatabaseUnavailable: it is of a newer version, not ours, or not to be written.
    """
    found = await current(database)
    if found == newest():
        return
    try:
        async with database.writing() as connection:
            if not database.is_sqlite:
                await wait_for_schema(connection)
            await connection.run_sync(lambda sync: command.upgrade(_config(sync), "head"))
    except CommandError as error:
        raise DatabaseUnavailable(
            f"the database is at schema {found}, which this version does not know; bring lapor up to date, "
            "or name another database in LAPOR_DATABASE_URL"
        ) from error
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0]
        raise DatabaseUnavailable(
            f"the database cannot be brought from schema {found or 'none'} to {newest()} ({reason}); "
            "name another database in LAPOR_DATABASE_URL"
        ) from error


async def downgrade(database: Database, to: str) -> None:
    """Go back to a revision; "base" is the empty database."""
    async with database.writing() as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), to))


async def current(database: Database) -> str | None:
    """The revision that the database is at; None when it is empty."""
    async with database.reading() as connection:
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def newest() -> str | None:
    """The revision that this version knows."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
