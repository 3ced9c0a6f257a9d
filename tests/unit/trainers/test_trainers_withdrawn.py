"""What is learned from: the regency's data, without what trainers withdrew, and what they added over it."""

from __future__ import annotations

import json
from pathlib import Path

from bot.understanding.rasa.model_files import ModelFolders
from tests.unit.trainers.rooms import BASE, write_data


def folders(tmp_path: Path) -> ModelFolders:
    found = ModelFolders(tmp_path / "project", tmp_path / "regency", tmp_path / "var")
    write_data(found.config_dir / "nlu", BASE)
    (found.config_dir / "nlu" / "calibration.toml").write_text("power = 1.0\n", "utf-8")
    return found


def withdraw(found: ModelFolders, file: str, text: str) -> None:
    own = found.data_dir / "nlu"
    own.mkdir(parents=True, exist_ok=True)
    (own / "withdrawn.jsonl").write_text(json.dumps({"file": file, "text": text}) + "\n", "utf-8")


def test_without_changes_the_data_is_the_regencys_own(tmp_path: Path) -> None:
    found = folders(tmp_path)
    assert found.training_data() == [found.config_dir / "nlu"]


def test_a_withdrawn_line_is_learned_no_more_and_everything_else_is(tmp_path: Path) -> None:
    found = folders(tmp_path)
    withdraw(found, "category/jalan.yml", "aspal mengelupas")
    [learned] = found.training_data()
    before = (found.config_dir / "nlu" / "category" / "jalan.yml").read_text("utf-8")
    after = (learned / "category" / "jalan.yml").read_text("utf-8")
    assert after == before.replace("    - aspal mengelupas\n", "")
    assert (learned / "calibration.toml").read_text("utf-8") == "power = 1.0\n"
    same = "category/sampah.yml"
    assert (learned / same).read_bytes() == (found.config_dir / "nlu" / same).read_bytes()


def test_what_the_regency_changes_later_is_learned_too(tmp_path: Path) -> None:
    found = folders(tmp_path)
    withdraw(found, "category/jalan.yml", "aspal mengelupas")
    found.training_data()
    write_data(found.config_dir / "nlu", {"category/parkir.yml": [("complaint", "parkir", ["parkir liar"])]})
    (found.config_dir / "nlu" / "category" / "sampah.yml").unlink()
    [learned] = found.training_data()
    assert sorted(file.name for file in (learned / "category").iterdir()) == ["jalan.yml", "parkir.yml"]
