"""aiosqlite with one visit to the connection's thread for each statement, where it makes four.

aiosqlite makes a cursor, executes, fetches and closes by a visit each, and a visit costs more than most statements do
(`docs/performance.md`). Here a statement brings its first rows along, and no visit is made where nothing is left to do.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final

from aiosqlite import Connection, Cursor
from aiosqlite.core import _STOP_RUNNING_SENTINEL, set_exception, set_result

type Visit = tuple[asyncio.Future[Any] | None, Callable[[], Any]]
"""What a connection's thread is to run, and who waits for it, if anyone."""

ROWS_BROUGHT_ALONG: Final = 500
"""How many rows come with the statement. Where there are more, whoever fetches makes another visit for them."""


class OneVisitConnection(Connection):
    """aiosqlite's connection, with the cursors below. Its thread ends with the process."""

    def __init__(self, path: str, **options: Any) -> None:  # noqa: ANN401 - whatever sqlite3 takes
        """Prepare it; awaiting it opens the file. Arguments and errors are those of `sqlite3.connect`."""
        options["check_same_thread"] = False  # cursors are made here and used there
        super().__init__(partial(sqlite3.connect, path, **options), iter_chunk_size=ROWS_BROUGHT_ALONG)
        self._thread = Thread(target=_receive_visits, args=(self._tx,), daemon=True)

    def cursor(self) -> OneVisitCursor:  # type: ignore[override] # no context of its own: SQLAlchemy closes it
        """A cursor, without a visit."""
        return OneVisitCursor(self, self._conn.cursor())


def _receive_visits(visits: SimpleQueue[Visit]) -> None:
    """Run what is brought until the connection is closed.

    aiosqlite's own thread dies, with the file open, once the loop of whoever waits was closed in the meantime.
    """
    outcome: object = None
    while outcome is not _STOP_RUNNING_SENTINEL:
        waiting, run = visits.get()
        tell: Callable[[asyncio.Future[Any], Any], None] = set_result
        try:
            outcome = run()
        except BaseException as error:  # noqa: BLE001 - whoever waits is told of any
            tell, outcome = set_exception, error
        if waiting:
            with suppress(RuntimeError):  # the loop was closed
                waiting.get_loop().call_soon_threadsafe(tell, waiting, outcome)


class OneVisitCursor(Cursor):
    """aiosqlite's cursor; whoever fetches is given what came with the statement before any more is asked for."""

    def __init__(self, connection: OneVisitConnection, cursor: sqlite3.Cursor) -> None:
        """A cursor with nothing to fetch."""
        super().__init__(connection, cursor)
        self._brought: list[Any] = []
        self._is_open = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> OneVisitCursor:
        """Run a statement.

        Raises:
            sqlite3.Error: it was refused.
        """
        return await self._run(self._cursor.execute, sql, parameters or ())

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> OneVisitCursor:
        """Run a statement with each of these; errors as in `execute`."""
        return await self._run(self._cursor.executemany, sql, parameters)

    async def _run(self, run: Callable[..., object], *given: object) -> OneVisitCursor:
        self._is_open = True  # until the rows say otherwise: whoever is cancelled here closes it behind what runs
        await self._execute(self._run_and_bring, run, given)  # type: ignore[no-untyped-call] # aiosqlite has no types
        return self

    def _run_and_bring(self, run: Callable[..., object], given: tuple[object, ...]) -> None:
        run(*given)
        self._brought = self._cursor.fetchmany(ROWS_BROUGHT_ALONG) if self._cursor.description else []
        self._is_open = len(self._brought) == ROWS_BROUGHT_ALONG

    async def fetchone(self) -> Any | None:  # noqa: ANN401 - a row as sqlite3 makes it
        """The next row; None after the last."""
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows: `size`, by default `arraysize`, or as many as there are."""
        wanted = self.arraysize if size is None else size
        rows, self._brought = self._brought[:wanted], self._brought[wanted:]
        if self._is_open and len(rows) < wanted:
            more = list(await super().fetchmany(wanted - len(rows)))
            self._is_open = len(rows) + len(more) == wanted
            return rows + more
        return rows

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        rows, self._brought = self._brought, []
        if self._is_open:
            rows += await super().fetchall()
            self._is_open = False
        return rows

    async def close(self) -> None:
        """Let go of the statement, which a visit does where rows of it are left."""
        if self._is_open:
            await super().close()
