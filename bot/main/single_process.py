"""What there may be only one of on a database: a `start` on a SQLite file, and a `chat` on any.

The system lets go of a file's lock when its process ends, however it ends; a lease in a server's database runs out.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

from actions.store.engine.database import Database
from actions.store.engine.row_task_leases import task_leases_of
from actions.store.engine.task_lease import TaskName
from actions.store.engine.task_lease_rows import until_of
from bot.main.failures import CommandFailed

TALK = TaskName("talk", "terminal")
LOOK_EVERY_SECONDS = 0.5
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
    async with _leased_talk(database):
        yield


@asynccontextmanager
async def _leased_talk(database: Database) -> AsyncIterator[None]:
    """Hold the lease; that of a process which was killed runs out, one that lives renews its own."""
    leases = task_leases_of(database, is_served=False)
    async with AsyncExitStack() as stack:
        _run_beside(stack, leases.run())
        taking = asyncio.create_task(stack.enter_async_context(leases.lease(TALK).held()))
        renewed = _run_beside(stack, _until_renewed(database))
        await asyncio.wait({taking, renewed}, return_when=asyncio.FIRST_COMPLETED)
        if not taking.done():
            taking.cancel()
            await asyncio.wait({taking})
            raise CommandFailed(TALKING)
        renewed.cancel()
        yield


def _run_beside[T](stack: AsyncExitStack, work: Coroutine[object, object, T]) -> asyncio.Task[T]:
    """Run this until the stack is left."""
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        await asyncio.wait({task})

    stack.push_async_callback(end)
    return task


async def _until_renewed(database: Database) -> None:
    """Return once somebody has renewed the lease on the talk."""
    seen = set[datetime]()
    while len(seen) < 2:  # noqa: PLR2004 - the one that was found, and a later one
        async with database.reading() as connection:
            until = await until_of(connection, TALK)
        seen |= {until} if until else set()
        await asyncio.sleep(LOOK_EVERY_SECONDS)


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
