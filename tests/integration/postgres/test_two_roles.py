"""The service in a role that may work with rows alone: whole talks, forgetting, sweeping, and what it may not do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import make_url

from actions.store.engine import schema
from actions.store.engine.database import Database
from tests.attacks.services import browser, reports
from tests.attacks.test_attack_after_forgetting import WORD, has_herself_forgotten
from tests.conversations.talks import TALKS, held_in_core, written_anew
from tests.integration.postgres.test_talks_on_postgresql import EVERY_STATEMENT
from tests.integration.process.books import rows
from tests.integration.process.commands import lapor
from tests.integration.process.service import running_service
from tests.postgres import PostgresServer
from tests.talks.performance import hold
from tests.talks.telegram import TelegramStage
from tests.talks.world import World

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

OWNER, SERVICE = "lapor_owner", "lapor_service"
FORBIDDEN = (
    "DROP TABLE case_events",
    "DROP TABLE outbox",
    "ALTER TABLE cases ADD COLUMN mine text",
    "CREATE TABLE mine (id integer)",
    "CREATE INDEX mine ON cases (ticket)",
    "TRUNCATE inbox",
    "DELETE FROM case_events",
    "UPDATE case_events SET why = 'x'",
    "DELETE FROM cases",
    "DELETE FROM case_links",
    "UPDATE case_links SET link = 'x'",
    "DELETE FROM case_roots",
    "UPDATE case_roots SET root = 'x'",
    "DELETE FROM case_erasures",
    "DELETE FROM alembic_version",
    "UPDATE alembic_version SET version_num = 'x'",
)


def as_role(url: str, role: str) -> str:
    return make_url(url).set(username=role).render_as_string(hide_password=False)


async def make_roles(folder: Path, url: str) -> None:
    """As an operator does it."""
    printed = await lapor(folder, "db", "roles", "--owner", OWNER, "--service", SERVICE)
    assert printed.code == 0, printed.stderr
    for _ in range(2):
        with psycopg.connect(url, autocommit=True) as superuser:
            superuser.execute(printed.stdout.encode())


@pytest.fixture
async def service_url(tmp_path: Path, postgres_url: str) -> str:
    """The address of a database in which the service works in a role of its own."""
    await make_roles(tmp_path, postgres_url)
    return as_role(postgres_url, SERVICE)


def refused(url: str, statement: str) -> bool:
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement.encode())
        except InsufficientPrivilege:
            return True
        return False


def test_it_cannot_change_the_schema_nor_take_back_what_happened(service_url: str) -> None:
    assert [statement for statement in FORBIDDEN if not refused(service_url, statement)] == []


async def test_a_whole_talk_with_its_forgetting_through_the_running_service(tmp_path: Path, service_url: str) -> None:
    async with running_service(tmp_path, nlu="compiled", database_url=service_url) as service:
        await reports(service, "lampu jalan di depan pasar petung mati sudah dua minggu")
        async with browser(service) as citizen:
            await has_herself_forgotten(citizen)
        assert rows(service_url, "SELECT count(*) FROM case_events") != [(0,)]
        written = [name for (name,) in rows(service_url, "SELECT event FROM inbox")]
        assert [event for event in written if WORD in str(event)] == []
        assert "permission denied" not in service.stderr
    verified = await lapor(tmp_path, "case", "verify", database_url=service_url)
    swept = await lapor(tmp_path, "retention", database_url=service_url)
    kept = await lapor(tmp_path, "backup", str(tmp_path / "backup.tar"), database_url=service_url)
    assert [(one.code, one.stderr) for one in (verified, swept, kept)] == [(0, "")] * 3


@pytest.mark.parametrize("name", EVERY_STATEMENT)
def test_every_statement_that_a_talk_carries_out_is_allowed(name: str, service_url: str) -> None:
    [file] = [file for file in TALKS if file.stem == name]
    talk = TALKS[file]
    held = asyncio.run(hold(talk, TelegramStage(World(talk.settings), service_url)))
    assert talk.with_answers(held.answers).splitlines() == written_anew(file).splitlines()
    assert held.cases == held_in_core(file).cases


@pytest.fixture
def empty_url(postgres: PostgresServer) -> Iterator[str]:
    """The address of a database without any table."""
    url = postgres.new_database(empty=True)
    yield url
    postgres.drop(url)


async def test_the_owner_brings_an_old_schema_up_to_date_and_the_service_says_that_it_is_due(
    tmp_path: Path, postgres_url: str
) -> None:
    database = Database(postgres_url)
    await schema.downgrade(database, "0021")
    await database.close()
    await make_roles(tmp_path, postgres_url)
    addresses = {
        "database_url": as_role(postgres_url, SERVICE),
        "migrating_database_url": as_role(postgres_url, OWNER),
    }
    started = await lapor(tmp_path, "start", database_url=addresses["database_url"])
    assert started.code == 1
    assert "run ./lapor db upgrade with LAPOR_MIGRATING_DATABASE_URL" in started.sentence
    upgraded = await lapor(tmp_path, "db", "upgrade", **addresses)
    assert upgraded.code == 0, upgraded.stderr
    async with running_service(tmp_path, database_url=addresses["database_url"]):
        assert refused(addresses["database_url"], "DELETE FROM case_events")


async def test_the_owner_makes_the_first_tables(tmp_path: Path, empty_url: str) -> None:
    with psycopg.connect(empty_url, autocommit=True) as superuser:
        for role in (OWNER, SERVICE):
            known = superuser.execute("SELECT FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
            if known is None:
                superuser.execute(f"CREATE ROLE {role} LOGIN".encode())
        superuser.execute(f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}".encode())
    addresses = {"database_url": as_role(empty_url, SERVICE), "migrating_database_url": as_role(empty_url, OWNER)}
    upgraded = await lapor(tmp_path, "db", "upgrade", **addresses)
    assert upgraded.code == 0, upgraded.stderr
    async with running_service(tmp_path, database_url=addresses["database_url"]):
        pass
