"""With Rasa a candidate is a second real server: promoted and taken back while citizens are understood."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from actions.store.engine.database import Database
from actions.store.training.models import Model
from bot.training.models.comparing import compare_with_service
from bot.training.models.promotion import promote, roll_back
from bot.training.models.serving import PromotedModel
from bot.training.models.model_loaders import RasaStore
from bot.training.models.model_context import ModelContext
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, description_file
from bot.understanding.port import ModelAnswer
from bot.understanding.rasa.environment import find_uv
from bot.understanding.rasa.server import RasaServer
from tests.integration.nlu.test_real_model import CATEGORIES, descendants, is_serving
from tests.talks.database import new_database
from tests.unit.models.made_models import a_model, a_workbench

pytestmark = [pytest.mark.rasa, pytest.mark.slow, pytest.mark.skipif(find_uv() is None, reason="uv is not on the path")]
WHO = "person:1"
TEXT = "lampu jalan di depan rumah mati total sejak kemarin malam"
LETTER = "a"


def link(trained: TrainedModel, archive: Path, made_from: str, threshold_sure: float) -> None:
    """The trained archive once more, as a model that is sure from another confidence on."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    os.link(trained.archive, archive)
    about = {"hash": made_from, "threshold_sure": threshold_sure}
    description_file(archive).write_text(json.dumps(about), encoding="utf-8")


@asynccontextmanager
async def a_bench(folder: Path, folders: ModelFolders, trained: TrainedModel) -> AsyncIterator[tuple[ModelContext, Model]]:
    """A model context with two models: today's, and a candidate that is never sure."""
    own = replace(folders, data_dir=folder / "var")
    link(trained, own.archive_for(trained.made_from), trained.made_from, trained.threshold_sure)
    link(trained, own.archive_for(LETTER * 64), LETTER * 64, 1.0)
    database = Database(f"sqlite:///{await new_database()}")
    bench = replace(a_workbench(database, own.data_dir, b"a key"), folders=own)
    try:
        await bench.model_in_service()
        candidate = await a_model(bench, LETTER)
        await compare_with_service(bench, candidate, [], WHO)
        yield bench, candidate
    finally:
        await database.close()


def a_process(bench: ModelContext) -> PromotedModel:
    def make(folders: ModelFolders, fixed: TrainedModel | None) -> RasaServer:
        return RasaServer(folders, lambda _: None, known_categories=CATEGORIES, fixed=fixed)

    return PromotedModel(bench, make(bench.folders, None), RasaStore(bench, make), lambda _: None, serves=True)


def servers() -> set[int]:
    """The Rasa servers of this process."""
    return {born for born in descendants(os.getpid()) if is_serving(born)}


async def understood(process: PromotedModel) -> ModelAnswer:
    """What a citizen's words are to the model that answers now."""
    reader = process.reader
    assert reader is not None
    [reading] = await reader.understand([TEXT])
    return reading


async def asks_on_and_on(process: PromotedModel, readings: list[ModelAnswer], asked: asyncio.Event) -> None:
    """Citizens write all the time."""
    while True:
        readings.append(await understood(process))
        asked.set()


async def test_a_promotion_and_a_rollback_fail_no_message_and_the_former_server_stays(
    tmp_path: Path, folders: ModelFolders, trained: TrainedModel
) -> None:
    readings: list[ModelAnswer] = []
    asked = asyncio.Event()
    async with asyncio.timeout(300), a_bench(tmp_path, folders, trained) as (bench, candidate):
        async with a_process(bench) as process:
            while process.reader is None:
                await asyncio.sleep(0.05)
            first = servers()
            asking = asyncio.create_task(asks_on_and_on(process, readings, asked))
            await asked.wait()
            await promote(bench, candidate, WHO, process.ready)
            await process.look()
            assert (await understood(process)).sure is False
            both = servers()
            await roll_back(bench, WHO, process.ready)
            await process.look()
            assert (await understood(process)).sure is True
            assert (len(first), len(both), first < both, servers()) == (1, 2, True, both)
            assert not asking.done()
            asking.cancel()
        assert servers() == set()
    assert {reading.sure for reading in readings} == {True, False}
    assert {reading.categories[0].name for reading in readings} == {"penerangan_jalan"}
