"""Makes a backup of an installation in use: first one moment of its database, then the files that it speaks of.

In this order no message in the backup speaks of a file that was not there yet. A file that was taken away between the
two belongs to a draft that somebody gave up.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import schema
from actions.store.engine.copying import CannotCopy, copy_everything
from actions.store.engine.database import Database
from bot.configuration.secret_key import FORMER, secret_key
from bot.configuration.secret_key import NAME as SECRET_KEY
from bot.configuration.settings import Settings
from bot.files.store import ARRIVING
from bot.main.failures import CommandFailed
from bot.main.files_wiring import KEPT
from bot.main.private_files import LAST_BACKUP as LAST
from bot.main.web_wiring import INCOMING
from bot.ops.backup.archive import OWNER_ONLY, BrokenBackup, Writer, writing
from bot.ops.backup.checks import require_whole
from bot.ops.chain_files import FOLDER as CHAIN


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
            await source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
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


DATABASE = "lapor.db"
TAUGHT = "nlu"
"""What trainers added to the training data, and withdrew."""
FOLDERS = (INCOMING, KEPT, TAUGHT, CHAIN)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there: where, how large, and how many files of citizens' are in it."""

    place: Path
    size_bytes: int
    files: int


async def make_backup(settings: Settings, place: Path, now: datetime, *, with_key: bool) -> Backup:
    """Write a backup; the service may run meanwhile.

    Args:
        settings: of the installation.
        place: the file that is made, or a folder in which one is made that is named after the moment.
        now: with a time zone.
        with_key: the secret key goes with it.

    Raises:
        CommandFailed: it could not be made; nothing is left behind.
    """
    place = _free(place, now)
    database = Database(settings.database_url)
    try:
        files = await _make(settings, database, place, now, with_key=with_key)
    except (OSError, sqlite3.Error, SQLAlchemyError, BrokenBackup) as error:
        raise CommandFailed(f"the backup was not made: {_reason(error)}") from error
    finally:
        await database.close()
    made = Backup(place, place.stat().st_size, files)
    _remember(settings.data_dir, now, place)
    return made


def _free(place: Path, now: datetime) -> Path:
    """The file to be made, where nothing is yet."""
    if place.is_dir():
        place = place / f"lapor-{now:%Y%m%d-%H%M%S}.tar"
    if place.exists():
        raise CommandFailed(f"{place} is there already, and was left as it is; name another file")
    if not place.parent.is_dir():
        raise CommandFailed(f"there is no folder {place.parent}; make it first")
    return place


async def _make(settings: Settings, database: Database, place: Path, now: datetime, *, with_key: bool) -> int:
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".lapor-backup-") as folder:
        snapshot = Path(folder) / DATABASE
        await take_snapshot(database, snapshot)
        await require_whole(snapshot)
        return await asyncio.to_thread(_write, settings, snapshot, place, now, with_key)


def _write(settings: Settings, snapshot: Path, place: Path, now: datetime, with_key: bool) -> int:  # noqa: FBT001 - for a thread
    with writing(place) as archive:
        archive.add(DATABASE, snapshot)
        if with_key:
            given = settings.secret_key.get_secret_value() if settings.secret_key else None
            archive.add_bytes(SECRET_KEY, secret_key(given, settings.data_dir))
            archive.add(FORMER, settings.data_dir / FORMER)
        files = sum(_add_folder(archive, settings.data_dir, name) for name in (INCOMING, KEPT))
        _add_folder(archive, settings.data_dir, TAUGHT)
        _add_folder(archive, settings.data_dir, CHAIN)
        archive.finish({"made_at": now.isoformat(timespec="seconds"), "files": files})
    return files


def _add_folder(archive: Writer, data_dir: Path, name: str) -> int:
    """Add what is in a folder, but for what is only half there."""
    count = 0
    for folder, below, names in os.walk(data_dir / name):
        if ARRIVING in below:
            below.remove(ARRIVING)
        for file in sorted(names):
            path = Path(folder) / file
            count += archive.add(str(path.relative_to(data_dir)), path)
    return count


def _remember(data_dir: Path, now: datetime, place: Path) -> None:
    """For `lapor doctor`: when it was, and where it lies. It is no harm when this cannot be written."""
    try:
        part = data_dir / f".{LAST}.part"
        said = {"made_at": now.isoformat(timespec="seconds"), "place": str(place.absolute())}
        part.write_text(json.dumps(said), encoding="utf-8")
        part.chmod(OWNER_ONLY)
        part.replace(data_dir / LAST)
    except OSError:
        return


def last_backup(data_dir: Path) -> datetime | None:
    """When the last backup was made of this data folder; None when none was."""
    try:
        return datetime.fromisoformat(json.loads((data_dir / LAST).read_text(encoding="utf-8"))["made_at"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    if isinstance(error, SQLAlchemyError):
        return f"the database failed ({type(error).__name__})"
    return str(error)
