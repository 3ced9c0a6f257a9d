"""The learning curve learns from growing shares of the same examples."""

from pathlib import Path

import pytest

from fingerprint import HERE
from learning_curve import main, share_of
from tests.corpus import CORPUS


def examples_of(labels: dict[str, int]) -> list[object]:
    from training.corpus import Example

    return [
        Example(f"{label} {number}", "complaint", label)
        for label, count in labels.items()
        for number in range(count)
    ]


def test_a_share_takes_of_every_label_and_a_larger_one_holds_the_smaller() -> None:
    examples = examples_of({"jalan": 40, "parkir": 10, "sampah": 1})

    small, large = ({one.text for one in share_of(examples, share)} for share in (0.2, 0.5))

    assert (len(small), len(large)) == (8 + 2 + 1, 20 + 5 + 1)
    assert small < large
    assert len(list(share_of(examples, 1.0))) == len(examples)


def test_a_file_without_the_columns_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "real.csv"
    file.write_text("words\nhalo\n", encoding="utf-8")

    code = main(["--data", str(CORPUS), "--set", str(file), "--out", str(tmp_path / "curve.toml")])

    assert code == 1
    assert capsys.readouterr().err == "real.csv has not the columns text and category: it needs both.\n"


def test_the_curve_beside_the_corpus_was_written_by_it() -> None:
    written = (HERE.parent / "data" / "nlu" / "learning_curve.toml").read_text(encoding="utf-8")

    assert written.startswith("# What more examples bring. Written by nlu/learning_curve.py; do not edit.\n")
