"""The page of `lapor nlu evaluate`: one HTML file with curves, and nothing of what anybody wrote.

It shows numbers and the names of categories, loads nothing, and runs no script.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.understanding.evaluation.report import EvaluationReport, Point

WORST = 12
_LEFT, _BOTTOM, _WIDE, _HIGH = 40, 210, 270, 200
"""Where the curves' origin is, and how far they go, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Polyline:
    """A curve, as points of the drawing."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawing: `right` and `top` are what its axes end at."""

    title: str
    words: str
    across: str
    lines: tuple[Polyline, ...]
    right: float = 1
    top: float = 1
    diagonal: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the plot of confusions; `share` of its row, 0 to 1."""

    row: int
    column: int
    share: float
    words: str


def page_of(name: str, report: EvaluationReport, learning: Sequence[tuple[str, Sequence[Point]]] = ()) -> str:
    """The HTML of a report.

    Args:
        name: of the file that was read.
        report: what was found.
        learning: curves by name, a point's x being how many examples, as `read_learning_curve` gives them.
    """
    folder = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined)
    environment.filters["share"] = _share
    slugs = sorted(each.slug for each in report.categories)
    return environment.get_template("page.html").render(
        name=name,
        report=report,
        numbers=list(_numbers(report)),
        worst=WORST,
        curves=list(_curves(report, learning)),
        slugs=slugs,
        cells=list(_cells(report, slugs)),
    )


def read_learning_curve(file: Path) -> list[tuple[str, list[Point]]]:
    """The curves that `nlu/learning_curve.py` wrote: for each set, the share that is right by examples."""
    if not file.is_file():
        return []
    sets = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        (name, [Point(examples, first, examples) for examples, first, _ in measured["points"]])
        for name, measured in sets.items()
    ]


def _numbers(report: EvaluationReport) -> Iterator[tuple[str, str]]:
    scores = report.scores
    for label, value in (
        ("intent right", scores.intent_accuracy),
        ("category right", scores.category_accuracy),
        ("among three", scores.top3),
        ("macro-F1", scores.macro_f1),
        ("calibration error", scores.ece),
    ):
        if value is not None:
            yield label, f"{value:.3f}"


def _curves(report: EvaluationReport, learning: Sequence[tuple[str, Sequence[Point]]]) -> Iterator[Curve]:
    yield Curve(
        "Are confidences true?",
        "On the diagonal, as many are right as the model says; below it, it is too sure.",
        "confidence of the first category",
        (Polyline("share that is right", _drawn(report.reliability)),),
        diagonal=True,
    )
    yield Curve(
        "What if only the surest count?",
        "How many of the first categories are wrong when this share of messages, the surest, gets one unasked.",
        "share of messages",
        (Polyline("share that is wrong", _drawn(report.coverage)),),
    )
    if learning:
        most = max(point.x for _, points in learning for point in points)
        lines = tuple(Polyline(name, _drawn(points, most)) for name, points in learning)
        names = ", ".join(name for name, _ in learning)
        yield Curve(
            "Do more examples help?",
            f"Share of first categories that are right, by how many examples were learned: {names} (full, dashed).",
            "examples with a category",
            lines,
            right=most,
        )


def _drawn(points: Sequence[Point], right: float = 1) -> str:
    return " ".join(f"{_LEFT + _WIDE * point.x / right:.1f},{_BOTTOM - _HIGH * point.y:.1f}" for point in points)


def _cells(report: EvaluationReport, slugs: Sequence[str]) -> Iterator[Cell]:
    place = {slug: number for number, slug in enumerate(slugs)}
    for each in report.categories:
        right = round(each.found * each.rows)
        words = f"Of {each.rows} messages about {each.slug}, {right} were recognised."
        yield Cell(place[each.slug], place[each.slug], each.found, words)
    for confusion in report.confusions:
        if confusion.taken_for in place:
            share = confusion.rows / confusion.of
            yield Cell(place[confusion.right], place[confusion.taken_for], share, str(confusion))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
