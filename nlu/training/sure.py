"""From which confidence a category is sure, and from which three are worth offering; never typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from components.spelling import read_table
from training.calibrated import read_calibration
from training.corpus import Corpus
from training.guessing import Settings, labelled_of
from training.threshold import guesses_unseen, smallest_sure


@dataclass(frozen=True)
class Thresholds:
    """Confidences of the first category, 0 to 1.

    Attributes:
        sure: from it on at most 15 % of the first categories are wrong.
        three: from it on the right one is among three at least every second time.
    """

    sure: float
    three: float


def thresholds(corpus: Corpus, data: Sequence[Path]) -> Thresholds:
    """By the curve of real messages in `calibration.toml`; without one, by the corpus itself, out of fold.

    Raises:
        UnusableData: `calibration.toml` is damaged.
    """
    measured = read_calibration(data)
    if measured:
        return Thresholds(measured.sure(), measured.three())
    settings = Settings.of(corpus)
    labelled = labelled_of(corpus)
    guesses = guesses_unseen(
        [text for text, _ in labelled],
        [category for _, category in labelled],
        read_table(),
        fewest_texts=settings.fewest_texts,
        recipe=settings.recipe,
    )
    return Thresholds(smallest_sure(list(guesses)), 0.0)
