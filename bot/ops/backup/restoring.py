"""Puts a backup in the place of an installation that does not run. What was there is put aside, never thrown away."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select, text
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import schema
from actions.store.engine.copying import CannotCopy, copy_everything
from actions.store.engine.database import Database
from actions.store.engine.tables import metadata
from bot.configuration.secret_key import FORMER
from bot.configuration.secret_key import NAME as SECRET_KEY
from bot.configuration.settings import Settings
from bot.files.on_disk import sync
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one
from bot.ops.backup.archive import BrokenBackup, unpack
from bot.ops.backup.checks import IN_USE, require_alone, require_ours, require_whole
from bot.ops.backup.making import DATABASE, FOLDERS, leave_one_file, make_backup

STAGING = ".restore-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in place now: from when, how many cases, where what was there before lies, and a key that differs."""

    made_at: str
    cases: int
    aside: Path | None
    key_differs: bool


async def restore_backup(settings: Settings, archive: Path, now: datetime, *, replace: bool) -> Restored:
    """Put a backup in place.

    Args:
        settings: of the installation that it becomes.
        archive: the backup.
        now: with a time zone; names the folder in which what was there before is kept.
        replace: there may be something already.

    Raises:
        CommandFailed: it is no whole backup, or something runs, or is there already; nothing was changed.
    """
    settings.make_data_dir()
    database = Database(settings.schema_url)
    with only_one(database.file), tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=STAGING) as folder:
        try:
            return await _restore(settings, database, archive, Path(folder), now, replace=replace)
        except (BrokenBackup, CannotCopy) as error:
            raise CommandFailed(f"{archive} was not restored: {error}") from error
        except (OSError, sqlite3.Error, SQLAlchemyError) as error:
            raise CommandFailed(f"{archive} was not restored: {_reason(error)}") from error
        finally:
            await database.close()


async def _restore(
    settings: Settings, database: Database, archive: Path, staging: Path, now: datetime, *, replace: bool
) -> Restored:
    aside = await _make_way(settings, database, now, replace=replace)
    manifest = await asyncio.to_thread(unpack, archive, staging)
    unpacked = staging / DATABASE
    await require_whole(unpacked)
    source = Database(f"sqlite:///{unpacked}")
    try:
        cases = await require_ours(source)
        if not database.is_sqlite:
            await _copy(source, database, settings, aside, now)
    finally:
        await source.close()
    await asyncio.to_thread(leave_one_file, unpacked)
    differs = _key_differs(settings, staging)
    await asyncio.to_thread(_put_in_place, settings.data_dir, database.file, staging, aside)
    return Restored(str(manifest.get("made_at", "")), cases, aside, differs)


async def _make_way(settings: Settings, database: Database, now: datetime, *, replace: bool) -> Path | None:
    """Make sure that nobody works there; the folder for what is there already, None where there is nothing."""
    if not await _is_there(settings, database):
        return None
    if not replace:
        raise CommandFailed(
            "there is an installation already; --replace puts the backup in its place and keeps what was there aside"
        )
    return settings.data_dir / f"before-restore-{now:%Y%m%d-%H%M%S}"


async def _is_there(settings: Settings, database: Database) -> bool:
    if database.file:
        is_there = await asyncio.to_thread(_is_used_by_nobody, database.file)
        return is_there or await asyncio.to_thread(_has_files, settings.data_dir)
    await require_alone(database)
    await schema.upgrade(database)
    async with database.reading() as connection:
        has_rows = [
            bool((await connection.execute(select(table).limit(1))).first()) for table in metadata.sorted_tables
        ]
    return any(has_rows) or await asyncio.to_thread(_has_files, settings.data_dir)


def _has_files(data_dir: Path) -> bool:
    return any(path.is_file() for name in FOLDERS for path in (data_dir / name).rglob("*"))


def _is_used_by_nobody(file: Path) -> bool:
    """Whether there is a database, which is then one file.

    Raises:
        CommandFailed: somebody uses it.
    """
    if not file.exists():
        return False
    try:
        leave_one_file(file)
    except sqlite3.OperationalError as error:
        raise CommandFailed(f"{file} is in use ({error}); {IN_USE}") from error
    except sqlite3.DatabaseError:
        return True  # damaged: that is why somebody restores
    return True


async def _copy(source: Database, target: Database, settings: Settings, aside: Path | None, now: datetime) -> None:
    """Into a server's database, in one transaction: all of it or nothing. What was there becomes a backup itself."""
    await schema.upgrade(target)
    if aside:
        await asyncio.to_thread(aside.mkdir, 0o700)
        await make_backup(settings, aside / "database.tar", now, with_key=False)
    await require_alone(target)
    async with source.reading() as reading, target.writing() as writing:
        await writing.execute(text("SET LOCAL statement_timeout = 0"))
        for table in reversed(metadata.sorted_tables):
            await writing.execute(delete(table))
        await copy_everything(reading, writing, lambda _: None)


def _key_differs(settings: Settings, staging: Path) -> bool:
    key = staging / SECRET_KEY
    return bool(settings.secret_key and key.exists() and key.read_text() != settings.secret_key.get_secret_value())


def _put_in_place(data_dir: Path, database: Path | None, staging: Path, aside: Path | None) -> None:
    """The database comes last: until it is there, a start finds either the old one or none."""
    places = {name: data_dir / name for name in FOLDERS}
    if (staging / SECRET_KEY).exists():
        places |= {name: data_dir / name for name in (SECRET_KEY, FORMER)}
    if aside:
        aside.mkdir(mode=0o700, exist_ok=True)
    if database:
        places |= {f"{DATABASE}{end}": database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm", "")}
    for name, place in places.items():
        if place.exists():
            _put_away(place, aside / name if aside else None)
        if (staging / name).exists():
            _bring(staging / name, place)
        sync(place.parent)


def _bring(source: Path, place: Path) -> None:
    """Whole or not at all, from another disk, too."""
    beside = place.with_name(f".{place.name}.restored")
    shutil.move(source, beside)
    beside.replace(place)


def _put_away(place: Path, aside: Path | None) -> None:
    """Aside; without an installation it is an empty folder, or the key that a look at nothing has made."""
    if aside:
        shutil.move(place, aside)
    elif place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{(error.strerror or type(error).__name__).lower()}"
    return f"the database failed ({type(error).__name__})"
