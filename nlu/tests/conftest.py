"""The one model that the end-to-end tests share; it takes about half a minute to train."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fingerprint import HERE
from tests.corpus import CORPUS
from tests.served import Server, serving

SOME_CATEGORIES = ("jalan", "penerangan_jalan", "sampah", "air_bersih", "kependudukan")


@pytest.fixture(scope="session")
def some_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the authored corpus: all intents, a few categories."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(CORPUS / "intent", data / "intent")
    (data / "category").mkdir()
    for slug in SOME_CATEGORIES:
        shutil.copy(CORPUS / "category" / f"{slug}.yml", data / "category")
    return data


@pytest.fixture(scope="session")
def trained(some_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that Rasa really trained on it, by the command."""
    out = tmp_path_factory.mktemp("models") / "rasa-test.tar.gz"
    command = [sys.executable, str(HERE / "train.py"), "--data", str(some_data), "--out", str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    (out.parent / "progress.txt").write_text(told.stdout + told.stderr, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def server(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of that model."""
    with serving(trained, tmp_path_factory.mktemp("logs") / "nlu.log") as running:
        yield running
