"""The numbers of a comparison: intervals, McNemar's test, calibration, and which sentences changed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.models.comparison import ReadSet, compare
from bot.training.models.measuring import calibration_error, error_by_chance, mcnemar, wilson, worth_of
from bot.understanding.evaluation.evaluation import LabelledText, expected_calibration_error, macro_f1
from bot.understanding.port import ModelAnswer
from bot.understanding.understood import Guess

SLUGS = ("jalan", "sampah", "lainnya")


def reading(first: str, confidence: float = 0.8, intent: str = "complaint", *, sure: bool = True) -> ModelAnswer:
    others = [slug for slug in SLUGS if slug != first]
    guesses = [Guess(first, confidence), *(Guess(slug, (1 - confidence) / 2) for slug in others)]
    return ModelAnswer(Guess(intent, 0.9), tuple(guesses), sure=sure)


def rows(*slugs: str) -> list[LabelledText]:
    return [LabelledText(f"pesan {number}", "complaint", None, slug) for number, slug in enumerate(slugs)]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_wilsons_interval_is_that_of_the_books(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(
    ("one", "other", "p"), [(0, 0, 1.0), (5, 5, 1.0), (0, 6, 0.03125), (2, 9, 0.06543), (1, 0, 1.0)]
)
def test_mcnemars_exact_test_is_that_of_the_books(one: int, other: int, p: float) -> None:
    assert mcnemar(one, other) == pytest.approx(p, abs=1e-4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_quick_calibration_error_is_the_slow_one(guesses: list[tuple[float, bool]]) -> None:
    sure, hits = np.array([one for one, _ in guesses]), np.array([hit for _, hit in guesses])
    assert calibration_error(sure, hits) == pytest.approx(expected_calibration_error(guesses), abs=1e-9)


def test_chance_shows_more_error_on_few_messages_than_on_many() -> None:
    few, many = (error_by_chance(np.full(rows, 0.8)) for rows in (20, 20_000))
    assert few > 10 * many


def test_the_numbers_are_those_of_evaluate_and_lie_in_their_intervals() -> None:
    right = rows(*("jalan", "sampah") * 20)
    said = [reading("jalan") for _ in right]
    worth = worth_of(right, said)
    assert worth.category
    assert worth.macro_f1
    assert worth.intent
    assert worth.right_when_sure
    assert (worth.category.value, worth.intent.value) == (0.5, 1.0)
    assert worth.macro_f1.value == macro_f1([(row.category or "", "jalan") for row in right])
    assert worth.macro_f1.low < worth.macro_f1.value < worth.macro_f1.high
    assert worth.right_when_sure.value == 0.5


def test_a_set_without_categories_has_the_numbers_of_intents_alone() -> None:
    worth = worth_of([LabelledText("halo", "greet")], [reading("jalan", intent="greet")])
    assert (worth.intent and worth.intent.value, worth.category, worth.calibration_error) == (1.0, None, None)


def test_sentences_that_changed_stand_on_their_side() -> None:
    right = rows("jalan", "jalan", "jalan", "jalan")
    former = [reading("jalan"), reading("sampah"), reading("jalan"), reading("sampah")]
    candidate = [reading("sampah"), reading("jalan"), reading("jalan"), reading("lainnya")]
    read = ReadSet("frozen", right, former, candidate, left_out=3)
    found = compare([read], read, milliseconds_a_text=0.1, size_bytes=1)
    [one] = found.sets
    assert [each.text for each in one.better] == ["pesan 1"]
    assert [(each.text, each.former, each.candidate) for each in one.worse] == [("pesan 0", "jalan", "sampah")]
    assert (one.only_former, one.only_candidate, one.left_out) == (1, 1, 3)
    assert [each.text for each in found.golden.failed] == ["pesan 0", "pesan 3"]


def test_labels_are_measured_over_all_sets_together() -> None:
    one = ReadSet("frozen", rows("jalan"), [reading("sampah")], [reading("jalan")])
    other = ReadSet("live", rows("jalan"), [reading("jalan")], [reading("jalan")])
    found = compare([one, other], one, milliseconds_a_text=0.1, size_bytes=1)
    [category] = [pair for pair in found.labels if pair.kind == "category"]
    assert (category.label, category.rows, category.candidate) == ("jalan", 2, 1.0)
    assert category.former == pytest.approx(2 / 3)


def test_what_only_one_of_the_two_tells_of_a_label_is_counted() -> None:
    right = rows("jalan", "sampah", "jalan")
    former = [reading("jalan"), reading("sampah"), reading("parkir")]
    candidate = [reading("parkir"), reading("jalan"), reading("jalan")]
    found = compare([read := ReadSet("frozen", right, former, candidate)], read, milliseconds_a_text=0.1, size_bytes=1)
    counts = {pair.label: (pair.lost, pair.gained) for pair in found.labels if pair.kind == "category"}
    assert counts == {"jalan": (2, 1), "sampah": (1, 0)}


def test_neighbours_that_are_taken_for_one_another_are_one_group() -> None:
    read = ReadSet("frozen", rows("jalan", "parkir", "sampah"), [reading("jalan")] * 3, [reading("parkir")] * 3)
    found = compare([read], read, milliseconds_a_text=0.1, size_bytes=1, groups={"jalan": "roads", "parkir": "roads"})
    [group] = found.groups
    assert (group.label, group.rows, group.candidate, group.members) == ("roads", 2, 1.0, ["jalan", "parkir"])


def test_messages_of_late_are_counted_by_what_is_said_now() -> None:
    late = ReadSet(
        "live",
        [LabelledText(str(number)) for number in (7, 8, 9)],
        [reading("jalan"), reading("jalan"), reading("sampah")],
        [reading("jalan"), reading("parkir"), reading("sampah")],
    )
    one = ReadSet("frozen", [], [], [])
    found = compare([one], one, milliseconds_a_text=0.1, size_bytes=1, live=late)
    assert [(each.label, each.rows, each.changed, each.sample) for each in found.shifts] == [
        ("jalan", 2, 1, [(8, "parkir")]),
        ("sampah", 1, 0, []),
    ]
