"""Opens the database and gives out transactions: one writer at a time on SQLite, readers beside it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from actions.store.engine.postgresql import postgresql_engine
from actions.store.engine.server_promises import what_is_not_kept
from actions.store.engine.sqlite_driver import OneVisitConnection
from actions.store.engine.uncancelled import to_the_end

BUSY_SECONDS = 3.0
"""How long a writer waits for another process. Whoever writes tries again later; a service that is told to end cannot
end before a statement that waits has come back."""
KEPT_STATEMENTS = 16
"""How many prepared statements each connection to SQLite keeps; they are large."""
CACHE_KIBIBYTES = 500
"""What each connection to SQLite keeps of the file; the system keeps it all the same, once for all of them."""
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}


class DatabaseUnavailable(Exception):
    """The database cannot be opened; the message says which and how to mend it, without a password."""


def is_away(error: BaseException) -> bool:
    """Whether the database as a whole cannot be used now (locked, full, gone), so that the same may succeed later."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, (OperationalError, InterfaceError, NoConnectionFree, OSError))


def async_url(url: str) -> URL:
    """The address with the driver that speaks without blocking.

    Raises:
        DatabaseUnavailable: it is no address, or of a database that is not known.
    """
    try:
        parsed = make_url(url)
    except SQLAlchemyError as error:
        raise DatabaseUnavailable("LAPOR_DATABASE_URL is no database address; sqlite:///PATH is one") from error
    backend = parsed.get_backend_name()
    if backend not in DRIVERS:
        raise DatabaseUnavailable(f"LAPOR_DATABASE_URL names {backend!r}; use sqlite:/// or postgresql://")
    return parsed.set(drivername=DRIVERS[backend])


class Database:
    """The engines of one address. On SQLite writing takes turns, by `BEGIN IMMEDIATE` and a lock of our own."""

    def __init__(self, url: str, busy_seconds: float = BUSY_SECONDS) -> None:
        """Prepare the engines; nothing is opened yet.

        Args:
            url: `sqlite:///PATH` or `postgresql://…`.
            busy_seconds: how long anybody waits for what another process holds.

        Raises:
            DatabaseUnavailable: the address cannot be used.
        """
        self.url = async_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        try:
            self._reading = _engine(self.url, busy_seconds, immediate=False)
            self._writing = _engine(self.url, busy_seconds, immediate=True) if self.is_sqlite else self._reading
        except ModuleNotFoundError as error:
            raise DatabaseUnavailable(
                f"the driver of LAPOR_DATABASE_URL is not installed ({error.name}); use sqlite:///PATH"
            ) from error
        self._turn = asyncio.Lock()
        self._waiting = 0

    @property
    def is_wanted(self) -> bool:
        """Whether somebody here waits until whoever writes now has committed; a server lets all of them write."""
        return self._waiting > 0

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server, or for a database in memory."""
        named = self.url.database
        return Path(named) if self.is_sqlite and named and named != ":memory:" else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that only reads."""
        async with self._reading.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed when the block ends and rolled back when it raises."""
        if not self.is_sqlite:
            async with self._writing.connect() as connection:
                yield connection
                # Who cancels a commit that waits for a standby makes it visible: PostgreSQL then takes it for done.
                await to_the_end(connection.commit())
            return
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            async with self._writing.begin() as connection:
                yield connection
        finally:
            self._turn.release()

    def write_with(self, **options: object) -> None:
        """Give every connection opened from now on an option that those who write on it can read.

        Args:
            options: as SQLAlchemy's execution options; ours begin with `lapor_`.
        """
        for engine in (self._reading, self._writing):
            engine.update_execution_options(**options)

    async def check(self) -> None:
        """Open it once.

        Raises:
            DatabaseUnavailable: it cannot be opened; says why.
        """
        if self.file and not self.file.parent.is_dir():
            raise DatabaseUnavailable(f"the folder of {self.file} does not exist; make it or change LAPOR_DATABASE_URL")
        try:
            async with self.reading() as connection:
                await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError) as error:
            raise self._cannot_be_opened(error) from error

    async def check_promises(self) -> None:
        """Open it, and try whether what is behind the address keeps what a service that runs on it relies on.

        Raises:
            DatabaseUnavailable: it cannot be opened, or would break a promise; says which.
        """
        await self.check()
        if self.is_sqlite:
            return
        try:
            broken = await what_is_not_kept(self.reading)
        except (DBAPIError, OSError) as error:
            raise self._cannot_be_opened(error) from error
        if broken:
            raise DatabaseUnavailable(f"the database {self._shown} {broken} (LAPOR_DATABASE_URL)")

    @property
    def _shown(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def _cannot_be_opened(self, error: Exception) -> DatabaseUnavailable:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        return DatabaseUnavailable(f"the database {self._shown} cannot be opened ({reason}); check LAPOR_DATABASE_URL")

    async def close(self) -> None:
        """Close every connection."""
        await self._reading.dispose()
        await self._writing.dispose()


def _engine(url: URL, busy_seconds: float, *, immediate: bool) -> AsyncEngine:
    # An error of the database names the statement that failed; what was to be written is nobody's business.
    if url.get_backend_name() == "postgresql":
        return postgresql_engine(url, busy_seconds)
    pool = {"pool_size": 1, "max_overflow": 0} if immediate else {"pool_size": 2, "max_overflow": 6}
    driver = {"async_creator_fn": OneVisitConnection, "cached_statements": KEPT_STATEMENTS}
    engine = create_async_engine(url, **pool, connect_args=driver, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", partial(_prepare_sqlite, busy_seconds))
    event.listen(engine.sync_engine, "begin", _begin_immediate if immediate else _begin)
    return engine


def _prepare_sqlite(busy_seconds: float, connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own type is private
    """Leave BEGIN to us, write ahead, sync every commit to the disk, and overwrite what is deleted."""
    del record
    connection.isolation_level = None
    waits = f"busy_timeout={busy_seconds * 1000:.0f}"
    for pragma in (waits, "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"cache_size=-{CACHE_KIBIBYTES}"):
        _set(connection, pragma)
    with suppress(sqlite3.OperationalError):  # SQLite does not wait here; who holds a new file is switching it, too
        _set(connection, "journal_mode=WAL")


def _set(connection: Any, pragma: str) -> None:  # noqa: ANN401 - see above
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:  # noqa: ANN401 - see above
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401 - see above
    connection.exec_driver_sql("BEGIN IMMEDIATE")
