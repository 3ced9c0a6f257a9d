"""An agency's own system is told of every event of its cases, signed, in order and each once, whoever is killed."""

from __future__ import annotations

import asyncio
import json
import secrets
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.integrations.api_keys import ApiKey, add_key
from actions.store.integrations.webhooks import GIVEN_UP, add_hook, put_webhook_deliveries
from bot.integrations.open311.keys import draw_key, key_digest
from bot.integrations.webhooks.payload import hook_secret, told_secret
from tests.databases import on_sqlite
from tests.integration.hooks.agency_system import AgencySystem, agency_system
from tests.integration.open311.keys import files
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import until

pytestmark = pytest.mark.slow

SETTINGS: dict[str, Any] = {
    "nlu": "off",
    "hook_networks": "127.0.0.0/8",
    "secret_key": "a key that all processes share",
}
PATIENCE = 90.0
"""Seconds; pauses between tries are among them."""


@dataclass(slots=True)
class Installation:
    """A folder, a database, and the system of the road agency beside it."""

    folder: Path
    settings: dict[str, Any]
    system: AgencySystem
    key: str = ""

    async def command(self, *words: str) -> str:
        done = await lapor(self.folder, *words, **self.settings)
        assert done.code == 0, done.stderr
        return done.stdout

    @property
    def url(self) -> str:
        """Of its database."""
        return self.settings.get("database_url") or f"sqlite:///{self.folder / 'var' / 'lapor.db'}"

    async def prepare(self) -> None:
        """What `lapor hook add` and `lapor api-key add` leave in the database; commands take seconds to start."""
        now, salt = datetime.now(UTC), "5a17"
        self.system.secret = told_secret(hook_secret(SETTINGS["secret_key"].encode(), salt))
        self.key = draw_key(secrets.token_bytes)
        (self.folder / "var").mkdir()
        database = Database(self.url)
        await schema.upgrade(database)
        async with database.writing() as connection:
            await add_hook(connection, "dpupr", self.system.url, salt, now)
            await add_key(connection, ApiKey("penguji", may_send=True, since=now), key_digest(self.key))
        await database.close()

    def letters(self) -> Sequence[Any]:
        """What waits, asked for by another program."""
        driver = "sqlite" if self.url.startswith("sqlite") else "postgresql+psycopg"
        engine = create_engine(make_url(self.url).set(drivername=driver))
        with engine.connect() as connection:
            found = connection.execute(
                text("SELECT ticket, number, state, attempts FROM webhook_deliveries ORDER BY id")
            )
            rows = found.all()
        engine.dispose()
        return rows

    async def all_is_told(self) -> None:
        await until(lambda: not self.letters(), "everything is told", PATIENCE)

    def ids_of(self, tickets: Sequence[str]) -> list[str]:
        return sorted(f"{ticket}.{number}" for ticket in tickets for number in (1, 2))


@pytest.fixture
async def installation(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> AsyncIterator[Installation]:
    url = {"database_url": request.getfixturevalue("postgres_url")} if kind == "postgresql" else {}
    async with agency_system() as system:
        made = Installation(tmp_path, {**SETTINGS, **url}, system)
        await made.prepare()
        yield made


@asynccontextmanager
async def running(installation: Installation) -> AsyncIterator[Service]:
    async with running_service(installation.folder, **installation.settings) as service:
        yield service


def in_order(ids: Sequence[str]) -> bool:
    """Whether of each case the events came one after the other, each for the first time after those before it."""
    first = list(dict.fromkeys(ids))
    return all(first.index(f"{name[:-1]}1") < first.index(name) for name in first if name.endswith(".2"))


async def test_each_event_is_told_once_signed_and_in_order(installation: Installation) -> None:
    system = installation.system
    async with running(installation) as service:
        tickets = [await files(service.address, installation.key) for _ in range(3)]
        other = await files(service.address, installation.key, service_code="sampah")
        await installation.all_is_told()
    assert sorted(system.ids) == installation.ids_of(tickets)
    assert (in_order(system.ids), system.forged) == (True, 0)
    assert other not in str(system.messages)
    case = next(message for message in system.messages if message["type"] == "case.forward")["data"]["case"]
    assert (case["agency"], case["story"]) == ("dpupr", "Aspal berlubang dalam di depan masjid")


@on_sqlite
async def test_nothing_of_a_secret_case_is_told(installation: Installation) -> None:
    system = installation.system
    async with running(installation) as service:
        secret = {"attribute[secret]": "true"}
        ticket = await files(service.address, installation.key, **secret)
        await installation.command("case", "forward", ticket, "dpupr")
        seen = await files(service.address, installation.key)
        await installation.all_is_told()
    assert sorted(system.ids) == installation.ids_of([seen])


async def test_killed_while_nobody_takes_them_every_message_arrives_afterwards_once(
    installation: Installation,
) -> None:
    system = installation.system
    system.fails = -1
    async with running(installation) as service:
        tickets = [await files(service.address, installation.key) for _ in range(4)]
        await until(lambda: system.refused, "it was tried", PATIENCE)
        await service.end(signal.SIGKILL)
    assert len(installation.letters()) == 8
    system.fails = 0
    async with running(installation):
        await installation.all_is_told()
    assert sorted(system.ids) == installation.ids_of(tickets)
    assert in_order(system.ids)


async def test_killed_while_they_are_on_their_way_nothing_is_lost_and_what_comes_twice_has_one_name(
    installation: Installation,
) -> None:
    system = installation.system
    async with running(installation) as service:
        system.holds.clear()
        tickets = [await files(service.address, installation.key) for _ in range(4)]
        await asyncio.sleep(0)
        system.holds.set()
        await until(lambda: system.ids, "the first has arrived", PATIENCE)
        await service.end(signal.SIGKILL)
    async with running(installation):
        await installation.all_is_told()
    assert sorted(set(system.ids)) == installation.ids_of(tickets)
    assert in_order(system.ids)


@pytest.mark.parametrize("kind", [pytest.param("postgresql", marks=pytest.mark.postgres)])
async def test_of_several_processes_one_sends(installation: Installation) -> None:
    system = installation.system
    async with AsyncExitStack() as stack:
        services = []
        for number in range(2):
            folder = installation.folder / str(number)
            folder.mkdir()
            services.append(await stack.enter_async_context(running_service(folder, **installation.settings)))
        tickets = [await files(service.address, installation.key) for service in services * 3]
        await installation.all_is_told()
    assert sorted(system.ids) == installation.ids_of(tickets)
    assert in_order(system.ids)


@on_sqlite
async def test_addresses_are_added_listed_and_removed_beside_the_running_service(installation: Installation) -> None:
    system = installation.system
    async with running(installation) as service, agency_system() as another:
        told = await installation.command("hook", "add", "dlh", another.url)
        another.secret = told.splitlines()[0].rpartition(" ")[2]
        system.fails = -1
        waste = await files(service.address, installation.key, service_code="sampah")
        await files(service.address, installation.key)
        await until(lambda: len(another.ids) == 2, "the new system is told", PATIENCE)
        assert another.ids == [f"{waste}.1", f"{waste}.2"]
        await until(lambda: system.refused, "it was tried", PATIENCE)
        await until(lambda: len(installation.letters()) == 2, "what was told waits no more", PATIENCE)
        listed = await installation.command("hook", "list", "--json")
        waiting = {one["agency"]: one["waiting"] for one in json.loads(listed)}
        assert (waiting, another.secret in listed) == ({"dlh": 0, "dpupr": 2}, False)
        await installation.command("hook", "remove", "dpupr")
        assert installation.letters() == []


@on_sqlite
async def test_what_was_given_up_is_told_by_the_doctor_and_sent_again_when_that_is_asked(
    installation: Installation,
) -> None:
    database = Database(installation.url)
    async with database.writing() as connection:
        letter = {"hook": 1, "ticket": "LP-2222-2222", "number": 1, "state": GIVEN_UP, "created_at": datetime.now(UTC)}
        await put_webhook_deliveries(connection, [letter])
    await database.close()
    said = " ".join((await installation.command("doctor")).split())
    assert "The system of dpupr has not taken 1 messages for days" in said
    assert "./lapor hook retry dpupr" in said
    assert "1 messages are sent again" in await installation.command("hook", "retry", "dpupr")
    assert [row.state for row in installation.letters()] == ["new"]
