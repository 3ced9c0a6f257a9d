"""With Rasa a promoted model is a second server: the one in service answers until it does, and stays beside it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from actions.store.training.models import InService, Model, ModelChange, SqlModels
from bot.training.models import serving
from bot.training.models.model_context import BASELINE, ModelContext
from bot.training.models.model_loaders import RasaStore
from bot.training.models.promotion import PROMOTED
from bot.training.models.serving import PromotedModel
from bot.understanding.model.model_registry import ModelUpdate
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel, description_file
from bot.understanding.rasa.server import RasaServer
from tests.unit.understanding_rasa.servers import PATIENCE
from tests.unit.understanding_rasa.workshops import AWorkshop, a_workshop

pytestmark = pytest.mark.slow
TEXT = "lampu jalan mati"


@pytest.fixture
def rasa_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AWorkshop]:
    monkeypatch.setattr(serving, "LOOK_EVERY_SECONDS", 0.02)
    return a_workshop(tmp_path)


@pytest.fixture
def shop(bench: ModelContext, rasa_environment: AWorkshop) -> ModelContext:
    """The model context, in that workshop."""
    return replace(bench, folders=rasa_environment.folders)


def a_process(shop: ModelContext, rasa_environment: AWorkshop, news: list[ModelUpdate]) -> PromotedModel:
    def make(folders: ModelFolders, fixed: TrainedModel | None) -> RasaServer:
        return RasaServer(folders, lambda _: None, environ=rasa_environment.environ, patience=PATIENCE, fixed=fixed)

    return PromotedModel(shop, make(shop.folders, None), RasaStore(shop, make), news.append, serves=True)


async def known(shop: ModelContext, letter: str, file: str = "") -> Model:
    """A model that stands in the registry, with the archive that Rasa made of it."""
    made_from = letter * 64
    archive = shop.folders.archive_for(made_from)
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.write_bytes(b"a model")
    description_file(archive).write_text(json.dumps({"hash": made_from, "threshold_sure": 0.8}))
    model = Model(0, file or f"model-{made_from[:12]}.lapor", letter * 64, made_from, "", {}, 7, shop.clock(), "test")
    async with shop.database.writing() as connection:
        return await SqlModels(connection).add(model)


async def puts(shop: ModelContext, version: int, model: Model, former: Model) -> None:
    change = ModelChange(version, PROMOTED, model.id, former.id, shop.clock(), "test")
    async with shop.database.writing() as connection:
        await SqlModels(connection).change(InService(version, model.id, former.id), change)


def served(rasa_environment: AWorkshop) -> list[str]:
    """The archives that were served, in order."""
    words = [life["words"] for life in rasa_environment.served]
    return [Path(each[each.index("--model") + 1]).name.partition("-")[0] for each in words]  # type: ignore[attr-defined, index]


async def until_it_uses(process: PromotedModel, model: Model) -> None:
    while process._served is None or process._served.model.id != model.id:
        await asyncio.sleep(0.01)


async def test_a_promoted_model_is_a_second_server_and_the_former_stays_until_the_next(
    shop: ModelContext, rasa_environment: AWorkshop
) -> None:
    news: list[ModelUpdate] = []
    process = a_process(shop, rasa_environment, news)
    baseline = await known(shop, "0", BASELINE)
    first, second = await known(shop, "a"), await known(shop, "b")
    async with process, asyncio.timeout(60):
        while process.reader is None:
            await asyncio.sleep(0.01)
        await puts(shop, 1, first, baseline)
        await until_it_uses(process, first)
        reader = process.reader
        assert reader
        assert (await reader.understand([TEXT]))[0].intent.name == "complaint"
        while process._loaded.keys() != {first.id, baseline.id}:
            await asyncio.sleep(0.01)
        await puts(shop, 2, second, first)
        await until_it_uses(process, second)
        while process._loaded.keys() != {first.id, second.id}:
            await asyncio.sleep(0.01)
    assert served(rasa_environment) == ["rasa", "served", "served"]
    assert [each.words for each in news] == [first.file, second.file]


async def test_an_archive_that_is_gone_leaves_the_former_in_service(
    shop: ModelContext, rasa_environment: AWorkshop
) -> None:
    news: list[ModelUpdate] = []
    process = a_process(shop, rasa_environment, news)
    baseline, first = await known(shop, "0", BASELINE), await known(shop, "a")
    shop.folders.archive_for("a" * 64).unlink()
    async with process, asyncio.timeout(60):
        while process.reader is None:
            await asyncio.sleep(0.01)
        await puts(shop, 1, first, baseline)
        while not news:
            await asyncio.sleep(0.01)
        assert process.reader is not None
    assert news[0].refused
    assert "is gone; train again" in news[0].words


async def test_a_start_does_not_wait_for_a_promoted_server(shop: ModelContext, rasa_environment: AWorkshop) -> None:
    baseline, first = await known(shop, "0", BASELINE), await known(shop, "a")
    await puts(shop, 1, first, baseline)
    process = a_process(shop, rasa_environment, [])
    async with process, asyncio.timeout(60):
        state = process.state
        await until_it_uses(process, first)
    assert state.value in {"starting", "down"}
