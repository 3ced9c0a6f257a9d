"""The driver of SQLite: one visit to its thread for a statement, and all that aiosqlite and SQLAlchemy promise."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from actions.store.engine.database import Database
from actions.store.engine.sqlite_driver import ROWS_BROUGHT_ALONG, OneVisitConnection
from tests.databases import on_sqlite
from tests.patience import PATIENCE_SECONDS

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n WHERE i > 0"
LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n"


class Counting(OneVisitConnection):
    """Counts its visits."""

    visits = 0

    async def _execute(self, fn, *args, **kwargs):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN002, ANN003, ANN202 - aiosqlite's own
        self.visits += 1
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Counting]:
    opened = Counting(str(tmp_path / "a.db"), isolation_level=None)
    await opened
    yield opened
    await opened.close()


async def rows_of(connection: OneVisitConnection, count: int) -> list[int]:
    cursor = await connection.cursor().execute(NUMBERS, (count,))
    rows = [row[0] for row in await cursor.fetchall()]
    await cursor.close()
    return rows


@pytest.mark.parametrize(
    ("count", "visits"),
    [(0, 1), (1, 1), (ROWS_BROUGHT_ALONG - 1, 1), (ROWS_BROUGHT_ALONG, 2), (3 * ROWS_BROUGHT_ALONG, 2)],
)
async def test_a_statement_brings_its_rows_along(connection: Counting, count: int, visits: int) -> None:
    assert await rows_of(connection, count) == list(range(1, count + 1))
    assert connection.visits == visits


@pytest.mark.parametrize("size", [1, 7, ROWS_BROUGHT_ALONG, ROWS_BROUGHT_ALONG + 1])
@pytest.mark.parametrize("count", [0, 6, 7, ROWS_BROUGHT_ALONG, ROWS_BROUGHT_ALONG + 8])
async def test_rows_are_fetched_piece_by_piece(connection: Counting, size: int, count: int) -> None:
    cursor = await connection.cursor().execute(NUMBERS, (count,))
    pieces = []
    while piece := await cursor.fetchmany(size):
        pieces.append(piece)
    assert [row[0] for piece in pieces for row in piece] == list(range(1, count + 1))
    assert all(len(piece) == size for piece in pieces[:-1])
    assert await cursor.fetchone() is None


async def test_what_is_left_after_some_rows_is_fetched_too(connection: Counting) -> None:
    cursor = await connection.cursor().execute(NUMBERS, (ROWS_BROUGHT_ALONG + 2,))
    first = await cursor.fetchone()
    assert first == (1,)
    assert len(await cursor.fetchall()) == ROWS_BROUGHT_ALONG + 1
    assert await cursor.fetchall() == []


async def test_a_statement_without_an_answer_says_what_it_did(connection: Counting) -> None:
    await connection.cursor().execute("CREATE TABLE a (n INTEGER PRIMARY KEY)")
    cursor = await connection.cursor().executemany("INSERT INTO a VALUES (?)", [(1,), (2,), (3,)])
    assert (cursor.rowcount, cursor.description, await cursor.fetchall()) == (3, None, [])
    cursor = await connection.cursor().execute("INSERT INTO a VALUES (9) RETURNING n")
    assert (cursor.lastrowid, await cursor.fetchall()) == (9, [(9,)])
    with pytest.raises(sqlite3.IntegrityError):
        await connection.cursor().execute("INSERT INTO a VALUES (9)")


async def test_rows_that_nobody_wanted_do_not_hold_the_file(connection: Counting, tmp_path: Path) -> None:
    """Whoever closes a cursor early lets go of its snapshot, which keeps the log from being written to the file."""
    await connection.cursor().execute("PRAGMA journal_mode=WAL")
    await connection.cursor().execute("CREATE TABLE a (n INTEGER PRIMARY KEY)")
    await connection.cursor().execute(f"INSERT INTO a {NUMBERS}", (2 * ROWS_BROUGHT_ALONG,))
    cursor = await connection.cursor().execute("SELECT n FROM a")
    await cursor.close()
    with sqlite3.connect(tmp_path / "a.db") as other:
        other.execute("INSERT INTO a VALUES (0)")
        other.commit()
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    other.close()


@pytest.mark.thorough
async def test_whoever_is_cancelled_leaves_a_connection_that_works(connection: Counting) -> None:
    cursor = connection.cursor()
    running = asyncio.create_task(cursor.execute(LONG))
    await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    await cursor.close()
    assert await rows_of(connection, 3) == [1, 2, 3]


def test_a_connection_closes_also_after_the_loop_of_whoever_waited(tmp_path: Path) -> None:
    connection = OneVisitConnection(str(tmp_path / "a.db"))
    held = threading.Event()
    loop = asyncio.new_event_loop()
    loop.run_until_complete(_opened(connection))
    waiting = loop.create_task(connection._execute(held.wait))  # type: ignore[no-untyped-call]
    loop.run_until_complete(asyncio.sleep(0))
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(waiting)
    connection.stop()
    loop.close()
    held.set()
    connection._thread.join(PATIENCE_SECONDS)
    assert not connection._thread.is_alive()
    assert connection._connection is None


async def _opened(connection: OneVisitConnection) -> None:
    await connection


@on_sqlite
async def test_a_long_answer_is_streamed_in_pieces(database: Database) -> None:
    async with database.reading() as reading:
        query = text(NUMBERS.replace("?", ":count"))
        async with reading.stream(query, {"count": 4 * ROWS_BROUGHT_ALONG}) as rows:
            assert [row.i async for row in rows] == list(range(1, 4 * ROWS_BROUGHT_ALONG + 1))


@on_sqlite
async def test_a_database_uses_it(database: Database) -> None:
    async with database.reading() as reading:
        raw = await reading.get_raw_connection()
        assert isinstance(raw.driver_connection, OneVisitConnection)
