"""`lapor db`: brings the schema up or down, and moves an installation to another database."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from actions.store.engine import schema
from actions.store.engine.copying import CannotCopy, Copied, copy_everything
from actions.store.engine.database import Database
from actions.store.engine.roles import WrongRole, give_rights, script
from actions.store.engine.task_lease_rows import stop_taking
from actions.store.migrations import UnknownRevision
from bot.cli.output import console
from bot.configuration.settings import Settings, read_settings
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one
from bot.ops.backup.checks import require_alone
from bot.shipped import HOME

AGAIN = "Nothing was copied; mend it and run ./lapor db copy again."


def copy(
    source: Annotated[str, typer.Argument(help="The SQLite file; LAPOR_DATA_DIR/lapor.db when it is left out.")] = "",
) -> None:
    """Copy everything from a SQLite file into the empty PostgreSQL database of LAPOR_DATABASE_URL."""
    settings = read_settings()
    file = _file(settings, source)
    target = Database(settings.schema_url)
    if target.is_sqlite:
        raise CommandFailed("LAPOR_DATABASE_URL names the database to copy into: set it to postgresql://… first")
    if not file.is_file():
        raise CommandFailed(f"{file} is not there; name the SQLite file: ./lapor db copy PATH")
    with only_one(file):
        done = asyncio.run(_copy(Database(f"sqlite:///{file}"), target))
    asyncio.run(_give_rights(settings))
    console.print(f"{sum(one.rows for one in done)} rows of {len(done)} tables were copied and compared.")
    console.print(f"{file} is as it was. Keep the data folder: it holds the secret key and the files.", markup=False)


def _file(settings: Settings, source: str) -> Path:
    named = source.removeprefix("sqlite:///")
    return HOME / named if named else settings.data_dir / "lapor.db"


async def _copy(source: Database, target: Database) -> list[Copied]:
    try:
        for database in (source, target):
            await database.check()
        if await schema.current(source) != schema.newest():
            raise CommandFailed(
                f"{source.file} is at schema {await schema.current(source) or 'none'}, not {schema.newest()}; run "
                f"LAPOR_DATABASE_URL=sqlite:///{source.file} ./lapor db upgrade first"
            )
        await schema.upgrade(target)
        return await _copy_alone(source, target)
    except CannotCopy as reason:
        raise CommandFailed(f"{reason}. {AGAIN}") from reason
    except DBAPIError as error:
        raise CommandFailed(f"a database did not take part ({type(error).__name__}). {AGAIN}") from error
    finally:
        await source.close()
        await target.close()


async def _copy_alone(source: Database, target: Database) -> list[Copied]:
    """While nobody writes to either: the source is locked, and no `start` runs on the target."""
    async with source.writing() as reading, target.writing() as writing:
        if await stop_taking(writing):
            raise CannotCopy("a start is running on the target")
        return await copy_everything(reading, writing, _tell)


def _tell(copied: Copied) -> None:
    mended = f" ({copied.mended} without a NUL that they held)" if copied.mended else ""
    console.print(f"{copied.table}: {copied.rows} rows{mended}")


def downgrade(
    revision: Annotated[str, typer.Argument(help="What the older version's ./lapor db check names, like 0003.")],
) -> None:
    """Take the schema back to an older version's; make a backup first. The service must not run."""
    settings = read_settings()
    database = Database(settings.schema_url)
    with only_one(database.file):
        asyncio.run(_downgrade(database, revision))
    asyncio.run(_give_rights(settings))
    console.print(f"The database is at schema {revision}. What only the newer version knew is gone from it.")


async def _downgrade(database: Database, revision: str) -> None:
    try:
        await database.check()
        await require_alone(database)
        await schema.downgrade(database, revision)
    except UnknownRevision as error:
        raise CommandFailed(f"there is no older schema {revision}; ./lapor db check names the present one") from error
    except SQLAlchemyError as error:
        raise CommandFailed(f"the schema was not taken back ({type(error).__name__}); it is as it was") from error
    finally:
        await database.close()


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
    settings = read_settings()
    settings.make_data_dir()
    database = Database(settings.schema_url)
    try:
        await database.check()
        await schema.upgrade(database)
    finally:
        await database.close()
    await _give_rights(settings)
    console.print(f"The database is at schema {schema.newest()}.")


@db.command()
def roles(
    owner: Annotated[str, typer.Option(help="The role that owns the tables and changes the schema.")] = "lapor_owner",
    service: Annotated[str, typer.Option(help="The role in which the service works.")] = "lapor",
) -> None:
    """Print SQL that makes both roles on PostgreSQL; a superuser runs it in the service's database."""
    try:
        typer.echo(script(owner, service), nl=False)
    except WrongRole as error:
        raise CommandFailed(str(error)) from error


async def _give_rights(settings: Settings) -> None:
    """Where another role owns the tables: the service's may work with the rows of all that are there now."""
    service = make_url(settings.database_url).username
    if settings.migrating_database_url is None or not service:
        return
    database = Database(settings.schema_url)
    try:
        if not database.is_sqlite and database.url.username != service:
            await give_rights(database, service)
    except WrongRole as error:
        raise CommandFailed(f"LAPOR_DATABASE_URL: {error}") from error
    finally:
        await database.close()


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
