"""`lapor db`: the schema, and moving to another database."""

from __future__ import annotations

import asyncio

import typer

from actions.store.engine import schema
from actions.store.engine.database import Database
from bot.cli.db_copy import copy
from bot.cli.db_downgrade import downgrade
from bot.cli.output import console
from bot.configuration.settings import read_settings
from bot.main.failures import CommandFailed

db = typer.Typer(help="The database's schema, and moving to another database.", no_args_is_help=True)
db.command()(copy)
db.command()(downgrade)


@db.command()
def upgrade() -> None:
    """Bring the database to the schema of this version."""
    asyncio.run(_upgrade())


@db.command()
def check() -> None:
    """Say whether the database can be opened and is at the schema of this version."""
    asyncio.run(_check())


async def _upgrade() -> None:
    database = _database()
    try:
        await database.check()
        await schema.upgrade(database)
    finally:
        await database.close()
    console.print(f"The database is at schema {schema.newest()}.")


async def _check() -> None:
    database = _database()
    try:
        await database.check()
        current = await schema.current(database)
    finally:
        await database.close()
    if current != schema.newest():
        raise CommandFailed(
            f"the database is at schema {current or 'none'}, not {schema.newest()}; run ./lapor db upgrade"
        )
    console.print(f"The database is well, at schema {current}.")


def _database() -> Database:
    settings = read_settings()
    settings.make_data_dir()
    return Database(settings.database_url)
