"""What there may be only one of on a database: a `start` on a SQLite file, and a `chat` on any.

A lock is let go by the system, or by the server, when its process ends, however it ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from actions.store.engine.advisory_locks import try_task_lease
from actions.store.engine.database import Database
from bot.main.failures import CommandFailed

TALK = "terminal"
TALKING = "another ./lapor chat is open on this database, and both would be the same citizen; end that one first"


@contextmanager
def only_one(file: Path | None) -> Iterator[None]:
    """Hold the lock of this database file; a server's database (None) has none.

    Raises:
        CommandFailed: another process holds it, or it cannot be written beside the database.
    """
    if file is None:
        yield
        return
    taken = f"another start is already running on {file}; stop that one, or give this one its own LAPOR_DATA_DIR"
    with _locked(file.with_name(f"{file.name}.lock"), taken):
        yield


@asynccontextmanager
async def only_one_talk(database: Database) -> AsyncIterator[None]:
    """Be the only one who talks in a terminal on this database, for as long as the block runs.

    Raises:
        CommandFailed: another process does, or the lock cannot be written beside the database.
    """
    if database.is_sqlite:
        file = database.file
        with _locked(file.with_name(f"{file.name}.chat.lock"), TALKING) if file else _nothing():
            yield
        return
    async with database.session() as session:
        if not await try_task_lease(session, TALK):
            raise CommandFailed(TALKING)
        yield
        await session.invalidate()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _locked(lock: Path, taken: str) -> Iterator[None]:
    descriptor = _open(lock)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandFailed(taken) from None
        yield
    finally:
        os.close(descriptor)


def _open(lock: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CommandFailed(
            f"{lock} cannot be written ({reason}); make its folder, or change LAPOR_DATABASE_URL"
        ) from error
