"""One real training for all tests of this folder, in whichever worker: half a minute, and the installing before it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from pathlib import Path

import pytest

from bot.understanding.rasa.environment import RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders, TrainedModel
from bot.understanding.rasa.preparation import prepare

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> ModelFolders:
    """The project's data as it is when the tests begin, its model, and a data folder of this worker's own."""
    own, shared = tmp_path_factory.mktemp("home"), tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "trained"
    with (shared / "training").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            shutil.copytree(PROJECT / "data" / "nlu", home / "data" / "nlu")
        _train(ModelFolders(PROJECT, home / "data", home / "var"))
    shutil.copytree(home, own, dirs_exist_ok=True)
    return ModelFolders(PROJECT, own / "data", own / "var")


@pytest.fixture(scope="session", autouse=True)
def trained(folders: ModelFolders) -> TrainedModel:
    """The model of that data."""
    return _train(folders)


def _train(folders: ModelFolders) -> TrainedModel:
    return asyncio.run(prepare(RasaEnvironment.open(folders), lambda _: None))
