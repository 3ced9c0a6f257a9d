"""Confidences become true and keep their order; what was measured gives the thresholds."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from components.calibration import UNTOUCHED, Calibration, keeps_order
from components.linear import LinearModel
from components.settings import SettingError
from tests.test_linear import a_model, rows_of
from training.calibrated import Calibrated, Point, read_calibration
from training.calibrating import (
    CannotCalibrate,
    Guesses,
    calibrate,
    calibrated,
    calibration_error,
    curve_of,
    is_fitted_on,
    sure_cards,
)
from training.corpus import UnusableData

TOML = """
[confidence]
cap = {cap}
power = 0.6
[curve]
points = {points}
"""
POINTS = "[[0.0, 1.0, 0.3, 0.4], [0.5, 0.8, 0.15, 0.9], [0.75, 0.5, 0.05, 1.0]]"


def some_guesses(count: int = 4_000) -> Guesses:
    """A model that is right as often as 0.9 times the root of its confidence."""
    dice = np.random.default_rng(7)
    confidence = dice.uniform(0.05, 1, count)
    right = dice.uniform(0, 1, count) < 0.9 * np.sqrt(confidence)
    place = np.where(right, 0, dice.integers(1, 6, count))
    return Guesses(confidence, place, np.full(count, "a city"), dice.uniform(0, 1, count) < 0.5)


NOTHING_AUTHORED = some_guesses(0)


def test_what_the_model_does_is_found_and_made_true() -> None:
    guesses = some_guesses()
    found = calibrate(guesses, NOTHING_AUTHORED).calibration
    other = guesses.half(fitting=False)

    assert found.cap == pytest.approx(0.9, abs=0.03)
    assert found.power == pytest.approx(0.5, abs=0.06)
    assert calibration_error(calibrated(other, found)) < 0.04 < calibration_error(other)


def test_without_messages_nothing_is_fitted() -> None:
    with pytest.raises(CannotCalibrate, match="no messages"):
        calibrate(some_guesses(0), some_guesses())


@pytest.mark.parametrize("place", [0, 1])
def test_whatever_fits_best_keeps_the_order(place: int) -> None:
    guesses = some_guesses()
    alike = np.full_like(guesses.place, place)

    found = calibrate(replace(guesses, place=alike), NOTHING_AUTHORED).calibration

    assert keeps_order(found.cap, found.power)


def test_a_city_counts_as_the_root_of_its_messages() -> None:
    weight = replace(some_guesses(104), city=np.array(["large"] * 100 + ["small"] * 4)).weight

    assert weight[:100].sum() / weight[100:].sum() == pytest.approx(10 / 2)


def test_authored_texts_count_on_the_curve_and_change_nothing_that_is_fitted() -> None:
    real, authored = some_guesses(), replace(some_guesses(), place=np.ones(4_000, dtype=np.int64))

    alone, together = calibrate(real, NOTHING_AUTHORED), calibrate(real, authored)

    assert together.calibration == alone.calibration
    assert together.sure() > alone.sure()


def test_a_message_is_always_in_the_same_half_and_the_halves_are_even() -> None:
    halves = [is_fitted_on(f"laporan {number}") for number in range(2_000)]

    assert halves == [is_fitted_on(f"laporan {number}") for number in range(2_000)]
    assert 900 < sum(halves) < 1_100


def test_the_curve_says_how_many_cards_are_wrong_from_a_confidence_on() -> None:
    guesses = Guesses(
        np.array([0.1, 0.6, 0.6, 0.9]), np.array([3, 1, 0, 0]), np.full(4, "a"), np.ones(4, dtype=np.bool_)
    )
    curve = {point.confidence: point for point in curve_of(guesses)}

    assert (curve[0.0].cards, curve[0.0].wrong) == (1.0, 0.5)
    assert (curve[0.1].among_three, curve[0.6].among_three) == (0.0, 1.0)
    assert (curve[0.6].cards, curve[0.6].wrong) == (0.75, 0.3333)
    assert sure_cards(guesses, 0.6) == (0.75, pytest.approx(1 / 3))


def test_the_thresholds_follow_from_the_curve() -> None:
    curve = (
        Point(0.0, 1, 0.3, 0.9),
        Point(0.25, 0.9, 0.2, 0.4),
        Point(0.5, 0.8, 0.15, 0.6),
        Point(0.75, 0.5, 0.1, 1),
    )

    found = Calibrated(UNTOUCHED, curve)

    assert (found.sure(), found.three()) == (0.5, 0.5)
    assert Calibrated(UNTOUCHED, (Point(0.0, 1, 0.5, 0.1),)).sure() == 1.0


def test_the_file_is_read_from_the_first_folder_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / "calibration.toml").write_text(
        TOML.format(cap=0.9, points=POINTS), encoding="utf-8"
    )

    found = read_calibration([tmp_path, tmp_path / "second"])

    assert found is not None
    assert (found.calibration, found.sure(), found.three()) == (Calibration(0.9, 0.6), 0.5, 0.5)
    assert read_calibration([tmp_path]) is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not toml",
        TOML.format(cap=0.9, points="[]"),
        TOML.format(cap=0.2, points=POINTS),
        TOML.format(cap=0.9, points="[[1.0]]"),
        TOML.format(cap='"much"', points=POINTS),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibration.toml").write_text(content, encoding="utf-8")

    with pytest.raises(UnusableData, match=r"calibration\.toml.*write it anew with calibrate\.py"):
        read_calibration([tmp_path])


@pytest.mark.parametrize(
    ("cap", "power", "kept"),
    [(1, 1, True), (0.9, 0.6, True), (0.9, 1, False), (0.5, 0.9, False), (0, 0.5, False), (1.1, 0.5, False)],
)
def test_only_changes_that_keep_the_order_are_taken(cap: float, power: float, kept: bool) -> None:  # noqa: FBT001
    settings = {"confidence_cap": cap, "confidence_power": power}

    assert keeps_order(cap, power) == kept
    if kept:
        assert Calibration.of(settings, "CategoryClassifier") == Calibration(cap, power)
    else:
        with pytest.raises(SettingError, match="confidence_cap and confidence_power"):
            Calibration.of(settings, "CategoryClassifier")


def test_a_calibrated_model_changes_confidences_and_no_order_and_loads_what_it_saved(tmp_path: Path) -> None:
    plain = a_model()
    model = LinearModel(plain.labels, plain.weights, plain.bias, plain.sharpness, Calibration(0.9, 0.6))
    model.save(tmp_path)

    (before,), (after,) = plain.rank(rows_of(1)), LinearModel.load(tmp_path).rank(rows_of(1))

    assert [label for label, _ in after] == [label for label, _ in before]
    assert after[0][1] == pytest.approx(0.9 * before[0][1] ** 0.6)
    assert sum(confidence for _, confidence in after) == pytest.approx(1)


def test_nothing_known_stays_nothing_known_when_calibrated() -> None:
    plain = a_model()
    model = LinearModel(plain.labels, plain.weights, plain.bias, plain.sharpness, Calibration(0.9, 0.6))

    assert model.rank(rows_of(-1)) == plain.rank(rows_of(-1))
