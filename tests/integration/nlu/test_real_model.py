"""The real language model: trained on the authored corpus, served, watched over, and asked."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from actions.regency.files import load
from bot.understanding.evaluation.evaluation import LabelledText, score
from bot.understanding.evaluation.files import understand_rows
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.port import UnderstandingState
from bot.understanding.rasa.preparation import PreparationStage, PreparationNews
from bot.understanding.rasa.environment import find_uv
from bot.understanding.rasa.client import RasaUnderstanding
from bot.understanding.rasa.server import RasaServer
from bot.understanding.rasa.server_address import answering
from tests.patience import PATIENCE_SECONDS

PROJECT = Path(__file__).resolve().parents[3]
DATA = PROJECT / "data"
CATEGORIES = frozenset(leaf.slug for leaf in load(DATA, DATA).leaves())
ROWS = [
    LabelledText(
        "pju di jalur dua mati total sejak kemarin malam, mohon dicek petugasnya", "complaint", None, "penerangan_jalan"
    ),
    LabelledText("aspal di tikungan pasar sudah bolong dalam, motor saya hampir jatuh", "complaint", None, "jalan"),
    LabelledText("tong sampah dekat sekolah penuh dan tidak pernah diangkut truk", "complaint", None, "sampah"),
    LabelledText("air pdam di rumah kami keruh dan bau besi tiap pagi", "complaint", None, "air_bersih"),
    LabelledText("selokan mampet jadi banjir setinggi lutut di perumahan kami", "complaint", None, "drainase_banjir"),
    LabelledText("saya usul dibangun taman bermain anak di dekat kantor desa", "aspiration", None, "pohon_taman"),
    LabelledText("syarat membuat ktp baru apa saja ya dan dibuka jam berapa", "information", None, "kependudukan"),
    LabelledText("selamat pagi min", "greet"),
    LabelledText("makasih banyak atas bantuannya", "thanks"),
]
pytestmark = [pytest.mark.rasa, pytest.mark.slow, pytest.mark.skipif(find_uv() is None, reason="uv is not on the path")]


@asynccontextmanager
async def served(folders: ModelFolders) -> AsyncIterator[tuple[RasaServer, RasaUnderstanding, asyncio.Queue[PreparationNews]]]:
    news: asyncio.Queue[PreparationNews] = asyncio.Queue()
    async with RasaServer(folders, news.put_nowait, known_categories=CATEGORIES) as server:
        yield server, await asyncio.wait_for(server.first_reader(), 120), news


def descendants(pid: int) -> list[int]:
    """The processes that this one has started, from any thread, and those that they have."""
    lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    born = [int(child) for children in lists for child in children.split()]
    return born + [later for child in born for later in descendants(child)]


def the_server(pid: int) -> int:
    """The process that answers, among those that a process has started."""
    [serving] = [born for born in descendants(pid) if is_serving(born)]
    return serving


def is_serving(pid: int) -> bool:
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return words[1:2] == ["serve.py"]


async def test_authored_sentences_are_understood(folders: ModelFolders) -> None:
    async with served(folders) as (server, reader, _):
        scores = score(ROWS, await understand_rows(ROWS, reader, lambda _: None))
        assert server.state == UnderstandingState.RASA
    assert (scores.intent_accuracy or 0) >= 0.75
    assert (scores.top3 or 0) >= 0.75


async def test_odd_texts_get_three_categories_that_the_regency_has(folders: ModelFolders) -> None:
    odd = ["", " ", "?", "/start", "👍👍", "\x00", "ＢＡＮＪＩＲ", "a" * 20_000, "jalan rusak\n" * 900]  # noqa: RUF001
    async with served(folders) as (_, reader, _):
        readings = await reader.understand(odd)
    assert [len(reading.categories) >= 3 for reading in readings] == [True] * len(odd)
    assert {guess.name for reading in readings for guess in reading.categories} <= CATEGORIES


async def test_no_words_of_a_citizen_and_no_token_reach_the_log(folders: ModelFolders) -> None:
    async with served(folders) as (_, reader, _):
        await reader.understand(["rahasia sekali \x00", "rahasia " * 900])
        address = await answering(folders.address)
        assert address is not None
    log = folders.log.read_text()
    assert [secret for secret in ("rahasia", address.token) if secret in log] == []


async def test_a_frozen_server_is_replaced(folders: ModelFolders) -> None:
    async with served(folders) as (server, _, news):
        frozen = the_server(os.getpid())
        os.kill(frozen, signal.SIGSTOP)
        async with asyncio.timeout(120):
            while (await news.get()).stage != PreparationStage.FAILED:
                pass
            while (await news.get()).stage != PreparationStage.READY:
                pass
        assert the_server(os.getpid()) != frozen
        assert len(await (await server.first_reader()).understand(["jalan rusak"])) == 1


A_SERVICE = """
import asyncio, sys
from pathlib import Path
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.server import RasaServer

async def main():
    folders = ModelFolders(*(Path(word) for word in sys.argv[1:]))
    async with RasaServer(folders, lambda step: print(step.stage, flush=True)):
        await asyncio.Event().wait()

asyncio.run(main())
"""


@asynccontextmanager
async def a_service(folders: ModelFolders) -> AsyncIterator[Process]:
    """A process that serves the model and is ready; killed at the end, if it still lives."""
    words = (str(folders.project), str(folders.config_dir), str(folders.data_dir))
    service = await create_subprocess_exec(sys.executable, "-c", A_SERVICE, *words, stdout=PIPE, cwd=PROJECT)
    try:
        assert service.stdout is not None
        async with asyncio.timeout(120):
            while await service.stdout.readline() != b"ready\n":
                pass
        yield service
    finally:
        with contextlib.suppress(ProcessLookupError):
            service.kill()
        await service.communicate()


async def test_sigkill_of_the_service_leaves_no_server(folders: ModelFolders) -> None:
    async with a_service(folders) as service, asyncio.timeout(PATIENCE_SECONDS):
        address = await answering(folders.address)
        assert address is not None
        listening, speaking = await asyncio.open_connection("127.0.0.1", address.port)
        service.kill()
        with contextlib.suppress(ConnectionResetError):
            assert await listening.read() == b""
        speaking.close()
        assert await answering(folders.address) is None
