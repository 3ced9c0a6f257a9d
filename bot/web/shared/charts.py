"""Draws numbers as SVG: pairs of dots, lines over weeks, bars. Pure; looks are the stylesheet's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 640
ROW = 26
NAMES = 210
"""How much room the names at the left have."""
RIGHT = 60
HEIGHT = 220
FOOT = 26


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of one thing, 0 to 1, and the interval of the second. `less_is_better`: of an error."""

    name: str
    former: float
    candidate: float
    low: float | None = None
    high: float | None = None
    note: str = ""
    less_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers from 0 to 1, one a place; None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A number of one thing and what was expected, each 0 or more; `note` stands behind it."""

    name: str
    value: float
    expected: float
    note: str


def pairs(title: str, rows: Sequence[Pair]) -> Markup:
    """For each row a hollow dot (the former), a full one (the candidate) and its interval, on a line from 0 to 1."""
    height = ROW * len(rows) + FOOT
    drawn = [_scale(height - FOOT), *(_pair(row, place) for place, row in enumerate(rows))]
    return _picture(title, height, drawn)


def lines(title: str, places: Sequence[str], series: Sequence[Series], marks: Sequence[int] = ()) -> Markup:
    """A line a series over places such as weeks; an upright line at each of the marks.

    Args:
        title: what is drawn.
        places: names from left to right.
        series: one number a place.
        marks: places at which something was changed.
    """
    drawn = [_grid(), *(_mark(place, len(places)) for place in marks)]
    drawn += [_line(one, number, len(places)) for number, one in enumerate(series)]
    drawn += [_place(name, place, len(places)) for place, name in enumerate(places)]
    return _picture(title, HEIGHT + FOOT, drawn)


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """For each row a dark bar, what is, upon a light one, what was expected; the longest fills the picture."""
    most = max((max(row.value, row.expected) for row in rows), default=0.0)
    return _picture(title, ROW * len(rows), [_bars(row, place, most or 1.0) for place, row in enumerate(rows)])


def _picture(title: str, height: int, drawn: Iterable[Markup]) -> Markup:
    box = Markup('<svg class="picture" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}">')
    return Markup("").join(
        [box.format(WIDTH, height), Markup("<title>{}</title>").format(title), *drawn, Markup("</svg>")]
    )


def _across(value: float) -> float:
    return NAMES + min(max(value, 0.0), 1.0) * (WIDTH - NAMES - RIGHT)


def _scale(height: int) -> Markup:
    line = Markup('<line class="grid" x1="{0}" x2="{0}" y1="0" y2="{1}"/>')
    words = Markup('<text class="soft middle" x="{}" y="{}">{} %</text>')
    marks = [0.0, 0.25, 0.5, 0.75, 1.0]
    return Markup("").join(
        [
            *(line.format(_across(at), height) for at in marks),
            *(words.format(_across(at), height + 18, f"{at * 100:.0f}") for at in marks),
        ]
    )


def _pair(row: Pair, place: int) -> Markup:
    middle = ROW * place + ROW / 2
    moved = "worse" if (row.candidate < row.former) != row.less_is_better else "better"
    parts = [
        Markup('<text class="end" x="{}" y="{}">{}</text>').format(NAMES - 12, middle + 4, row.name),
        Markup('<text class="soft" x="{}" y="{}">{}</text>').format(WIDTH - RIGHT + 8, middle + 4, row.note),
    ]
    if row.low is not None and row.high is not None:
        span = Markup('<line class="span" x1="{}" x2="{}" y1="{y}" y2="{y}"/>')
        parts.append(span.format(_across(row.low), _across(row.high), y=middle))
    moving = Markup('<line class="{}" x1="{}" x2="{}" y1="{y}" y2="{y}"/>')
    parts.append(moving.format(moved, _across(row.former), _across(row.candidate), y=middle))
    dot = Markup('<circle class="{}" cx="{}" cy="{}" r="5"/>')
    parts += [
        dot.format("former", _across(row.former), middle),
        dot.format("candidate", _across(row.candidate), middle),
    ]
    return Markup("").join(parts)


def _bars(row: Bar, place: int, most: float) -> Markup:
    top, room = ROW * place, WIDTH - NAMES - RIGHT
    name = Markup('<text class="end" x="{}" y="{}">{}</text>').format(NAMES - 12, top + 17, row.name)
    note = Markup('<text class="soft" x="{}" y="{}">{}</text>').format(WIDTH - RIGHT + 8, top + 17, row.note)
    bar = Markup('<rect class="{}" x="{}" y="{}" width="{:.1f}" height="{}"/>')
    expected = bar.format("expected", NAMES, top + 5, room * row.expected / most, 16)
    return name + expected + bar.format("is", NAMES, top + 9, room * row.value / most, 8) + note


def _left(place: int, places: int) -> float:
    return 40 + place * (WIDTH - 60) / max(places - 1, 1)


def _top(value: float) -> float:
    return 8 + (1 - min(max(value, 0.0), 1.0)) * (HEIGHT - 16)


def _grid() -> Markup:
    line = Markup(
        '<line class="grid" x1="40" x2="{0}" y1="{1}" y2="{1}"/><text class="soft" x="0" y="{2}">{3} %</text>'
    )
    return Markup("").join(
        line.format(WIDTH - 20, _top(at), _top(at) + 4, f"{at * 100:.0f}") for at in (0.0, 0.25, 0.5, 0.75, 1.0)
    )


def _mark(place: int, places: int) -> Markup:
    return Markup('<line class="change" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(_left(place, places), HEIGHT)


def _line(series: Series, number: int, places: int) -> Markup:
    known = [(place, value) for place, value in enumerate(series.values) if value is not None]
    points = " ".join(f"{_left(place, places):.1f},{_top(value):.1f}" for place, value in known)
    dots = Markup("").join(
        Markup('<circle class="dot-{}" cx="{}" cy="{}" r="4"><title>{}: {} %</title></circle>').format(
            number, _left(place, places), _top(value), series.name, f"{value * 100:.1f}"
        )
        for place, value in known
    )
    return Markup('<polyline class="line-{}" points="{}"/>').format(number, points) + dots


def _place(name: str, place: int, places: int) -> Markup:
    return Markup('<text class="soft middle" x="{}" y="{}">{}</text>').format(
        _left(place, places), HEIGHT + FOOT - 8, name
    )
