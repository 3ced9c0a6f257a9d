"""One real training for all tests that want its model, in whichever worker: half a minute, and the installing before."""

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


def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's data as they are when the tests begin, in `data/`, and their model, in `var/`."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "trained"
    with (shared / "training").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            shutil.copytree(PROJECT / "data" / "nlu", home / "data" / "nlu")
        train(ModelFolders(PROJECT, home / "data", home / "var"))
    return home


def train(folders: ModelFolders) -> TrainedModel:
    """The model of these data; trained where there is none."""
    return asyncio.run(prepare(RasaEnvironment.open(folders), lambda _: None))


def with_its_model(folder: Path, home: Path) -> Path:
    """Lay the project's configuration, and that model, into a service's folder; returns the configuration's folder."""
    (folder / "var").mkdir(mode=0o700)
    (folder / "var" / "models").symlink_to(home / "var" / "models")
    shutil.copytree(PROJECT / "data", folder / "data", ignore=shutil.ignore_patterns("nlu"))
    (folder / "data" / "nlu").symlink_to(home / "data" / "nlu")
    return folder / "data"
