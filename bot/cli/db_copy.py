"""`lapor db copy`: moves an installation from its SQLite file to an empty PostgreSQL database."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from actions.store.engine import schema
from actions.store.engine.advisory_locks import try_task_lease
from actions.store.engine.copying import CannotCopy, Copied, copy_everything
from actions.store.engine.database import Database
from actions.store.engine.task_lease import POST
from bot.cli.output import console
from bot.configuration.settings import HOME, Settings, read_settings
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one

AGAIN = "Nothing was copied; mend it and run ./lapor db copy again."


def copy(
    source: Annotated[str, typer.Argument(help="The SQLite file; LAPOR_DATA_DIR/lapor.db when it is left out.")] = "",
) -> None:
    """Copy everything from a SQLite file into the empty PostgreSQL database of LAPOR_DATABASE_URL."""
    settings = read_settings()
    file = _file(settings, source)
    target = Database(settings.database_url)
    if target.is_sqlite:
        raise CommandFailed("LAPOR_DATABASE_URL names the database to copy into: set it to postgresql://… first")
    if not file.is_file():
        raise CommandFailed(f"{file} is not there; name the SQLite file: ./lapor db copy PATH")
    with only_one(file):
        done = asyncio.run(_copy(Database(f"sqlite:///{file}"), target))
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
    async with target.session() as task_lease:
        if not await try_task_lease(task_lease, POST):
            raise CannotCopy("a start is running on the target")
        async with source.writing() as reading, target.writing() as writing:
            done = await copy_everything(reading, writing, _tell)
        await task_lease.invalidate()
    return done


def _tell(copied: Copied) -> None:
    mended = f" ({copied.mended} without a NUL that they held)" if copied.mended else ""
    console.print(f"{copied.table}: {copied.rows} rows{mended}")
