"""Runs Alembic's migrations on a connection that is open; as a program, on the database whose address it reads.

Apart from `schema.py`, because Alembic takes its room in memory.
"""

from __future__ import annotations

import asyncio
import sys

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from actions.store.engine.database import Database, DatabaseUnavailable
from actions.store.migrations import VERSIONS, UnknownRevision


def migrate_up(connection: Connection, to: str = "head") -> None:
    """Run those that are missing up to a revision, or all.

    Raises:
        UnknownRevision: the database is at one that is not known here.
    """
    try:
        command.upgrade(_config(connection), to)
    except CommandError as error:
        raise UnknownRevision(str(error)) from error


def migrate_down(connection: Connection, to: str) -> None:
    """Take back those after a revision; "base" takes back all.

    Raises:
        UnknownRevision: there is no older one of this name.
    """
    try:
        command.downgrade(_config(connection), to)
    except CommandError as error:
        raise UnknownRevision(to) from error


def migrations() -> ScriptDirectory:
    """Every migration that this version has."""
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.attributes["connection"] = connection
    return config


async def _upgrade(url: str) -> None:
    from actions.store.engine.schema import upgrade  # noqa: PLC0415 - which imports this module

    database = Database(url)
    try:
        await upgrade(database)
    finally:
        await database.close()


def main() -> None:
    """Bring the database whose address stands on stdin up to date; what stands in the way is said on stderr."""
    try:
        asyncio.run(_upgrade(sys.stdin.read()))
    except DatabaseUnavailable as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
