"""The database server restarts, or is gone for a while, under running processes: nothing is lost, and all goes on."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.fakes.telegram import FakeTelegram
from tests.integration.process.books import rows, waiting
from tests.integration.process.kills import House, Setup, Town, running_house
from tests.integration.process.service import Service
from tests.integration.process.surroundings import until
from tests.integration.process.verdict import heard_twice, wrong_reports, wrong_updates, wrongly_told
from tests.postgres import PostgresServer, running_postgres

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    with running_postgres() as one:
        yield one


async def ready(service: Service) -> tuple[int, str]:
    """Status of `/health/ready`, and what it says of the database."""
    async with ClientSession() as session, session.get(f"{service.address}/health/ready") as answer:
        return answer.status, str((await answer.json())["database"])


async def says(service: Service, status: int, database: str) -> None:
    async with asyncio.timeout(60):
        while await ready(service) != (status, database):
            await asyncio.sleep(0.05)


async def comes_to_rest(town: Town, house: House, url: str, living: asyncio.Task[None]) -> None:
    town.closing_time = True
    await living
    await until(lambda: waiting(url) == 0, "everything is worked and sent", 60)
    assert wrong_updates(town, url) == []
    assert wrong_reports(town, url) == []
    assert wrongly_told(town, url) == []


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_server_that_is_gone_for_a_while_costs_nobody_anything(
    tmp_path: Path, server: PostgresServer, mode: str
) -> None:
    url = server.new_database()
    setup = Setup(mode, url)
    async with FakeTelegram() as telegram, running_house(tmp_path, setup, telegram) as house:
        await house.start()
        await house.is_ready()
        dice = random.Random(random.random())  # noqa: S311 - pytest-randomly gives the seed
        town = Town(telegram, dice, [telegram.citizen(f"Warga{number}") for number in range(6)])
        living = asyncio.create_task(town.live())
        await until(lambda: len(town.reports) > 0 or living.done(), "somebody files", 60)
        await asyncio.to_thread(server.stop)
        [service] = house.services
        await says(service, 503, "down")
        await town.falls_silent()
        town.killed()  # what was handed to Telegram and not yet written down may come once more
        told = len(town.reports)
        server.start()
        await says(service, 200, "ok")
        await until(lambda: len(town.reports) > told or living.done(), "somebody files again", 60)
        await comes_to_rest(town, house, url, living)
        assert heard_twice(town, url) <= len(town.citizens)


async def test_a_server_that_restarts_under_two_processes_costs_nobody_anything(
    tmp_path: Path, server: PostgresServer
) -> None:
    url = server.new_database()
    async with FakeTelegram() as telegram, running_house(tmp_path, Setup("polling", url, 2), telegram) as house:
        await house.start()
        await house.is_ready()
        dice = random.Random(random.random())  # noqa: S311 - pytest-randomly gives the seed
        town = Town(telegram, dice, [telegram.citizen(f"Warga{number}") for number in range(6)])
        living = asyncio.create_task(town.live())
        for _ in range(2):
            told = len(town.reports)
            await until(lambda told=told: len(town.reports) > told or living.done(), "somebody files", 60)  # type: ignore[misc]
            await asyncio.to_thread(server.stop)
            await town.falls_silent()
            town.killed()
            await asyncio.to_thread(server.start)
            town.killed()  # on a busy machine something may have arrived after the silence, and comes once more now
        await comes_to_rest(town, house, url, living)


async def test_a_start_without_a_server_says_so_in_one_sentence(tmp_path: Path, server: PostgresServer) -> None:
    url = server.new_database()
    server.stop()
    async with FakeTelegram() as telegram, running_house(tmp_path, Setup("polling", url), telegram) as house:
        await house.start()
        [service] = house.services
        assert await asyncio.wait_for(service.process.wait(), 60) == 1
        assert "cannot be opened" in service.stderr.splitlines()[-1]
        assert "LAPOR_DATABASE_URL" in service.stderr


async def test_what_is_posted_while_the_server_is_gone_is_refused_and_comes_again(
    tmp_path: Path, server: PostgresServer
) -> None:
    url = server.new_database()
    async with FakeTelegram() as telegram, running_house(tmp_path, Setup("webhook", url), telegram) as house:
        await house.start()
        await house.is_ready()
        siti = telegram.citizen()
        server.stop()
        await siti.says("lampu jalan di Petung mati sudah dua minggu")
        webhook = telegram.world.updates.webhook
        assert webhook is not None
        await until(lambda: 503 in webhook.statuses, "it is refused", 30)
        server.start()
        assert await siti.hears()
        assert rows(url, "SELECT count(*) FROM inbox") == [(1,)]
