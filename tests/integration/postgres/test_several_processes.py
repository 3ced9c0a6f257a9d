"""Several real processes on one PostgreSQL database: one fetches and sends, all work, and another steps in."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout, CookieJar

from tests.fakes.telegram import FakeTelegram
from tests.integration.process.books import rows, waiting
from tests.integration.process.kills import END_SECONDS, House, Setup, Town, kill_again_and_again, running_house
from tests.integration.process.service import Service
from tests.integration.process.surroundings import until
from tests.integration.process.verdict import heard_twice, wrong_reports, wrong_updates, wrongly_told
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

CITIZENS, PIECES, MOST_CITIZENS = 20, 10, 400


@asynccontextmanager
async def a_house(folder: Path, telegram: FakeTelegram, url: str, mode: str = "polling") -> AsyncIterator[House]:
    """Two processes, running."""
    async with running_house(folder, Setup(mode, url, 2), telegram) as house:
        await house.start()
        await house.is_ready()
        yield house


async def telegram_of(service: Service) -> str:
    said = await service.health()
    return str(said["channels"]["telegram"]) if said else "no answer"


async def holder_of(house: House, within_seconds: float = PATIENCE_SECONDS) -> Service:
    """The process that polls, once there is one; there never are two."""
    async with asyncio.timeout(within_seconds):
        while True:
            running = [service for service in house.services if not service.has_ended]
            holders = [service for service in running if await telegram_of(service) == "polling"]
            assert len(holders) < 2
            if holders:
                return holders[0]


async def test_one_process_polls_and_the_other_stands_by(tmp_path: Path, postgres_url: str) -> None:
    async with FakeTelegram() as telegram, a_house(tmp_path, telegram, postgres_url) as house:
        await holder_of(house)
        assert sorted([await telegram_of(service) for service in house.services]) == ["polling", "standby"]
        assert [said["status"] for service in house.services if (said := await service.health())] == ["ready"] * 2


async def test_another_takes_over_when_the_one_that_polls_is_killed(tmp_path: Path, postgres_url: str) -> None:
    async with FakeTelegram() as telegram, a_house(tmp_path, telegram, postgres_url) as house:
        siti = telegram.citizen()
        holder = await holder_of(house)
        await house.kill(holder)
        await siti.says("lampu jalan di Petung mati sudah dua minggu")
        assert await siti.hears()
        assert await holder_of(house) is not holder


async def test_another_takes_over_when_the_server_ends_the_session_of_the_one_that_polls(
    tmp_path: Path, postgres_url: str
) -> None:
    async with FakeTelegram() as telegram, a_house(tmp_path, telegram, postgres_url) as house:
        await holder_of(house)
        rows(
            postgres_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        siti = telegram.citizen()
        await siti.says("lampu jalan di Petung mati sudah dua minggu")
        assert await siti.hears()
        assert await holder_of(house)


async def test_200_messages_with_a_kill_in_the_middle_are_all_worked_once_and_in_order(
    tmp_path: Path, postgres_url: str
) -> None:
    async with FakeTelegram() as telegram, a_house(tmp_path, telegram, postgres_url) as house:
        people = [telegram.citizen(f"Warga{number}") for number in range(CITIZENS)]
        holder = await holder_of(house)
        for piece in range(PIECES):
            for number, citizen in enumerate(people):
                await citizen.says(f"jalan berlubang di depan rumah nomor {number}, bagian {piece} dari cerita saya")
            if piece == PIECES // 2:
                await house.kill(holder)
        everything = CITIZENS * PIECES
        counted = "SELECT count(*) FROM inbox WHERE state = 'done'"
        await until(lambda: rows(postgres_url, counted) == [(everything,)], "all are worked", 60)
        await until(lambda: waiting(postgres_url) == 0, "all is said", 60)
        for number, citizen in enumerate(people):
            [[record]] = rows(postgres_url, "SELECT record FROM dialogues WHERE chat = ?", str(citizen.id))
            told = [f"nomor {number}, bagian {piece} dari" for piece in range(PIECES)]
            assert [record.count(part) for part in told] == [1] * PIECES
            assert [record.index(part) for part in told] == sorted(record.index(part) for part in told)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_kills_of_either_of_two_processes_lose_nothing_and_file_nothing_twice(
    tmp_path: Path, postgres_url: str, mode: str
) -> None:
    dice = random.Random(random.random())  # noqa: S311 - pytest-randomly gives the seed
    town, house = await kill_again_and_again(tmp_path, 4, dice, Setup(mode, postgres_url, 2))
    assert wrong_updates(town, postgres_url) == []
    assert wrong_reports(town, postgres_url) == []
    assert wrongly_told(town, postgres_url) == []
    assert house.errors == []


async def test_both_processes_behind_a_webhook_take_messages(tmp_path: Path, postgres_url: str) -> None:
    async with FakeTelegram() as telegram, a_house(tmp_path, telegram, postgres_url, "webhook") as house:
        numbers = count()

        def share() -> list[bool]:
            return ['"event": "turn_worked"' in service.stderr for service in house.services]

        while not all(share()):  # whoever is awake first takes what waits
            people = [telegram.citizen(f"Warga{next(numbers)}") for _ in range(CITIZENS)]
            for citizen in people:
                await citizen.says("lampu jalan di Petung mati sudah dua minggu")
            assert all([await citizen.hears() for citizen in people])
            assert next(numbers) < MOST_CITIZENS, "one of them never works"
        for service in house.services:
            assert await service.end(within_seconds=END_SECONDS) == 0
        assert ["message_sent" in service.stderr for service in house.services].count(True) == 1


async def test_a_rolling_restart_behind_a_webhook_is_noticed_by_nobody(tmp_path: Path, postgres_url: str) -> None:
    async with FakeTelegram() as telegram, a_house(tmp_path, telegram, postgres_url, "webhook") as house:
        dice = random.Random(random.random())  # noqa: S311 - pytest-randomly gives the seed
        town = Town(telegram, dice, [telegram.citizen(f"Warga{number}") for number in range(6)])
        living = asyncio.create_task(town.live())
        for service in list(house.services):
            told = len(town.reports)
            await until(lambda told=told: len(town.reports) > told or living.done(), "somebody files", 60)  # type: ignore[misc]
            assert await service.end(within_seconds=END_SECONDS) == 0
            await house.start()
            await house.is_ready()
        town.closing_time = True
        await living
        await until(lambda: waiting(postgres_url) == 0, "everything is worked and sent", 60)
        assert wrong_updates(town, postgres_url) == []
        assert wrong_reports(town, postgres_url) == []
        assert wrongly_told(town, postgres_url) == []
        assert heard_twice(town, postgres_url) == 0


async def heard_on_the_page(session: ClientSession, service: Service, words: str, listening: asyncio.Event) -> None:
    """Read a page's stream until these words come by."""
    async with session.get(f"{service.address}/chat/stream") as stream:
        assert stream.status == 200
        async for line in stream.content:
            listening.set()
            if words in line.decode():
                return


@pytest.mark.parametrize("reads_at", [0, 1])
async def test_a_page_shows_what_another_process_has_answered(tmp_path: Path, postgres_url: str, reads_at: int) -> None:
    async with (
        FakeTelegram() as telegram,
        a_house(tmp_path, telegram, postgres_url) as house,
        ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=ClientTimeout(total=60)) as session,
    ):
        posts_to, reads = house.services[1 - reads_at], house.services[reads_at]
        async with session.get(posts_to.address) as page:
            assert page.status == 200
        listening = asyncio.Event()
        reading = asyncio.create_task(heard_on_the_page(session, reads, "Pilih dulu kategorinya", listening))
        await asyncio.wait_for(listening.wait(), 30)
        said = {"text": "lampu jalan di Petung mati sudah dua minggu"}
        async with session.post(f"{posts_to.address}/chat/messages", data=said, allow_redirects=False) as answer:
            assert answer.status == 303
        await asyncio.wait_for(reading, 30)
