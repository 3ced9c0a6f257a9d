"""Runs Alembic's migrations on a connection that is open. Apart from `schema.py`: Alembic takes its room in memory."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from actions.store.migrations import VERSIONS, UnknownRevision


def migrate_up(connection: Connection) -> None:
    """Run all that are missing.

    Raises:
        UnknownRevision: the database is at one that is not known here.
    """
    try:
        command.upgrade(_config(connection), "head")
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
