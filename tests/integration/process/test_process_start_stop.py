"""Starting and ending the real process: it answers soon, ends when it is told to, and leaves no child behind."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path

import pytest

from bot.configuration.settings import HOME
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import ANY, Temper
from tests.integration.process.books import waiting
from tests.integration.process.processes import descendants
from tests.integration.process.service import Service, running_service, start
from tests.integration.process.surroundings import LAUNCHER, SERVICE, free_port, until

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

STORY = "lampu jalan di Petung mati sudah dua minggu"


def settings_for(telegram: FakeTelegram) -> dict[str, object]:
    return {"telegram_token": telegram.token, "telegram_api_url": telegram.url}


def uv_that_trains_for_ever(folder: Path) -> Path:
    """Stands in for uv: all is installed, and whatever is to be run has a child of its own and never ends."""
    uv = folder / "uv"
    uv.write_text('#!/bin/sh\n[ "$1" = run ] || exit 0\nsleep 3600 & exec sleep 3600\n', encoding="utf-8")
    uv.chmod(0o755)
    return uv


async def training(service: Service) -> None:
    """Wait until the language model's processes run: the one that trains, and its child."""

    def sleepers() -> bool:
        commands = [process.command for process in descendants(service.process.pid)]
        return commands.count("sleep") == 2

    await until(sleepers, "the language model's processes run")


@pytest.mark.manual("operator-telegram")
async def test_a_citizen_is_answered_as_soon_as_it_is_ready(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running_service(tmp_path, program=LAUNCHER, **settings_for(telegram)):
        siti = telegram.citizen()
        await siti.says(STORY)
        [card] = await siti.hears()
        assert STORY in card.text
        assert "Tidak tahu" in card.labels


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
async def test_a_signal_ends_it_with_0_and_no_child(tmp_path: Path, number: signal.Signals) -> None:
    async with FakeTelegram() as telegram:
        async with running_service(tmp_path, program=LAUNCHER, **settings_for(telegram)) as service:
            assert await service.end(number) == 0
            await service.leaves_nobody()
        assert service.stderr == ""


async def test_a_signal_ends_it_although_telegram_is_silent(tmp_path: Path) -> None:
    async with (
        FakeTelegram() as telegram,
        running_service(tmp_path, **settings_for(telegram)) as service,
    ):
        telegram.fail(ANY, Temper.SILENT, times=float("inf"))
        await telegram.citizen().says(STORY)
        await until(lambda: waiting(service.database) > 0, "it has an answer that it cannot send")
        assert await service.end() == 0


async def test_a_signal_ends_it_while_it_is_still_starting(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.fail(ANY, Temper.SILENT, times=float("inf"))
        service = await start(tmp_path, program=SERVICE, **settings_for(telegram))
        try:
            await until(service.database.exists, "it has opened its database", 60)
            assert await service.health() is None
            assert await service.end() == 0
            await service.leaves_nobody()
        finally:
            service.kill_all()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "SIGKILL"])
async def test_no_process_of_the_language_model_outlives_it(tmp_path: Path, number: signal.Signals) -> None:
    uv = uv_that_trains_for_ever(tmp_path)
    async with running_service(tmp_path, nlu="rasa", uv=uv) as service:
        await training(service)
        assert "is being trained" in service.stdout
        assert await service.end(number) == (-signal.SIGKILL if number is signal.SIGKILL else 0)
        await service.leaves_nobody()


async def test_a_kill_leaves_nobody_and_the_next_start_goes_on(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        siti = telegram.citizen()
        async with running_service(tmp_path, **settings_for(telegram)) as service:
            await siti.says(STORY)
            await siti.hears()
            await service.end(signal.SIGKILL)
            await service.leaves_nobody()
        await siti.presses("Tidak tahu")
        async with running_service(tmp_path, **settings_for(telegram)):
            [card] = await siti.hears()
            assert card.edited
            assert STORY in card.text


async def test_without_a_token_it_says_how_to_get_one_and_keeps_running(tmp_path: Path) -> None:
    async with running_service(tmp_path) as service:
        said = await until(lambda: "BotFather" in service.stdout and service.stdout, "it says how to get a token")
        assert "LAPOR_TELEGRAM_TOKEN" in said
        assert "./lapor chat" in said
        assert f"{service.address}/health/ready" in said
        assert (await service.becomes(database="ok"))["channels"]["telegram"] == "off"


async def test_it_starts_without_telegram_and_works_once_it_can_be_reached(tmp_path: Path) -> None:
    async with FakeTelegram(port=free_port()) as telegram:
        await telegram.stop()
        async with running_service(tmp_path, **settings_for(telegram)) as service:
            assert (await service.becomes(status="degraded"))["channels"]["telegram"] == "unreachable"
            await telegram.start()
            siti = telegram.citizen()
            await siti.says(STORY)
            assert await siti.hears()
            await service.becomes(status="ready")


async def test_a_silent_telegram_does_not_hold_up_the_start(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.fail("getMe", Temper.SILENT)
        async with running_service(tmp_path, **settings_for(telegram)) as service:
            siti = telegram.citizen()
            await siti.says(STORY)
            assert await siti.hears()
            await service.becomes(status="ready")


async def test_a_token_that_telegram_refuses_only_later_ends_it_too(tmp_path: Path) -> None:
    async with FakeTelegram(port=free_port()) as telegram:
        await telegram.stop()
        wrong = settings_for(telegram) | {"telegram_token": "700123:another-one"}
        async with running_service(tmp_path, **wrong) as service:
            await telegram.start()
            assert await asyncio.wait_for(service.process.wait(), 60) == 1
            assert "does not accept the token" in service.stderr.splitlines()[-1]


async def test_a_category_that_its_model_cannot_predict_is_told_at_the_start_in_one_line(tmp_path: Path) -> None:
    own = tmp_path / "regency"
    shutil.copytree(HOME / "data", own, ignore=shutil.ignore_patterns("nlu", "held_back"))
    with (own / "categories.csv").open("a") as file:
        file.write("pasar_hewan,kerja_dan_usaha,Pasar hewan,Livestock markets,no,no\n")
    with (own / "routing.csv").open("a") as file:
        file.write("pasar_hewan,,,dispertan,0\n")
    async with running_service(tmp_path, config_dir=own, nlu="compiled") as service:
        await until(lambda: "predict" in service.stdout, "the line is there")
        [line] = [line for line in service.stdout.splitlines() if "predict" in line]
    assert line.startswith("The language model in service cannot predict pasar_hewan; ")
    assert "data/nlu/category/pasar_hewan.yml, ./lapor nlu train and ./lapor nlu promote." in line
