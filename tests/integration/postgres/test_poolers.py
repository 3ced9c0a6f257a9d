"""Between the service and its PostgreSQL stands a pooler, or what is no single PostgreSQL at all."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from actions.store.engine import server_promises
from actions.store.engine.database import Database, DatabaseUnavailable
from tests.fakes.pgbouncer import PROGRAM, pooled
from tests.integration.process.commands import lapor
from tests.integration.process.kills import Setup, kill_again_and_again
from tests.integration.process.surroundings import free_port
from tests.integration.process.verdict import heard_twice, wrong_reports, wrong_updates, wrongly_told
from tests.postgres import PostgresServer

needs_pgbouncer = pytest.mark.skipif(PROGRAM is None, reason="needs pgbouncer, as of `apt install pgbouncer`")
pytestmark = [pytest.mark.slow, pytest.mark.postgres]

MODES = ({}, {"pool_mode": "transaction"})
"""PgBouncer's default mode is `session`."""
KILLS = 5


async def refused(url: str) -> str:
    """With what sentence a start is refused."""
    database = Database(url)
    try:
        with pytest.raises(DatabaseUnavailable) as refusal:
            await database.check_promises()
        return str(refusal.value)
    finally:
        await database.close()


@needs_pgbouncer
@pytest.mark.parametrize("settings", MODES, ids=["session", "transaction"])
async def test_three_processes_that_are_killed_behind_a_pooler_lose_nothing_and_file_nothing_twice(
    tmp_path: Path, postgres_url: str, settings: dict[str, str]
) -> None:
    dice = random.Random(random.random())  # noqa: S311 - pytest-randomly gives the seed
    with pooled(postgres_url, settings) as url:
        town, house = await kill_again_and_again(tmp_path, KILLS, dice, Setup("polling", url, 3))
    assert town.kills == KILLS
    assert len(town.reports) > KILLS
    assert wrong_updates(town, postgres_url) == []
    assert wrong_reports(town, postgres_url) == []
    assert wrongly_told(town, postgres_url) == []
    assert 0 <= heard_twice(town, postgres_url) <= KILLS * len(town.citizens)
    assert house.errors == []


@needs_pgbouncer
@pytest.mark.parametrize("settings", MODES, ids=["session", "transaction"])
async def test_what_is_set_holds_in_each_transaction_and_in_nobody_elses(
    postgres_url: str, settings: dict[str, str]
) -> None:
    asked = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('timezone')"
    with pooled(postgres_url, {**settings, "default_pool_size": 2}) as url:
        database = Database(url)
        await database.check_promises()
        for _ in range(3):
            async with database.reading() as connection:
                assert tuple((await connection.execute(text(asked))).one()) == ("30s", "3s", "UTC")
        await database.close()
        with psycopg.connect(url, autocommit=True) as other:
            assert other.execute("SHOW statement_timeout").fetchall() == [("0",)]


@needs_pgbouncer
@pytest.mark.parametrize("command", ["start", "doctor"])
async def test_a_pooler_that_ends_transactions_with_each_statement_is_named_in_a_sentence(
    tmp_path: Path, postgres_url: str, command: str
) -> None:
    with pooled(postgres_url, {"pool_mode": "statement"}) as url:
        ended = await lapor(tmp_path, command, database_url=url, http_port=free_port())
    assert ended.code == 1
    said = ended.sentence if command == "start" else " ".join(ended.stdout.split())
    assert "transaction blocks not allowed in statement pooling mode" in said


@needs_pgbouncer
async def test_a_pooler_with_one_connection_alone_is_named_in_a_sentence(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_promises, "TRIAL_SECONDS", 2.0)
    with pooled(postgres_url, {"pool_mode": "transaction", "default_pool_size": 1}) as url:
        assert server_promises.TOO_FEW in await refused(url)


async def test_a_database_that_can_only_be_read_is_named_in_a_sentence(tmp_path: Path, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {make_url(postgres_url).database} SET default_transaction_read_only = on")
    ended = await lapor(tmp_path, "start", database_url=postgres_url, http_port=free_port())
    assert ended.code == 1
    assert server_promises.READ_ONLY in ended.sentence


async def test_an_address_that_leads_to_two_databases_in_turn_is_named_in_a_sentence(
    tmp_path: Path, postgres: PostgresServer, postgres_url: str
) -> None:
    other = postgres.new_database()
    async with in_turn(postgres_url, other) as url:
        ended = await lapor(tmp_path, "start", database_url=url, http_port=free_port())
    postgres.drop(other)
    assert ended.code == 1
    assert server_promises.NOT_ONE_SERVER in ended.sentence


@asynccontextmanager
async def in_turn(*urls: str) -> AsyncIterator[str]:
    """The address of a balancer that leads each connection to the next of these databases."""
    places = cycle(make_url(url) for url in urls)
    names = [str(make_url(url).database).encode() for url in urls]

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = next(places)
        there = await asyncio.open_unix_connection(f"{place.query['host']}/.s.PGSQL.5432")
        first = await reader.read(1 << 16)
        for name in names:  # names of one length: the message stays as long as it says
            first = first.replace(name, str(place.database).encode())
        there[1].write(first)
        await asyncio.gather(_pump(reader, there[1]), _pump(there[0], writer))

    server = await asyncio.start_server(lead, "127.0.0.1")
    async with server:
        host, port = server.sockets[0].getsockname()[:2]
        yield f"postgresql://postgres@{host}:{port}/{make_url(urls[0]).database}?sslmode=disable&gssencmode=disable"


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()
