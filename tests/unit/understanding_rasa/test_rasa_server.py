"""The supervised server, with real processes: it is started, watched, started again, shared, and never left behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import stat
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.understanding.port import UnderstandingState
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import PreparationStage
from bot.understanding.rasa.server import RasaServer
from bot.understanding.rasa.server_address import ServerAddress, answering
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_rasa.rasa_doubles import ObligingRasa
from tests.unit.understanding_rasa.servers import PATIENCE, News, a_server, intents, life
from tests.unit.understanding_rasa.workshops import a_workshop

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parents[3]


async def test_the_model_is_installed_trained_loaded_and_answers(tmp_path: Path) -> None:
    async with a_server(a_workshop(tmp_path)) as (server, news):
        starting = server.state
        assert await intents(server) == ["complaint"]
        assert (starting, server.state) == (UnderstandingState.STARTING, UnderstandingState.RASA)
        assert news.stages == [
            PreparationStage.INSTALLING,
            PreparationStage.TRAINING,
            PreparationStage.LOADING,
            PreparationStage.READY,
        ]


async def test_its_address_is_for_its_owner_alone_and_is_gone_with_it(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    async with a_server(rasa_environment) as (server, _):
        await server.first_reader()
        assert stat.S_IMODE(rasa_environment.folders.address.stat().st_mode) == 0o600
        address = await answering(rasa_environment.folders.address)
        assert address is not None
        assert (address.pid, address.threshold_sure) == (os.getpid(), 0.8)
        assert address.token not in repr(address)
    assert not rasa_environment.folders.address.exists()
    assert (server.reader, server.state) == (None, UnderstandingState.DOWN)


async def test_it_gets_its_token_by_a_file_and_nothing_of_ours_by_environment(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.environ.update({"VIRTUAL_ENV": "/ours", "PYTHONPATH": "/ours", "LAPOR_SECRET_KEY": "ours"})
    async with a_server(rasa_environment, token="s3cret") as (server, _):
        await server.first_reader()
    [served] = rasa_environment.served
    assert "s3cret" not in str(served["words"])
    environment = served["environment"]
    assert isinstance(environment, dict)
    given = {name: environment.get(name) for name in ("RASA_TELEMETRY_ENABLED", "VIRTUAL_ENV")}
    assert given == {"RASA_TELEMETRY_ENABLED": "false", "VIRTUAL_ENV": None}
    assert not {"PYTHONPATH", "LAPOR_SECRET_KEY", "LAPOR_UV", "LAPOR_NLU_TOKEN"} & environment.keys()
    assert "s3cret" not in str(environment)
    words = served["words"]
    assert isinstance(words, list)
    token = Path(words[words.index("--token-file") + 1])
    assert (token.read_text(encoding="utf-8"), stat.S_IMODE(token.stat().st_mode)) == ("s3cret", 0o600)


async def test_stopping_leaves_no_process(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    dead = life(rasa_environment)
    async with a_server(rasa_environment) as (server, _):
        await server.first_reader()
    assert await asyncio.wait_for(dead, PATIENCE_SECONDS) == ""


async def test_two_on_one_data_folder_share_a_server(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    async with a_server(rasa_environment) as (first, _), a_server(rasa_environment) as (second, _):
        assert [await intents(first), await intents(second)] == [["complaint"]] * 2
        assert len(rasa_environment.served) == 1


async def test_one_that_shares_anothers_server_takes_over_when_that_is_gone(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    async with ObligingRasa() as others:
        port = int(others.url.rpartition(":")[2])
        rasa_environment.folders.data_dir.mkdir()
        ServerAddress(port, "another's", 1, 0.5).write(rasa_environment.folders.address)
        news = News()
        server = RasaServer(rasa_environment.folders, news, environ=rasa_environment.environ, patience=PATIENCE)
        await server.start()
        await news.until(PreparationStage.READY)
        shared = (len(rasa_environment.served), others.queries[0])
    await news.until(PreparationStage.READY)
    await server.stop()
    assert (shared, len(rasa_environment.served)) == ((0, {"token": "another's"}), 1)


@pytest.mark.parametrize("left_behind", ["", "{}", '{"port": 9, "token": "t", "pid": 1, "threshold_sure": 0.5}'])
async def test_an_address_that_a_dead_service_left_behind_is_passed_over(tmp_path: Path, left_behind: str) -> None:
    rasa_environment = a_workshop(tmp_path)
    rasa_environment.folders.data_dir.mkdir()
    rasa_environment.folders.address.write_text(left_behind)
    assert await answering(rasa_environment.folders.address) is None
    async with a_server(rasa_environment) as (server, _):
        assert await intents(server) == ["complaint"]
        assert json.loads(rasa_environment.folders.address.read_text())["pid"] == os.getpid()


A_SERVICE = """
import asyncio, sys
from pathlib import Path
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.server import RasaServer

async def main():
    folders = ModelFolders(*(Path(word) for word in sys.argv[1:4]))
    async with RasaServer(folders, lambda step: print(step.stage, flush=True)):
        await asyncio.Event().wait()

asyncio.run(main())
"""


@asynccontextmanager
async def a_service(folders: ModelFolders, environ: dict[str, str]) -> AsyncIterator[Process]:
    """A process that serves the model and is ready; killed at the end, if it still lives."""
    words = (str(folders.project), str(folders.config_dir), str(folders.data_dir))
    service = await create_subprocess_exec(
        sys.executable, "-c", A_SERVICE, *words, stdout=PIPE, cwd=PROJECT, env=environ
    )
    try:
        assert service.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await service.stdout.readline() != b"ready\n":
                pass
        yield service
    finally:
        with contextlib.suppress(ProcessLookupError):
            service.kill()
        await service.communicate()


async def test_sigkill_of_the_service_leaves_no_server(tmp_path: Path) -> None:
    rasa_environment = a_workshop(tmp_path)
    dead = life(rasa_environment)
    async with a_service(rasa_environment.folders, rasa_environment.environ) as service:
        service.kill()
        assert await asyncio.wait_for(dead, PATIENCE_SECONDS) == ""
