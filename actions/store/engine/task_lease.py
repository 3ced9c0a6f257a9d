"""Advisory locks of PostgreSQL, and the lease on a task that only one process of an installation does.

Such tasks are fetching a bot's messages and sending to citizens. On SQLite there is one process, and it holds every
lease. On a server's database whoever holds a session's lock has the lease; the others stand by. Who loses the session
has lost the lease, and learns so before the server gives it to another whose machine is out of reach:
`LOST_AFTER_SECONDS` is shorter than the server's own patience (`SESSION` in `database.py`).
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database, is_away

DUTIES, SCHEMA, SWEEP = 0x4C500002, 0x4C500003, 0x4C500004
"""What is locked: a duty by its hash, the schema, the sweep of what is old. Other programs on the
database have other numbers."""
SCHEMA_PATIENCE = "10min"


async def try_task_lease(connection: AsyncConnection, name: str) -> bool:
    """Hold the duty of this name, unless another session does."""
    held = await connection.execute(select(func.pg_try_advisory_lock(DUTIES, func.hashtext(name))))
    await connection.rollback()
    return bool(held.scalar_one())


async def wait_for_schema(connection: AsyncConnection) -> None:
    """Hold the schema until the transaction ends; whoever changes it meanwhile is waited for, and may take long."""
    for limit in ("lock_timeout", "statement_timeout"):
        await connection.execute(select(func.set_config(limit, SCHEMA_PATIENCE, True)))  # noqa: FBT003 - PostgreSQL's
    await connection.execute(select(func.pg_advisory_xact_lock(SCHEMA, 0)))


async def wait_for_sweep(connection: AsyncConnection) -> None:
    """Waits for the lock under which one process at a time deletes old rows; it ends with the transaction."""
    await connection.execute(select(func.pg_advisory_xact_lock(SWEEP, 0)))


POST = "post"
"""The duty of fetching what comes and sending what goes."""
TRY_EVERY_SECONDS = 1.0
LOST_AFTER_SECONDS = 3.0

type Lost = asyncio.Future[None]
"""Is done once the duty is lost."""


class TaskLease(Protocol):
    """The lease on a task, which one process holds at a time."""

    @property
    def is_held(self) -> bool:
        """Whether this process holds the lease now."""
        ...

    def held(self) -> AbstractAsyncContextManager[Lost]:
        """Wait until this process has it, and keep it until the block ends or it is lost."""
        ...


def task_lease_of(database: Database, name: str) -> TaskLease:
    """The duty of this name, as this database needs it."""
    return SoleTaskLease() if database.is_sqlite else AdvisoryLockTaskLease(database, name)


@dataclass(slots=True)
class SoleTaskLease:
    """The duty of a process that has no other beside it."""

    is_held: bool = True

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Lost]:
        """Takes the lease at once and for ever: no other process competes for it."""
        yield asyncio.get_running_loop().create_future()


@dataclass(slots=True)
class AdvisoryLockTaskLease:
    """A lease that whoever holds an advisory lock has."""

    database: Database
    name: str
    is_held: bool = False

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Lost]:
        """Implements the method of `TaskLease`; waits for a database that is away."""
        async with AsyncExitStack() as stack:
            connection = await self._wait_for_it(stack)
            watching = asyncio.ensure_future(_until_lost(connection))
            self.is_held = True
            try:
                yield watching
            finally:
                self.is_held = False
                watching.cancel()
                await asyncio.wait({watching})

    async def _wait_for_it(self, stack: AsyncExitStack) -> AsyncConnection:
        while True:
            async with AsyncExitStack() as trying:
                try:
                    connection = await trying.enter_async_context(self._own_session())
                    if await try_task_lease(connection, self.name):
                        stack.push_async_exit(trying.pop_all())
                        return connection
                except Exception as error:
                    if not is_away(error):
                        raise
            await asyncio.sleep(TRY_EVERY_SECONDS)

    @asynccontextmanager
    async def _own_session(self) -> AsyncIterator[AsyncConnection]:
        """A session that ends with the block, and with it what it holds."""
        async with self.database.session() as connection:
            try:
                yield connection
            finally:
                await connection.invalidate()


async def _until_lost(connection: AsyncConnection) -> None:
    """Ask again and again whether the session is still there; return when it is not, or does not answer.

    Nobody asks any more once this has ended: a session that is closed under a question takes the process with it.
    """
    session = (await connection.get_raw_connection()).driver_connection
    while True:
        await asyncio.sleep(TRY_EVERY_SECONDS)
        asking = asyncio.ensure_future(_ask(connection))
        try:
            await asyncio.wait({asking}, timeout=LOST_AFTER_SECONDS)
        finally:
            if not asking.done():
                _hang_up(session)
                await asyncio.wait({asking})
        if not asking.result():
            return


def _hang_up(session: Any) -> None:  # noqa: ANN401 - a connection of psycopg, which SQLAlchemy gives as anything
    """Let whoever waits for an answer have none now, whether the server still speaks or not.

    Neither cancelling (which asks the server first) nor closing (which frees what the question reads into) would do.
    """
    if not session.closed:
        with socket.socket(fileno=os.dup(session.fileno())) as line, suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


async def _ask(connection: AsyncConnection) -> bool:
    with suppress(SQLAlchemyError, OSError):
        await connection.execute(select(1))
        await connection.rollback()
        return not connection.invalidated
    return False
