"""Reads `calibration.toml`: how true confidences are on real messages, and from where they are true enough.

The file is written by `calibrate.py` and holds numbers only; no threshold stands in it, for thresholds follow
from its curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli

from components.calibration import Calibration, keeps_order
from training.corpus import UnusableData
from training.threshold import MOST_WRONG, NEVER

NAME = "calibration.toml"
FEWEST_AMONG_THREE = 0.5
"""Three categories are worth offering where at least every second citizen finds hers among them."""


@dataclass(frozen=True)
class Point:
    """One confidence on the curve.

    Attributes:
        confidence: of the first category.
        cards: share of messages that have it or more.
        wrong: share of those whose first category is wrong.
        among_three: share of the messages between this point and the next whose category is among the first
            three; 1 where there is no message.
    """

    confidence: float
    cards: float
    wrong: float
    among_three: float


@dataclass(frozen=True)
class Calibrated:
    """What was measured on real messages; the points from the lowest confidence up."""

    calibration: Calibration
    curve: tuple[Point, ...]

    def sure(self) -> float:
        """The smallest confidence from which few enough first categories are wrong."""
        return min((point.confidence for point in self.curve if point.wrong <= MOST_WRONG), default=NEVER)

    def three(self) -> float:
        """The smallest confidence from which, all the way up, three categories are worth offering."""
        smallest = NEVER
        for point in reversed(self.curve):
            if point.among_three < FEWEST_AMONG_THREE:
                break
            smallest = point.confidence
        return smallest


def read_calibration(folders: Sequence[Path]) -> Calibrated | None:
    """The calibration of the first data directory that has one; None: nothing was measured on real messages.

    Raises:
        UnusableData: the file is damaged; the message names it and the mend.
    """
    path = next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)
    if path is None:
        return None
    try:
        document = tomli.loads(path.read_text(encoding="utf-8"))
        calibration = Calibration(
            float(document["confidence"]["cap"]), float(document["confidence"]["power"])
        )
        curve = tuple(Point(*(float(number) for number in point)) for point in document["curve"]["points"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableData(f"{path} cannot be used ({error}): write it anew with calibrate.py.") from error
    if not keeps_order(calibration.cap, calibration.power) or not curve:
        raise UnusableData(f"{path}: cap, power or curve make no sense: write it anew with calibrate.py.")
    return Calibrated(calibration, curve)
