"""When the primary is another one: a server that can only be read, and a commit that waits for a standby."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import insert, make_url, text

from actions.store.engine.database import Database, is_away
from actions.store.engine.lease_tables import chat_leases
from tests.integration.process.books import rows
from tests.integration.process.surroundings import until
from tests.postgres import PostgresServer, running_postgres

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

NOBODY = "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
LEASE = insert(chat_leases).values(channel="web", chat="siti", holder="x", until=text("now()"))


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server whose settings a test may change."""
    with running_postgres() as one:
        yield one


def tells(url: str, *statements: str) -> None:
    """As an administrator, whose own commits wait for nobody."""
    with psycopg.connect(url, autocommit=True, options="-c synchronous_commit=local") as connection:
        for statement in statements:
            connection.execute(statement.encode())


def is_there(url: str) -> bool:
    return rows(url, "SELECT count(*) FROM chat_leases") == [(1,)]


async def write_a_lease(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(LEASE)


async def test_a_commit_that_is_cancelled_while_it_waits_for_a_standby_is_seen_by_nobody_before(
    server: PostgresServer,
) -> None:
    url = server.new_database()
    tells(url, NOBODY, "SELECT pg_reload_conf()")
    database = Database(url)
    writing = asyncio.create_task(write_a_lease(database))
    await until(lambda: rows(url, WAITS) == [(1,)], "it waits for a standby")
    writing.cancel()
    ended, _ = await asyncio.wait({writing}, timeout=1)
    assert not ended
    assert not is_there(url)
    tells(url, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert is_there(url)
    await database.close()


async def test_a_server_that_can_only_be_read_is_away_and_its_connections_are_left(postgres_url: str) -> None:
    name = make_url(postgres_url).database
    database = Database(postgres_url)
    tells(postgres_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(Exception, match="read-only transaction") as refused:
        await write_a_lease(database)
    assert is_away(refused.value)
    tells(postgres_url, "SET default_transaction_read_only = off", f"ALTER DATABASE {name} RESET ALL")
    await write_a_lease(database)  # a session keeps what it began with: this is another
    assert is_there(postgres_url)
    await database.close()
