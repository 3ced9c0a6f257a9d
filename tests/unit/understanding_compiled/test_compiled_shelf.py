"""Which compiled model is used: the newest that can be trusted, else the one that came with this version."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import os
import weakref
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.understanding.model import model_registry as compiled_shelf
from bot.understanding.model.baseline import baseline_file
from bot.understanding.model.model_registry import BASELINE, CompiledModelCache, ModelUpdate
from bot.understanding.port import UnderstandingState
from bot.understanding.rasa.model_files import ModelFolders
from tests.patience import PATIENCE_SECONDS
from tests.unit.understanding_compiled.model_files_made import KEY, a_file


@dataclass
class AShelf:
    """A project with a baseline, a data folder, and what the shelf has told."""

    folder: Path
    news: list[ModelUpdate] = field(default_factory=list)

    def __post_init__(self) -> None:
        baseline = baseline_file(self.folder / "project")
        a_file(baseline.parent, baseline.name, texts=1)
        sha256 = hashlib.sha256(baseline.read_bytes()).hexdigest()
        self.folders = ModelFolders(self.folder / "project", self.folder / "project" / "data", self.folder / "var")
        self.model_cache = CompiledModelCache(self.folders, KEY, self.news.append, baseline_sha256=sha256)

    def trained(self, name: str, hour: int, key: bytes = KEY) -> Path:
        """A model that was trained here, in some hour; its number of texts is the hour."""
        file = a_file(self.folders.models, f"compiled-{name}.lapor", key, texts=hour)
        os.utime(file, (hour, hour))
        return file

    @property
    def used(self) -> int | None:
        """The number of texts of the model in use; 1 is the baseline."""
        return self.model_cache.reader.model.header.texts if self.model_cache.reader else None


@pytest.fixture
def made(tmp_path: Path) -> AShelf:
    return AShelf(tmp_path)


def test_a_first_start_uses_the_baseline(made: AShelf) -> None:
    made.model_cache.look()
    assert (made.used, made.news) == (1, [ModelUpdate(BASELINE)])


def test_the_baseline_is_once_in_memory_for_all_and_no_longer_than_one_uses_it(made: AShelf) -> None:
    baseline = baseline_file(made.folders.project)
    sha256 = hashlib.sha256(baseline.read_bytes()).hexdigest()
    other = CompiledModelCache(made.folders, b"another key", made.news.append, baseline_sha256=sha256)
    made.model_cache.look()
    other.look()
    assert made.model_cache.reader
    assert other.reader
    assert made.model_cache.reader.model is other.reader.model
    kept = weakref.ref(made.model_cache.reader.model)
    made.trained("aaa", 30)
    made.model_cache.look()
    assert (made.used, kept()) == (30, other.reader.model)
    del other
    gc.collect()
    assert kept() is None


def test_the_newest_model_is_used(made: AShelf) -> None:
    made.trained("bbb", 20)
    made.trained("aaa", 30)
    made.model_cache.look()
    assert (made.used, made.news) == (30, [ModelUpdate("compiled-aaa.lapor")])


def test_a_model_of_another_installation_is_never_loaded_and_the_next_is_used(made: AShelf) -> None:
    made.trained("bbb", 20)
    made.trained("aaa", 30, key=b"another key")
    made.model_cache.look()
    refusal = "compiled-aaa.lapor does not bear the signature of this installation; ./lapor nlu export writes it anew."
    assert (made.used, made.news) == (20, [ModelUpdate(refusal, refused=True), ModelUpdate("compiled-bbb.lapor")])


def test_a_damaged_model_is_told_and_the_baseline_goes_on(made: AShelf) -> None:
    made.trained("aaa", 30).write_bytes(b"rubbish")
    made.model_cache.look()
    assert (made.used, [each.refused for each in made.news]) == (1, [True, False])


def test_a_baseline_of_another_version_is_not_loaded(made: AShelf) -> None:
    baseline = baseline_file(made.folders.project)
    a_file(baseline.parent, baseline.name, texts=2)
    made.model_cache.look()
    assert (made.used, made.model_cache.state) == (None, UnderstandingState.DOWN)
    assert made.news == [
        ModelUpdate(
            "model.lapor is not the one that belongs to this version; git brings back the right one.", refused=True
        )
    ]


def test_a_model_trained_meanwhile_is_taken_and_nothing_is_told_twice(made: AShelf) -> None:
    made.model_cache.look()
    made.model_cache.look()
    made.trained("aaa", 30)
    made.model_cache.look()
    made.model_cache.look()
    assert (made.used, made.news) == (30, [ModelUpdate(BASELINE), ModelUpdate("compiled-aaa.lapor")])


def test_a_model_that_is_not_whole_yet_is_not_looked_at(made: AShelf) -> None:
    made.trained("aaa", 30).rename(made.folders.models / ".compiled-aaa.lapor.unsigned")
    made.model_cache.look()
    assert made.news == [ModelUpdate(BASELINE)]


async def test_a_running_shelf_takes_a_new_model_by_itself(made: AShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_shelf, "_LOOK_EVERY_SECONDS", 0.001)
    async with made.model_cache, asyncio.timeout(PATIENCE_SECONDS):
        first = made.used
        made.trained("aaa", 30)
        while made.used != 30:
            await asyncio.sleep(0)
    assert first == 1
