"""Suspicious labels are shown with why, and kept, mended or taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx import AsyncClient

from bot.main.training_processes import look_for_suspicious
from bot.training.samples.suspicion import NotLookedFor
from bot.understanding.rasa.model_files import ModelFolders
from tests.unit.trainers.rooms import OfficersSession, texts_of

KEY = "jalan aspal mengelupas"


async def looked_for(labelling_service: OfficersSession) -> AsyncClient:
    browser = await labelling_service.trainer()
    await browser.post("/trainer/suspicious", data={"act": "look"})
    await labelling_service.suspicions.settle()
    return browser


async def shown(browser: AsyncClient) -> list[str]:
    return texts_of((await browser.get("/trainer/suspicious")).text)


@pytest.mark.thorough
async def test_what_was_found_is_shown_with_why(labelling_service: OfficersSession) -> None:
    browser = await looked_for(labelling_service)
    page = (await browser.get("/trainer/suspicious")).text
    assert texts_of(page) == ["aspal mengelupas"]
    assert "category/jalan.yml:8" in page
    assert "menyebut Sampah &amp; kebersihan dengan keyakinan 91 %" in page


@pytest.mark.thorough
async def test_a_label_that_is_right_is_not_shown_again(labelling_service: OfficersSession) -> None:
    browser = await looked_for(labelling_service)
    await browser.post("/trainer/suspicious", data={"act": "keep", "key": KEY})
    assert await shown(browser) == []


@pytest.mark.thorough
async def test_a_label_is_mended_in_one_change(labelling_service: OfficersSession) -> None:
    browser = await looked_for(labelling_service)
    await browser.post("/trainer/suspicious", data={"act": "mend", "key": KEY})
    assert await shown(browser) == []
    assert "    - aspal mengelupas\n" in labelling_service.file("category/sampah.yml")
    [left] = labelling_service.handlers.folder.corpus().by_words()["aspal mengelupas"]
    assert left.category == "sampah"


@pytest.mark.thorough
async def test_a_sentence_is_thrown_away(labelling_service: OfficersSession) -> None:
    browser = await looked_for(labelling_service)
    await browser.post("/trainer/suspicious", data={"act": "remove", "key": KEY})
    assert await shown(browser) == []
    assert "aspal mengelupas" not in labelling_service.handlers.folder.corpus().by_words()


@pytest.mark.thorough
async def test_nothing_is_done_about_what_is_not_suspicious(labelling_service: OfficersSession) -> None:
    browser = await looked_for(labelling_service)
    await browser.post("/trainer/suspicious", data={"act": "remove", "key": "jalan jalan di depan pasar bolong"})
    assert labelling_service.file("withdrawn.jsonl") == ""


async def test_without_the_models_python_it_is_said_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for name in ("UV", "LAPOR_UV"):
        monkeypatch.delenv(name, raising=False)
    folders = ModelFolders(tmp_path, tmp_path, tmp_path)
    folders.program.mkdir()
    with pytest.raises(NotLookedFor, match="uv is not found"):
        await look_for_suspicious(folders, tmp_path / "found.json")
