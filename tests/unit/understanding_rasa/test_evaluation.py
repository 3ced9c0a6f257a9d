"""The numbers of `lapor nlu evaluate`, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.evaluation.evaluation import LabelledText, Scores, expected_calibration_error, macro_f1, score
from bot.understanding.evaluation.files import UnusableFile, read_rows, understand_rows, write_predictions
from bot.understanding.port import CannotUnderstand, ModelAnswer
from bot.understanding.understood import Guess
from tests.unit.understanding_rasa.understandings import BY_MODEL, AilingUnderstanding, ReadyUnderstanding


def a_reading(*categories: str, sure: float = 0.9, intent: str = "complaint") -> ModelAnswer:
    """The first category has confidence `sure`, the others share what is left."""
    left = (1 - sure) / max(len(categories) - 1, 1)
    return ModelAnswer(
        Guess(intent, 0.8), tuple(Guess(name, left if at else sure) for at, name in enumerate(categories))
    )


def a_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "rows.csv"
    file.write_text(text, encoding=encoding)
    return file


def test_without_a_label_there_is_no_number() -> None:
    assert score([LabelledText("banjir")], [a_reading("jalan")]) == Scores(1, None, None, None, None, None)


def test_no_rows_are_no_numbers() -> None:
    assert score([], []).document() == {
        "rows": 0,
        "intent_accuracy": None,
        "category_accuracy": None,
        "top3": None,
        "macro_f1": None,
        "ece": None,
    }


def test_accuracies_count_the_rows_that_have_a_label() -> None:
    rows = [
        LabelledText("a", intent="complaint", category="jalan"),
        LabelledText("b", intent="greet", category="sampah"),
        LabelledText("c", category="parkir"),
        LabelledText("d", intent="complaint"),
    ]
    readings = [
        a_reading("jalan", "sampah", "parkir"),
        a_reading("jalan", "parkir", "sampah"),
        a_reading("jalan", "sampah", "lainnya", "parkir"),
        a_reading("jalan", "sampah", "parkir"),
    ]
    scores = score(rows, readings)
    assert (scores.rows, scores.intent_accuracy, scores.category_accuracy, scores.top3) == (4, 2 / 3, 1 / 3, 2 / 3)


def test_a_type_is_compared_with_the_predicted_type_and_none_is_wrong() -> None:
    rows = [LabelledText("", type=right) for right in ("complaint", "information", "aspiration", "greet")]
    readings = [a_reading("jalan", intent=intent) for intent in ("complaint", "complaint", "greet", "greet")]
    assert score(rows, readings).intent_accuracy == 1 / 4


def test_an_intent_goes_before_a_type() -> None:
    row = LabelledText("", intent="thanks", type="complaint")
    assert score([row], [a_reading("jalan", intent="thanks")]).intent_accuracy == 1.0


def test_macro_f1_of_few_rows_is_over_all_slugs() -> None:
    # jalan: 1 hit, 2 rows, 1 guess: 2/3. sampah: 1 hit, 1 row, 2 guesses: 2/3. parkir: no hit: 0.
    pairs = [("jalan", "jalan"), ("jalan", "sampah"), ("sampah", "sampah"), ("parkir", "lainnya")]
    assert macro_f1(pairs) == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_macro_f1_is_over_the_slugs_with_twenty_rows() -> None:
    # jalan: 15 hits, 20 rows, 15 + 3 guesses (three of parkir's rows): 30/38. parkir has 19 rows, and does not count.
    pairs = (
        [("jalan", "jalan")] * 15 + [("jalan", "parkir")] * 5 + [("parkir", "parkir")] * 16 + [("parkir", "jalan")] * 3
    )
    assert macro_f1(pairs) == pytest.approx(30 / 38)


def test_a_row_without_a_guess_is_wrong() -> None:
    scores = score([LabelledText("", category="jalan")], [ModelAnswer(Guess("none", 0.0), ())])
    assert (scores.category_accuracy, scores.top3, scores.macro_f1, scores.ece) == (0.0, 0.0, 0.0, 0.0)


def test_ece_weighs_each_bin_by_its_rows() -> None:
    # Bin (0.8667, 0.9333]: 0.90 and 0.92, one right: |0.91 - 0.5| * 2. Bin (0.0667, 0.1333]: 0.1, wrong: 0.1.
    # Bin (0.9333, 1]: 1.0, right: 0. Four rows.
    guesses = [(0.90, True), (0.92, False), (0.1, False), (1.0, True)]
    assert expected_calibration_error(guesses) == pytest.approx((0.82 + 0.1 + 0) / 4)


def test_ece_of_confidence_that_tells_the_truth_is_zero() -> None:
    assert expected_calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)


@pytest.mark.parametrize("confidence", [0.0, 1 / 15, 14 / 15, 1.0])
def test_ece_takes_the_ends_of_bins(confidence: float) -> None:
    assert expected_calibration_error([(confidence, True)]) == pytest.approx(1 - confidence)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_ece_lies_between_0_and_1(guesses: list[tuple[float, bool]]) -> None:
    error = expected_calibration_error(guesses)
    assert error is not None
    assert 0 <= error <= 1 + 1e-9


def test_a_file_is_read_whatever_columns_it_has_besides(tmp_path: Path) -> None:
    file = a_file(tmp_path, 'no,Category ,text,type\n1,jalan,"rusak,\nparah",complaint\n2,,mati,\n3\n', "utf-8-sig")
    assert read_rows(file) == [
        LabelledText("rusak,\nparah", type="complaint", category="jalan"),
        LabelledText("mati"),
        LabelledText(""),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no column named text"),
        (b"intent,category\na,b\n", "no column named text"),
        (b"text\n\xff\xfe\n", "UTF-8"),
    ],
)
def test_an_unusable_file_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes(content)
    with pytest.raises(UnusableFile, match=reason):
        read_rows(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="No such file"):
        read_rows(tmp_path / "none.csv")


def test_predictions_are_written_also_where_a_category_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    readings = [a_reading("jalan", "sampah", "parkir", "lainnya", sure=0.25), a_reading("lainnya", sure=0.5)]
    write_predictions(file, readings)
    assert file.read_text(encoding="utf-8").splitlines() == [
        "row,intent,intent_confidence,category_1,confidence_1,category_2,confidence_2,category_3,confidence_3",
        "1,complaint,0.8,jalan,0.25,sampah,0.25,parkir,0.25",
        "2,complaint,0.8,lainnya,0.5,,,,",
    ]


def test_predictions_that_cannot_be_written_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="cannot be written"):
        write_predictions(tmp_path / "no" / "out.csv", [])


async def test_rows_are_understood_in_order_and_progress_is_told() -> None:
    told: list[int] = []
    readings = await understand_rows([LabelledText("a")] * 130, ReadyUnderstanding(), told.append)
    assert (readings, told) == ([BY_MODEL] * 130, [64, 128, 130])


async def test_a_model_that_fails_again_and_again_is_a_failure(no_pauses: None) -> None:
    with pytest.raises(CannotUnderstand):
        await understand_rows([LabelledText("a")], AilingUnderstanding(), lambda _: None)
