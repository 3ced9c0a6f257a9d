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
from bot.understanding.rasa.preparation import Stage
from bot.understanding.rasa.server import RasaServer
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.servers import FIRST_WORDS, NEVER_AGAIN, PATIENCE, News, a_server, intents, life
from tests.unit.understanding_rasa.workshops import a_workshop

pytestmark = pytest.mark.slow


async def test_one_that_is_killed_is_started_again(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    async with a_server(workshop) as (server, news):
        first = await server.first_reader()
        await news.until(Stage.READY)
        os.kill(workshop.last("pid"), signal.SIGKILL)
        await news.until(Stage.READY)
        assert await intents(server) == ["complaint"]
        assert server.reader is not first
        with pytest.raises(CannotUnderstand, match="gone"):
            await first.understand(FIRST_WORDS)


async def test_one_that_is_frozen_is_killed_and_started_again(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    dead = life(workshop)
    async with a_server(workshop, replace(PATIENCE, check=0.5)) as (server, news):
        await news.until(Stage.READY)
        (workshop.folders.program / "alive").unlink()
        os.kill(workshop.last("pid"), signal.SIGSTOP)
        failed = await news.until(Stage.FAILED)
        await news.until(Stage.READY)
        assert "frozen" in failed.detail
        assert await intents(server) == ["complaint"]
    assert await asyncio.wait_for(dead, PATIENCE_SECONDS) == ""


async def test_one_that_lost_its_leash_serves_on_and_ends_with_the_service(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    dead = life(workshop)
    async with a_server(workshop) as (server, _):
        await server.first_reader()
        os.kill(workshop.last("parent"), signal.SIGKILL)
        assert await intents(server) == ["complaint"]
    assert await asyncio.wait_for(dead, PATIENCE_SECONDS) == ""


async def test_one_that_cannot_start_is_down_says_so_and_is_tried_again(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    async with a_server(workshop) as (server, news):
        await news.until(Stage.LOADING)
        await news.until(Stage.READY)
        workshop.let_python_stumble()
        os.kill(workshop.last("pid"), signal.SIGKILL)
        await news.until(Stage.FAILED)
        failed = await news.until(Stage.FAILED)
        workshop.let_python_recover()
        await news.until(Stage.READY)
        assert await intents(server) == ["complaint"]
    assert failed.detail == (
        f"The language model cannot be served: it ended with 1 before it was ready (see {workshop.folders.log})."
    )
    assert "this model is no use." in workshop.folders.log.read_text()


async def test_a_preparation_that_fails_is_told_to_who_waits_and_tried_again(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    workshop.let_uv_refuse("error: No interpreter found for Python 3.10")
    async with a_server(workshop) as (server, news):
        with pytest.raises(PreparationFailed, match=r"uv python install 3.10"):
            await server.first_reader()
        workshop.let_uv_refuse("")
        await news.until(Stage.READY)


async def test_between_two_attempts_it_is_down(tmp_path: Path) -> None:
    workshop = a_workshop(tmp_path)
    workshop.let_uv_refuse("error: dns error")
    async with a_server(workshop, NEVER_AGAIN) as (server, news):
        await news.until(Stage.FAILED)
        assert (server.reader, server.state) == (None, UnderstandingState.DOWN)


async def test_a_model_of_another_regency_is_not_offered(tmp_path: Path) -> None:
    workshop, news = a_workshop(tmp_path), News()
    categories = frozenset({"jalan", "sampah"})
    async with RasaServer(
        workshop.folders, news, known_categories=categories, environ=workshop.environ, patience=NEVER_AGAIN
    ) as server:
        failed = await news.until(Stage.FAILED)
        assert (server.reader, "fewer than 3 known categories" in failed.detail) == (None, True)
