"""Fits the calibration on one half of real messages and measures it on the other. Pure.

Which half a message belongs to follows from its words alone (the first bit of their SHA-256), so a message
that stands twice stands in one half. A city counts by the square root of its messages: the largest shall not
speak for all, nor the smallest for the largest. Two numbers are fitted: little to learn by heart.

On the curve, from which the thresholds follow, the authored texts count as one more city, each guessed by a
model that has not seen it: they are short, of this regency, and of every category equally often.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from components.calibration import Calibration
from training.calibrated import Calibrated, Point

BINS = 15
STEPS = 40
_FIXED, _POWER = (0.51, 1.0), (0.05, 0.99)
"""Bounds of the confidence that stays as it is, and of the power: within them no label overtakes another."""
Floats = npt.NDArray[np.float64]


class CannotCalibrate(ValueError):
    """The messages give no usable calibration; the message says why."""


@dataclass(frozen=True)
class Guesses:
    """What an uncalibrated model said about messages whose category is known, a row each.

    Attributes:
        confidence: of the first category.
        place: of the right category in the ranking, from 0.
        city: where the message is from.
        fitting: whether it is in the half that is fitted on.
    """

    confidence: Floats
    place: npt.NDArray[np.int64]
    city: npt.NDArray[np.str_]
    fitting: npt.NDArray[np.bool_]

    @cached_property
    def weight(self) -> Floats:
        """What each message counts, so that a city of n messages counts as the root of n."""
        _, rows, counts = np.unique(self.city, return_inverse=True, return_counts=True)
        return np.asarray((1 / np.sqrt(counts))[rows], dtype=np.float64)

    def and_also(self, others: Guesses) -> Guesses:
        """These and others together."""
        return Guesses(
            np.concatenate([self.confidence, others.confidence]),
            np.concatenate([self.place, others.place]),
            np.concatenate([self.city, others.city]),
            np.concatenate([self.fitting, others.fitting]),
        )

    def half(self, *, fitting: bool) -> Guesses:
        """The messages of one half."""
        rows = self.fitting == fitting
        return Guesses(self.confidence[rows], self.place[rows], self.city[rows], self.fitting[rows])


def is_fitted_on(text: str) -> bool:
    """Whether a message belongs to the half that is fitted on."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[0] < 128  # noqa: PLR2004 - half of 256


def calibrate(guesses: Guesses, authored: Guesses) -> Calibrated:
    """The calibration of the half to fit on, and the curve that it has there.

    Args:
        guesses: of real messages.
        authored: of authored texts; they count on the curve, and nothing is fitted on them.

    Raises:
        CannotCalibrate: there are no messages to fit on.
    """
    half = guesses.half(fitting=True)
    if not len(half.confidence):
        raise CannotCalibrate("There are no messages with a known category to fit on.")
    right = half.place == 0

    def surprise(numbers: Floats) -> float:
        fixed, power = numbers
        said = np.clip(fixed ** (1 - power) * half.confidence**power, 1e-9, 1 - 1e-9)
        return float(-(half.weight * np.log(np.where(right, said, 1 - said))).sum())

    fixed, power = minimize(surprise, np.array([0.8, 0.7]), method="Nelder-Mead", bounds=(_FIXED, _POWER)).x
    calibration = Calibration(round(float(fixed ** (1 - power)), 4), round(float(power), 4))
    return Calibrated(calibration, curve_of(calibrated(half.and_also(authored), calibration)))


def calibrated(guesses: Guesses, calibration: Calibration) -> Guesses:
    """The same guesses with their confidences made true."""
    return replace(guesses, confidence=calibration.cap * guesses.confidence**calibration.power)


def curve_of(guesses: Guesses) -> tuple[Point, ...]:
    """How many cards there are from each of 40 even confidences on, and how many of those are wrong."""
    everything = guesses.weight.sum()
    points = []
    for step in range(STEPS):
        low = step / STEPS
        above = guesses.confidence >= low
        within = above & (guesses.confidence < low + 1 / STEPS)
        cards = guesses.weight[above].sum()
        wrong = _share(guesses, above, guesses.place > 0) if cards else 0.0
        three = _share(guesses, within, guesses.place < 3) if within.any() else 1.0  # noqa: PLR2004
        points.append(Point(low, round(float(cards / everything), 4), round(wrong, 4), round(three, 4)))
    return tuple(points)


def calibration_error(guesses: Guesses) -> float:
    """Expected calibration error, 15 equal bins, each message alike (Guo et al. 2017)."""
    bins = np.clip(np.ceil(guesses.confidence * BINS).astype(int) - 1, 0, BINS - 1)
    apart = guesses.confidence - (guesses.place == 0)
    distances = [abs(apart[bins == number].sum()) for number in range(BINS)]
    return float(sum(distances) / len(apart))


def sure_cards(guesses: Guesses, threshold: float) -> tuple[float, float]:
    """The share of messages at or above a threshold, and of those the share that is wrong; each alike."""
    sure = guesses.confidence >= threshold
    return float(sure.mean()), float((guesses.place[sure] > 0).mean()) if sure.any() else 0.0


def _share(guesses: Guesses, among: npt.NDArray[np.bool_], which: npt.NDArray[np.bool_]) -> float:
    return float(guesses.weight[among & which].sum() / guesses.weight[among].sum())
