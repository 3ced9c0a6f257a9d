"""One real training for all tests of this folder: half a minute, and the installing before it."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.understanding.rasa.model_files import ModelFolders, TrainedModel
from bot.understanding.rasa.preparation import prepare
from bot.understanding.rasa.environment import RasaEnvironment

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> ModelFolders:
    """The project's data, as it is when the tests begin, and a data folder of the tests' own."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(PROJECT / "data" / "nlu", home / "data" / "nlu")
    return ModelFolders(PROJECT, home / "data", home / "var")


@pytest.fixture(scope="session", autouse=True)
def trained(folders: ModelFolders) -> TrainedModel:
    """The model of that data."""
    return asyncio.run(prepare(RasaEnvironment.open(folders), lambda _: None))
