"""Training by the command: what it writes, what it tells, and what it refuses."""

import json
import tarfile
from pathlib import Path

import pytest

from description import read_beside
from fingerprint import fingerprint
from tests.conftest import SOME_CATEGORIES
from tests.corpus import INTENTS
from train import main


def test_the_description_says_from_what_it_was_made(trained: Path, some_data: Path) -> None:
    description = read_beside(trained)

    assert description["hash"] == fingerprint([some_data])
    assert description["labels"] == {"intent": sorted(INTENTS), "category": sorted(SOME_CATEGORIES)}
    assert description["rows"] > 300
    assert 0 < description["threshold_sure"] <= 1
    assert 0 <= description["threshold_three"] <= 1
    told = {"hash", "trained_at", "rows", "labels", "threshold_sure", "threshold_three", "seconds"}
    assert set(description) == told


def test_nothing_unfinished_is_left_beside_the_model(trained: Path) -> None:
    assert sorted(path.name for path in trained.parent.iterdir()) == [
        "progress.txt",
        "rasa-test.json",
        "rasa-test.tar.gz",
    ]


def test_progress_is_one_line_a_phase(trained: Path) -> None:
    lines = (trained.parent / "progress.txt").read_text(encoding="utf-8").splitlines()

    assert [line[:5] for line in lines] == ["[1/5]", "[2/5]", "[3/5]", "[4/5]", "[5/5]"]


def test_the_model_holds_numbers_and_words_only(trained: Path) -> None:
    with tarfile.open(trained) as archive:
        endings = {Path(member.name).suffix for member in archive.getmembers() if member.isfile()}

    assert endings == {".json", ".npz"}


def test_the_hash_is_told_without_training(some_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--hash", "--data", str(some_data)]) == 0
    assert capsys.readouterr().out == fingerprint([some_data]) + "\n"


def test_a_folder_without_data_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--hash", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["--data", "x"], ["--data", "x", "--out", "model.zip"]])
def test_wrong_words_end_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage:")


@pytest.mark.parametrize(
    ("block", "mend"),
    [
        ("- intent: shout\n  examples: |\n    - hai\n", "domain.yml does not name shout"),
        ("- intent: greet\n  examples: |\n    - halo\n   - hai\n", "a.yml"),
        ("- intent: greet\n  examples: |\n    - halo\n", "at least two labels"),
    ],
    ids=["unknown intent", "broken YAML", "too few labels"],
)
def test_data_that_cannot_be_used_ends_with_its_mend(
    tmp_path: Path, block: str, mend: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "intent").mkdir()
    (tmp_path / "intent" / "a.yml").write_text(f'version: "3.1"\nnlu:\n{block}', encoding="utf-8")
    out = tmp_path / "models" / "model.tar.gz"

    assert main(["--data", str(tmp_path), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert mend in said
    assert "Traceback" not in said
    assert json.dumps([path.name for path in out.parent.glob("*")]) == "[]"
