"""Fixtures that run a test on both databases: import them into a `conftest.py`.

A test that is of one of them alone is marked with `on_sqlite` or `on_postgresql`, or asks for `database_file`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, func, make_url, select

from actions.store.engine.database import BUSY_SECONDS as SERVICE_BUSY_SECONDS
from actions.store.engine.database import Database
from actions.store.engine.tables import metadata
from tests.postgres import PostgresServer

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)
on_sqlite = pytest.mark.parametrize("kind", ["sqlite"])
on_postgresql = pytest.mark.parametrize("kind", [POSTGRESQL])
on_both = pytest.mark.parametrize("kind", ["sqlite", POSTGRESQL])
"""For a test whose folder runs on SQLite, by `mostly_sqlite`."""
BUSY_SECONDS = 0.1
"""For a test in which somebody holds the database and does not end."""


def rows_seen(url: str, table: str) -> int:
    """How many rows another program sees there now; asks without a loop."""
    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    engine = create_engine(make_url(url).set(drivername=driver))
    with engine.connect() as connection:
        count = connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()
    engine.dispose()
    return int(count)


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another process has the whole database for itself, and does not end."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
        return
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE inbox, outbox, dialogues, cases, files IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.fixture(params=["sqlite", POSTGRESQL])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database this test runs on."""
    return str(request.param)


@pytest.fixture(name="kind")
def mostly_sqlite() -> str:
    """SQLite, but for tests that are marked with `on_both`."""
    return "sqlite"


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The address of a PostgreSQL database of the test's own."""
    url = postgres.new_database()
    yield url
    postgres.drop(url)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    """The address of a database of the test's own."""
    if kind == "sqlite":
        return f"sqlite:///{request.getfixturevalue('database_file')}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """The same, open; where two processes work on it at once, each waits for the other as long as the service does."""
    is_shared = "another_process" in request.fixturenames
    opened = Database(database_url, busy_seconds=SERVICE_BUSY_SECONDS if is_shared else BUSY_SECONDS)
    yield opened
    await opened.close()


@pytest.fixture
async def another_process(database_url: str) -> AsyncIterator[Database]:
    """The same database, as another process has it open."""
    opened = Database(database_url, busy_seconds=SERVICE_BUSY_SECONDS)
    yield opened
    await opened.close()


@pytest.fixture
def new_url(
    kind: str, tmp_path: Path, migrated_file: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], str]]:
    """Makes databases, for a test that needs more than one."""
    if kind == "sqlite":
        yield lambda: f"sqlite:///{shutil.copy(migrated_file, tmp_path / f'{len(list(tmp_path.iterdir()))}.db')}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(server.new_database())
        return made[-1]

    yield make
    for url in made:
        server.drop(url)


@pytest.fixture
async def empty(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """A database without any table."""
    server: PostgresServer | None = request.getfixturevalue("postgres") if kind == "postgresql" else None
    url = server.new_database(empty=True) if server else f"sqlite:///{tmp_path}/empty.db"
    opened = Database(url)
    yield opened
    await opened.close()
    if server:
        server.drop(url)
