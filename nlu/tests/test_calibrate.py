"""The command that makes confidences true writes numbers, and nothing of the messages."""

import csv
import subprocess
import sys
from pathlib import Path

from fingerprint import HERE
from tests.corpus import CORPUS, read_file
from training.calibrated import read_calibration


def some_messages(file: Path) -> list[str]:
    """A file of labelled messages: authored ones, some with the label of another."""
    texts = [each.text for each in read_file(CORPUS / "category" / "jalan.yml")]
    rows = [(text, "jalan" if number % 5 else "sampah", "a city") for number, text in enumerate(texts)]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("text", "category", "source"), *rows, ("not labelled", "", "a city")])
    return texts


def told_of(data: Path, real: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """What the command says about a file."""
    words = ["--data", str(data), "--real", str(real), "--out", str(out)]
    command = [sys.executable, str(HERE / "calibrate.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_writes_what_training_reads_and_nothing_that_anybody_wrote(
    some_data: Path, tmp_path: Path
) -> None:
    texts = some_messages(tmp_path / "real.csv")

    told = told_of(some_data, tmp_path / "real.csv", tmp_path / "calibration.toml")

    assert told.returncode == 0, told.stderr
    assert read_calibration([tmp_path]) is not None
    written = (tmp_path / "calibration.toml").read_text(encoding="utf-8") + told.stdout + told.stderr
    assert [text for text in texts if len(text) > 20 and text in written] == []


def test_a_file_without_the_columns_ends_with_one_sentence(some_data: Path, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("words\nhalo\n", encoding="utf-8")

    told = told_of(some_data, tmp_path / "real.csv", tmp_path / "calibration.toml")

    assert told.returncode == 1
    assert told.stderr == "real.csv has no column category: it needs text, category and source.\n"
    assert not (tmp_path / "calibration.toml").exists()
