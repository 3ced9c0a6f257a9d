"""What a model is worth on messages whose meaning is known, each number with its interval. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from bot.understanding.evaluation.evaluation import (
    BINS,
    FEWEST_ROWS_OF_A_SLUG,
    LabelledText,
    first_category,
    intent_is_right,
)
from bot.understanding.port import ModelAnswer

Z = 1.96
"""Standard deviations that 95 of 100 lie within."""
RESAMPLES = 500
SEED = 20_260_101
"""The same messages give the same interval every time."""

Numbers = npt.NDArray[np.int64]


def wilson(hits: int, rows: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), 0 to 1.

    Args:
        hits: how many of the rows.
        rows: 1 or more.
    """
    share = hits / rows
    middle = share + Z**2 / (2 * rows)
    half = Z * math.sqrt(share * (1 - share) / rows + Z**2 / (4 * rows**2))
    below = 1 + Z**2 / rows
    return max(0.0, (middle - half) / below), min(1.0, (middle + half) / below)


def resampled(rows: int, number: Callable[[Numbers], float]) -> tuple[float, float]:
    """The 95 % interval of a number (percentile bootstrap): what it is on rows drawn again and again.

    Args:
        rows: how many there are, 1 or more.
        number: what is measured on the rows of these places, which may stand there more than once.
    """
    drawing = np.random.default_rng(SEED)
    found = np.array([number(drawing.integers(0, rows, rows)) for _ in range(RESAMPLES)])
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def mcnemar(only_former: int, only_candidate: int) -> float:
    """How likely so uneven a difference is if both are equally good (exact McNemar test, two-sided), 0 to 1.

    Args:
        only_former: messages that only the former one had right.
        only_candidate: messages that only the candidate had right.
    """
    return min(1.0, 2 * sign_test(max(only_former, only_candidate), min(only_former, only_candidate)))


def sign_test(lost: int, gained: int) -> float:
    """How likely it is that no more are gained if each is as likely lost (exact, one-sided), 0 to 1."""
    differ = lost + gained
    logs = [_log_choose(differ, count) - differ * math.log(2) for count in range(gained + 1)]
    return min(1.0, math.fsum(math.exp(log) for log in logs))


def _log_choose(of: int, count: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)


TOP = 3
CHANCES = 200
"""How often chance is asked what error of calibration it alone would show."""


class Share(BaseModel):
    """A number from 0 to 1 and its 95 % interval."""

    model_config = ConfigDict(frozen=True)

    value: float
    low: float
    high: float
    rows: int


class Worth(BaseModel):
    """The numbers of one model on one set; None where no row says what would be right.

    Attributes:
        rows: how many messages.
        intent, category, top3: shares that are right; `top3`: the right category is among the first three.
        macro_f1: mean F1 over the categories with 20 rows or more, over all if there is none.
        calibration_error: mean distance between confidence and truth (15 equal bins).
        sure: share of messages whose category is sure; `right_when_sure`: share of those that are right.
        by_chance: the calibration error that a perfectly true model would show on so few rows.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    intent: Share | None = None
    category: Share | None = None
    top3: Share | None = None
    macro_f1: Share | None = None
    calibration_error: Share | None = None
    sure: Share | None = None
    right_when_sure: Share | None = None
    by_chance: float = 0.0

    @property
    def error_beyond_chance(self) -> float | None:
        """The part of the calibration error that is the model's own: a small set shows some of it in any model."""
        return None if self.calibration_error is None else max(0.0, self.calibration_error.value - self.by_chance)


def worth_of(rows: Sequence[LabelledText], readings: Sequence[ModelAnswer]) -> Worth:
    """Measure one model.

    Args:
        rows: the set.
        readings: one a row, in the same order.
    """
    intents = [right for pair in zip(rows, readings, strict=True) if (right := intent_is_right(*pair)) is not None]
    labelled = [(row.category, reading) for row, reading in zip(rows, readings, strict=True) if row.category]
    if not labelled:
        return Worth(rows=len(rows), intent=_share(intents))
    guesses = [(first_category(reading)[1], right == first_category(reading)[0]) for right, reading in labelled]
    sure = np.array([confidence for confidence, _ in guesses])
    hits = np.array([right for _, right in guesses])
    pairs = CategoryPairs([(right, first_category(reading)[0]) for right, reading in labelled])
    return Worth(
        rows=len(rows),
        intent=_share(intents),
        category=_share([right for _, right in guesses]),
        top3=_share([right in {guess.name for guess in reading.categories[:TOP]} for right, reading in labelled]),
        macro_f1=_resampled(pairs.macro_f1(), len(labelled), pairs.macro_f1),
        calibration_error=_resampled(
            calibration_error(sure, hits), len(labelled), lambda places: calibration_error(sure[places], hits[places])
        ),
        sure=_share([reading.sure for _, reading in labelled]),
        right_when_sure=_share([right == first_category(reading)[0] for right, reading in labelled if reading.sure]),
        by_chance=error_by_chance(sure),
    )


class CategoryPairs:
    """What is right and what was guessed, counted quickly for any choice of rows."""

    def __init__(self, pairs: Sequence[tuple[str, str | None]]) -> None:
        """Number the labels.

        Args:
            pairs: what is right, and what was guessed.
        """
        names = sorted({right for right, _ in pairs} | {guess for _, guess in pairs if guess is not None})
        number = {name: place for place, name in enumerate(names)}
        self.names = names
        self._right = np.array([number[right] for right, _ in pairs])
        self._guess = np.array([number.get(guess or "", len(names)) for _, guess in pairs])

    def f1(self, places: Numbers | None = None) -> npt.NDArray[np.float64]:
        """F1 of each label on the rows of these places, on all rows without them; 0 of a label without any."""
        rows, guesses, hits = self._counted(places)
        f1: npt.NDArray[np.float64] = 2 * hits / np.maximum(rows + guesses, 1)
        return f1

    def macro_f1(self, places: Numbers | None = None) -> float:
        """Mean F1 over the labels that have rows enough in the whole set."""
        all_rows, _, _ = self._counted(None)
        rows, guesses, hits = self._counted(places)
        counted = all_rows >= FEWEST_ROWS_OF_A_SLUG
        counted = (counted if counted.any() else all_rows > 0) & (rows + guesses > 0)
        return float(np.mean(2 * hits[counted] / (rows + guesses)[counted])) if counted.any() else 0.0

    def rows(self) -> Numbers:
        """How many rows each label has."""
        return self._counted(None)[0]

    def _counted(self, places: Numbers | None) -> tuple[Numbers, Numbers, Numbers]:
        right = self._right if places is None else self._right[places]
        guess = self._guess if places is None else self._guess[places]
        size = len(self.names) + 1
        hits = np.bincount(right[right == guess], minlength=size)
        return np.bincount(right, minlength=size)[:-1], np.bincount(guess, minlength=size)[:-1], hits[:-1]


def error_by_chance(sure: npt.NDArray[np.float64]) -> float:
    """The calibration error that is seen, in the mean, if each guess is right just as often as it is sure."""
    drawing = np.random.default_rng(SEED)
    return float(np.mean([calibration_error(sure, drawing.random(len(sure)) < sure) for _ in range(CHANCES)]))


def calibration_error(sure: npt.NDArray[np.float64], hits: npt.NDArray[np.bool_]) -> float:
    """As `evaluation.expected_calibration_error`, quickly enough to be asked a thousand times."""
    places = np.maximum(np.ceil(sure * BINS).astype(np.int64) - 1, 0)
    distances = np.bincount(places, weights=sure - hits, minlength=BINS)
    return float(np.abs(distances).sum() / len(sure))


def share_of(hits: Sequence[bool]) -> Share:
    """The share of one or more that are true, with its interval."""
    low, high = wilson(sum(hits), len(hits))
    return Share(value=sum(hits) / len(hits), low=low, high=high, rows=len(hits))


def _share(hits: Sequence[bool]) -> Share | None:
    return share_of(hits) if hits else None


def _resampled(value: float, rows: int, number: Callable[[Numbers], float]) -> Share:
    """A number with its interval; `number` measures it on the rows of some places."""
    low, high = resampled(rows, number)
    return Share(value=value, low=low, high=high, rows=rows)
