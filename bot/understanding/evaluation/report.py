"""What a model confuses, and how true its confidences are: what stands on the page of `lapor nlu evaluate`. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.evaluation.evaluation import BINS, LabelledText, Scores, first_category, score
from bot.understanding.port import ModelAnswer

_TOP = 3
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Confusion:
    """So many rows of one category were taken for another.

    Attributes:
        right, taken_for: slugs.
        rows: how many; `of`: of how many that are about `right`.
    """

    right: str
    taken_for: str
    rows: int
    of: int

    def __str__(self) -> str:
        """In words."""
        was = "was" if self.rows == 1 else "were"
        return f"Of {self.of} messages about {self.right}, {self.rows} {was} taken for {self.taken_for}."


@dataclass(frozen=True, slots=True)
class OfCategory:
    """One category's rows and shares, 0 to 1; `precise` is None where nothing was taken for it.

    Attributes:
        rows: how many are about it.
        found: share of those whose first category it is; `among_three`: that have it among the first three.
        precise: share of what was taken for it that is about it.
        f1: harmonic mean of `found` and `precise`.
    """

    slug: str
    rows: int
    found: float
    among_three: float
    precise: float | None
    f1: float


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve, both ends 0 to 1, and how many rows stand behind it."""

    x: float
    y: float
    rows: int


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All that the page shows of one file.

    Attributes:
        scores: the numbers that the command prints.
        categories: worst F1 first.
        confusions: most rows first.
        reliability: mean confidence and share that is right, a point for each of 15 bins that holds rows.
        coverage: share of rows from a confidence on, and share of those that are wrong, surest first.
    """

    scores: Scores
    categories: tuple[OfCategory, ...]
    confusions: tuple[Confusion, ...]
    reliability: tuple[Point, ...]
    coverage: tuple[Point, ...]


def report_of(rows: Sequence[LabelledText], readings: Sequence[ModelAnswer]) -> EvaluationReport:
    """Compare what was read with what is right, category by category.

    Args:
        rows: the file's, in order.
        readings: one a row, in the same order.
    """
    labelled = [(row.category, reading) for row, reading in zip(rows, readings, strict=True) if row.category]
    firsts = [(right, *first_category(reading)) for right, reading in labelled]
    guesses = sorted(((sure, right == first) for right, first, sure in firsts), reverse=True)
    pairs = Counter((right, first) for right, first, _ in firsts)
    among = Counter(right for right, reading in labelled if right in {one.name for one in reading.categories[:_TOP]})
    categories = sorted(_categories(pairs, among), key=lambda each: (each.f1, each.slug))
    return EvaluationReport(
        scores=score(rows, readings),
        categories=tuple(categories),
        confusions=tuple(sorted(_confusions(pairs), key=lambda each: (-each.rows, each.right, each.taken_for))),
        reliability=tuple(_reliability(guesses)),
        coverage=tuple(_coverage(guesses)),
    )


def _categories(pairs: Counter[tuple[str, str | None]], among: Counter[str]) -> Iterator[OfCategory]:
    rows, guessed = _rows(pairs), Counter[str | None]()
    for (_, first), count in pairs.items():
        guessed[first] += count
    for slug, count in rows.items():
        hits = pairs[slug, slug]
        yield OfCategory(
            slug=slug,
            rows=count,
            found=hits / count,
            among_three=among[slug] / count,
            precise=hits / guessed[slug] if guessed[slug] else None,
            f1=2 * hits / (count + guessed[slug]),
        )


def _confusions(pairs: Counter[tuple[str, str | None]]) -> Iterator[Confusion]:
    rows = _rows(pairs)
    for (right, first), count in pairs.items():
        if right != first and first is not None:
            yield Confusion(right, first, count, rows[right])


def _rows(pairs: Counter[tuple[str, str | None]]) -> Counter[str]:
    rows: Counter[str] = Counter()
    for (right, _), count in pairs.items():
        rows[right] += count
    return rows


def _reliability(guesses: Sequence[tuple[float, bool]]) -> Iterator[Point]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in guesses:
        bins[max(0, math.ceil(confidence * BINS) - 1)].append((confidence, right))
    for inside in filter(None, bins):
        yield Point(_mean([sure for sure, _ in inside]), _mean([right for _, right in inside]), len(inside))


def _coverage(guesses: Sequence[tuple[float, bool]]) -> Iterator[Point]:
    for step in range(1, _STEPS + 1):
        if kept := guesses[: round(len(guesses) * step / _STEPS)]:
            yield Point(len(kept) / len(guesses), 1 - _mean([right for _, right in kept]), len(kept))


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)
