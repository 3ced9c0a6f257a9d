"""The fingerprint changes when what a model is made from changes, and only then."""

import subprocess
import sys
from pathlib import Path

import pytest

from fingerprint import HERE, NoTrainingData, fingerprint


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("category", "intent"):
        (tmp_path / "data" / folder).mkdir(parents=True)
        (tmp_path / "data" / folder / "a.yml").write_text(f"{folder}: 1\n", encoding="utf-8")
    return tmp_path / "data"


def test_it_is_the_same_for_the_same_data_elsewhere(data: Path, tmp_path: Path) -> None:
    before = fingerprint([data])
    moved = data.rename(tmp_path / "elsewhere")

    assert fingerprint([moved]) == before


def test_other_files_beside_the_data_do_not_count(data: Path) -> None:
    before = fingerprint([data])
    (data / "README.md").write_text("words", encoding="utf-8")
    (data / "baseline.yml").write_text("words", encoding="utf-8")

    assert fingerprint([data]) == before


@pytest.mark.parametrize("name", ["category/a.yml", "intent/b.yml", "calibration.toml"])
def test_a_changed_or_new_file_counts(data: Path, name: str) -> None:
    before = fingerprint([data])
    (data / name).write_text("more", encoding="utf-8")

    assert fingerprint([data]) != before


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "uv.lock", "components/spelling.tsv"])
def test_changed_code_or_configuration_counts(data: Path, tmp_path: Path, name: str) -> None:
    code = tmp_path / "code"
    for part in ("config.yml", "domain.yml", "uv.lock", "train.py", "components/spelling.tsv"):
        (code / part).parent.mkdir(parents=True, exist_ok=True)
        (code / part).write_text("before", encoding="utf-8")
    before = fingerprint([data], code)
    (code / name).write_text("after", encoding="utf-8")

    assert fingerprint([data], code) != before


def test_what_messages_do_counts_where_it_was_added(data: Path, tmp_path: Path) -> None:
    added = tmp_path / "added"
    for folder in (data, added):
        (folder / "acts").mkdir(parents=True)
        (folder / "acts" / "card.yml").write_text("acts: 1\n", encoding="utf-8")
    before = [fingerprint([data]), fingerprint([data, added])]
    for folder in (data, added):
        (folder / "acts" / "card.yml").write_text("acts: 2\n", encoding="utf-8")

    after = [fingerprint([data]), fingerprint([data, added])]
    assert [one == other for one, other in zip(before, after)] == [True, False]


def test_a_folder_without_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoTrainingData, match=r"holds no category/\*\.yml"):
        fingerprint([tmp_path])


def test_the_command_prints_the_hash_and_nothing_else_without_any_package(data: Path) -> None:
    command = [sys.executable, "-IS", str(HERE / "fingerprint.py"), "--data", str(data)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)

    assert (told.stdout, told.stderr) == (fingerprint([data]) + "\n", "")
