"""What the page of an evaluation shows: confusions in words, true curves, and nothing of what anybody wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.evaluation.page import page_of, read_learning_curve
from bot.understanding.evaluation.report import Confusion, EvaluationReport, Point, report_of
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess

SECRET = "jalan depan rumah saya berlubang"


def a_row(category: str | None) -> LabelledText:
    return LabelledText(SECRET, intent="complaint", category=category)


def a_reading(first: str, confidence: float, *others: str) -> ModelAnswer:
    rest = (Guess(other, 0.01) for other in others)
    return ModelAnswer(Guess("complaint", 0.9), (Guess(first, confidence), *rest))


def a_report() -> EvaluationReport:
    rows = [a_row("jalan")] * 3 + [a_row("parkir"), a_row(None)]
    readings = [
        a_reading("jalan", 0.95),
        a_reading("parkir", 0.6, "sampah", "jalan"),
        a_reading("parkir", 0.5),
        a_reading("parkir", 0.9),
        a_reading("sampah", 0.9),
    ]
    return report_of(rows, readings)


def test_confusions_are_said_in_words() -> None:
    assert a_report().confusions == (Confusion("jalan", "parkir", 2, 3),)
    assert str(a_report().confusions[0]) == "Of 3 messages about jalan, 2 were taken for parkir."


def test_each_category_has_its_shares_and_the_worst_comes_first() -> None:
    worst, best = a_report().categories
    assert (worst.slug, worst.rows, worst.f1) == ("jalan", 3, 0.5)
    assert (worst.found, worst.among_three, worst.precise) == (pytest.approx(1 / 3), pytest.approx(2 / 3), 1)
    assert (best.slug, best.found, best.precise) == ("parkir", 1, pytest.approx(1 / 3))


def test_reliability_has_a_point_for_each_bin_that_holds_rows() -> None:
    points = [(round(point.x, 3), point.y, point.rows) for point in a_report().reliability]
    assert points == [(0.5, 0, 1), (0.6, 0, 1), (0.9, 1, 1), (0.95, 1, 1)]


def test_coverage_ends_with_all_rows_and_all_errors() -> None:
    assert a_report().coverage[-1] == Point(1, 0.5, 4)


def test_the_page_shows_numbers_and_nothing_that_anybody_wrote() -> None:
    page = page_of("messages.csv", a_report(), [("real", [Point(100, 0.5, 100), Point(200, 0.7, 200)])])
    assert "Of 3 messages about jalan, 2 were taken for parkir." in page
    assert "Do more examples help?" in page
    assert SECRET not in page
    assert "<script" not in page
    assert "http" not in page


def test_a_file_without_categories_still_has_a_page() -> None:
    page = page_of("<intents>.csv", report_of([a_row(None)], [a_reading("jalan", 0.5)]))
    assert "&lt;intents&gt;.csv" in page
    assert "<svg" not in page


def test_the_learning_curve_is_read_and_may_be_missing(tmp_path: Path) -> None:
    file = tmp_path / "curve.toml"
    assert read_learning_curve(file) == []
    file.write_text("[real]\npoints = [[10, 0.5, 0.7]]\n")
    assert read_learning_curve(file) == [("real", [Point(10, 0.5, 10)])]
