"""The supervised server when something fails: it is started again, and says what went wrong."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from bot.understanding.port import CannotUnderstand, UnderstandingState
from bot.understanding.rasa.environment import PreparationFailed
from bot.understanding.rasa.preparation import PreparationStage
from bot.understanding.rasa.server import RasaServer
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.servers import FIRST_WORDS, NEVER_AGAIN, PATIENCE, News, a_server, intents, life
from tests.unit.understanding_rasa.workshops import a_workshop

pytestmark = pytest.mark.slow


async def test_one_that_is_killed_is_started_again(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    async with a_server(rasa_environment) as (server, news):
        first = await server.first_reader()
        await news.until(PreparationStage.READY)
        os.kill(rasa_environment.last("pid"), signal.SIGKILL)
        await news.until(PreparationStage.READY)
        assert await intents(server) == ["complaint"]
        assert server.reader is not first
        with pytest.raises(CannotUnderstand, match="gone"):
            await first.understand(FIRST_WORDS)


async def test_one_that_is_frozen_is_killed_and_started_again(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    dead = life(rasa_environment)
    async with a_server(rasa_environment, replace(PATIENCE, check=0.5)) as (server, news):
        await news.until(PreparationStage.READY)
        (rasa_environment.folders.program / "alive").unlink()
        os.kill(rasa_environment.last("pid"), signal.SIGSTOP)
        failed = await news.until(PreparationStage.FAILED)
        await news.until(PreparationStage.READY)
        assert "frozen" in failed.detail
        assert await intents(server) == ["complaint"]
    assert await asyncio.wait_for(dead, PATIENCE_SECONDS) == ""


async def test_one_that_lost_its_leash_serves_on_and_ends_with_the_service(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    dead = life(rasa_environment)
    async with a_server(rasa_environment) as (server, _):
        await server.first_reader()
        os.kill(rasa_environment.last("parent"), signal.SIGKILL)
        assert await intents(server) == ["complaint"]
    assert await asyncio.wait_for(dead, PATIENCE_SECONDS) == ""


async def test_one_that_cannot_start_is_down_says_so_and_is_tried_again(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    async with a_server(rasa_environment) as (server, news):
        await news.until(PreparationStage.LOADING)
        await news.until(PreparationStage.READY)
        rasa_environment.let_python_stumble()
        os.kill(rasa_environment.last("pid"), signal.SIGKILL)
        await news.until(PreparationStage.FAILED)
        failed = await news.until(PreparationStage.FAILED)
        rasa_environment.let_python_recover()
        await news.until(PreparationStage.READY)
        assert await intents(server) == ["complaint"]
    assert failed.detail == (
        f"The language model cannot be served: it ended with 1 before it was ready (see {rasa_environment.folders.log})."
    )
    assert "this model is no use." in rasa_environment.folders.log.read_text()


async def test_a_preparation_that_fails_is_told_to_who_waits_and_tried_again(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.let_uv_refuse("error: No interpreter found for Python 3.10")
    async with a_server(rasa_environment) as (server, news):
        with pytest.raises(PreparationFailed, match=r"uv python install 3.10"):
            await server.first_reader()
        rasa_environment.let_uv_refuse("")
        await news.until(PreparationStage.READY)


async def test_between_two_attempts_it_is_down(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.let_uv_refuse("error: dns error")
    async with a_server(rasa_environment, NEVER_AGAIN) as (server, news):
        await news.until(PreparationStage.FAILED)
        assert (server.reader, server.state) == (None, UnderstandingState.DOWN)


async def test_a_model_of_another_regency_is_not_offered(tmp_path: Path) -> None:
    rasa_environment, news = a_workshop(tmp_path), News()
    categories = frozenset({"jalan", "sampah"})
    async with RasaServer(
        rasa_environment.folders,
        news,
        known_categories=categories,
        environ=rasa_environment.environ,
        patience=NEVER_AGAIN,
    ) as server:
        failed = await news.until(PreparationStage.FAILED)
        assert (server.reader, "fewer than 3 known categories" in failed.detail) == (None, True)
