"""The model of the one real training, and a data folder of this worker's own."""

from __future__ import annotations

import shutil

import pytest

from bot.understanding.rasa.model_files import ModelFolders, TrainedModel
from tests.integration.nlu.training import PROJECT, train, trained_once


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> ModelFolders:
    """The data, their model, and a data folder of this worker's own."""
    own = tmp_path_factory.mktemp("home")
    shutil.copytree(trained_once(tmp_path_factory), own, dirs_exist_ok=True)
    return ModelFolders(PROJECT, own / "data", own / "var")


@pytest.fixture(scope="session", autouse=True)
def trained(folders: ModelFolders) -> TrainedModel:
    """The model of those data."""
    return train(folders)
