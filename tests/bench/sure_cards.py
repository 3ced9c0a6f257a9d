"""From which confidence a category may stand on the card: `python -m tests.bench.sure_cards FOLDER [--write]`.

FOLDER holds CSV files of real messages with the columns text, category and source, which are no part of the project:
nothing of them but numbers is written. Fitted on one half (by the first bit of each message's SHA-256, as
`nlu/calibrate.py` divides them), measured on the other, which nothing was calibrated or fitted on.

The logit of the confidence and a shift of each category, drawn to zero where it has few messages, say how likely the
first category is right. The likeliest are sure, as far down as at most one in twenty of them is wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.understanding.model.compiled_model import CompiledUnderstanding
from bot.understanding.model.sure import FILE
from tests.talks.world import compiled

MOST_WRONG = 0.05
DRAWN_TO_ZERO = 10.0
"""What a shift of one costs, in messages."""
STEPS = 4_000
type Floats = npt.NDArray[np.float64]
HEAD = """\
# From which confidence on a category stands on the card without a question; below it three are offered.
# Written by `python -m tests.bench.sure_cards FOLDER --write`; do not edit.
"""


@dataclass(frozen=True)
class Guesses:
    """What the model says of messages whose category is known, a row each."""

    confidence: Floats
    name: npt.NDArray[np.str_]
    right: npt.NDArray[np.bool_]
    city: npt.NDArray[np.str_]
    fitting: npt.NDArray[np.bool_]

    def half(self, *, fitting: bool) -> Guesses:
        """The messages that were fitted on, or the others."""
        rows = self.fitting == fitting
        return Guesses(self.confidence[rows], self.name[rows], self.right[rows], self.city[rows], self.fitting[rows])


def guesses_of(folder: Path, understanding: CompiledUnderstanding) -> Guesses:
    """The guess of each message that has a category."""
    csv.field_size_limit(10_000_000)
    found = list(_guesses(folder, understanding))
    confidence, name, right, city, fitting = zip(*found, strict=True)
    return Guesses(np.array(confidence), np.array(name), np.array(right), np.array(city), np.array(fitting))


def _guesses(folder: Path, understanding: CompiledUnderstanding) -> Iterator[tuple[float, str, bool, str, bool]]:
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.DictReader(opened):
                if row["category"]:
                    first = understanding.read(row["text"]).categories[0]
                    is_fitted_on = hashlib.sha256(row["text"].encode("utf-8", "replace")).digest()[0] < 128
                    yield first.confidence, first.name, first.name == row["category"], row["source"], is_fitted_on


def confidences_of(half: Guesses, cap: float, power: float) -> dict[str, float]:
    """From which confidence on each category is sure.

    Args:
        half: the messages to fit on.
        cap: the highest confidence there is; `power`: how confidences were made true.
        power: as in the header of the model.
    """
    slugs = sorted(set(half.name.tolist()))
    rows = np.array([slugs.index(one) for one in half.name.tolist()])
    logit = _logit((half.confidence / cap) ** (1 / power))
    slope, level, shift = _fitted(logit, half.right.astype(float), rows, len(slugs))
    score = slope * logit + level + shift[rows]
    least = _least(score, half.right)
    shares = 1 / (1 + np.exp(-(least - level - shift) / slope))
    return {slug: round(float(cap * share**power), 6) for slug, share in zip(slugs, shares, strict=True)}


def _fitted(logit: Floats, right: Floats, rows: npt.NDArray[np.int64], slugs: int) -> tuple[float, float, Floats]:
    slope, level, shift = 1.0, 0.0, np.zeros(slugs)
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-(slope * logit + level + shift[rows]))) - right
        slope -= 0.125 * float((error * logit).mean())
        level -= 0.125 * float(error.mean())
        shift -= 5 * (np.bincount(rows, error, slugs) + DRAWN_TO_ZERO * shift) / len(logit)
    return slope, level, shift


def _least(score: Floats, right: npt.NDArray[np.bool_]) -> float:
    """The smallest score from which on few enough are wrong."""
    order = np.argsort(-score)
    wrong = np.cumsum(~right[order])
    allowed = np.flatnonzero(wrong <= MOST_WRONG * np.arange(1, len(order) + 1))
    return float(score[order][allowed[-1]]) if len(allowed) else float("inf")


def _logit(shares: Floats) -> Floats:
    kept = np.clip(shares, 1e-6, 1 - 1e-6)
    logit: Floats = np.log(kept / (1 - kept))
    return logit


def measured(half: Guesses, sure_from: dict[str, float]) -> dict[str, tuple[int, float, float]]:
    """Of all messages and of each city: how many there are, which share is sure, and which of those is wrong."""
    highest = max(sure_from.values())
    sure = half.confidence >= np.array([sure_from.get(one, highest) for one in half.name.tolist()])
    found = {}
    for city in ("", *sorted(set(half.city.tolist()))):
        there = half.city == city if city else np.ones(len(sure), dtype=bool)
        both = sure & there
        found[city or "all"] = (int(there.sum()), both.sum() / there.sum(), 1 - half.right[both].mean())
    return found


def main() -> None:
    """Fits, measures, and with `--write` writes the file."""
    options = argparse.ArgumentParser(description="Fits from which confidence a category is sure.")
    options.add_argument("folder", type=Path)
    options.add_argument("--write", action="store_true")
    words = options.parse_args()
    understanding = compiled()
    header = understanding.model.header
    guesses = guesses_of(words.folder, understanding)
    sure_from = confidences_of(guesses.half(fitting=True), header.confidence_cap, header.confidence_power)
    unseen = guesses.half(fitting=False)
    flat = dict.fromkeys(sure_from, header.threshold_sure)
    for name, each in (("one confidence for all", flat), ("one a category", sure_from)):
        for city, (rows, sure, wrong) in measured(unseen, each).items():
            print(f"{name:24} {city:12} {rows:6} sure {sure:.3f} wrong {wrong:.4f}")
    if words.write:
        lines = "".join(f"{slug} = {confidence}\n" for slug, confidence in sure_from.items())
        FILE.write_text(f"{HEAD}\n[from]\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
