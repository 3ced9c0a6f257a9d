"""Rasa reads the training data by itself, and what it warns of is told."""

from pathlib import Path

import pytest

from check import main
from tests.corpus import CORPUS


def test_rasa_warns_of_nothing_in_the_authored_corpus(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["--data", str(CORPUS)]), capsys.readouterr().out) == (0, "")


def test_what_rasa_warns_of_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "intent").mkdir()
    (tmp_path / "intent" / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: no_such_intent\n  examples: |\n    - halo\n', encoding="utf-8"
    )

    code, told = main(["--data", str(tmp_path)]), capsys.readouterr().out

    assert code == 1
    assert {line.partition(": ")[0] for line in told.splitlines()} == {"Rasa says"}
    assert "no_such_intent" in told
    assert "greet" in told


def test_without_data_one_sentence_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "holds no category/*.yml" in capsys.readouterr().err
