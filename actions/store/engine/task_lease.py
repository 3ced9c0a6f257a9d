"""The duty: what only one process of an installation does, such as fetching a bot's messages and sending to citizens.

On SQLite there is one process, and it has the duty. On a server's database whoever holds a lock of a session has it;
the others stand by. Who loses the session has lost the duty, and learns so before the server gives it to another whose
machine is out of reach: `LOST_AFTER_SECONDS` is shorter than the server's own patience (`SESSION` in `database.py`).
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.advisory_locks import try_task_lease
from actions.store.engine.database import Database, is_away

POST = "post"
"""The duty of fetching what comes and sending what goes."""
TRY_EVERY_SECONDS = 1.0
LOST_AFTER_SECONDS = 3.0

type Lost = asyncio.Future[None]
"""Is done once the duty is lost."""


class TaskLease(Protocol):
    """What one process has at a time."""

    @property
    def is_held(self) -> bool:
        """Whether this process has it now."""
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
        """At once, and for ever."""
        yield asyncio.get_running_loop().create_future()


@dataclass(slots=True)
class AdvisoryLockTaskLease:
    """The duty of whoever holds its lock."""

    database: Database
    name: str
    is_held: bool = False

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Lost]:
        """As `TaskLease` says it; a database that is away is waited for."""
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
