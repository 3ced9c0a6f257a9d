"""Draws how many cases were received, answered in time and late, so that it reads on a phone. Pure.

A picture is as wide as a small phone; each name stands above its bar. Looks are the stylesheet's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 360
ROW = 44
NUMBERS = 48
"""Room for the number behind the longest bar."""
LONGEST_NAME = 46
"""Letters that fit above a bar; the table has the whole name."""


@dataclass(frozen=True, slots=True)
class CaseBar:
    """Cases of a row; None is withheld, and not drawn."""

    name: str
    received: int
    in_time: int | None
    late: int | None
    number: str


def bars(title: str, rows: Sequence[CaseBar]) -> Markup:
    """A light bar for what was received, on it what was answered in time and what is late."""
    most = max((row.received for row in rows), default=1) or 1
    height = ROW * len(rows)
    box = Markup('<svg class="chart" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}"><title>{2}</title>')
    drawn = [_bar(row, place, most) for place, row in enumerate(rows)]
    return Markup("").join([box.format(WIDTH, height, title), *drawn, Markup("</svg>")])


def _bar(row: CaseBar, place: int, most: int) -> Markup:
    top, scale = ROW * place, (WIDTH - NUMBERS) / most
    parts = [Markup('<text x="0" y="{}">{}</text>').format(top + 14, _short(row.name))]
    parts.append(_rect("received", 0, top, row.received * scale))
    in_time = (row.in_time or 0) * scale
    if row.in_time:
        parts.append(_rect("in-time", 0, top, in_time))
    if row.late:
        parts.append(_rect("late", in_time, top, row.late * scale))
    end = Markup('<text class="number" x="{:.1f}" y="{}">{}</text>')
    return Markup("").join([*parts, end.format(row.received * scale + 6, top + 33, row.number)])


def _rect(kind: str, left: float, top: float, width: float) -> Markup:
    rect = Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="16"/>')
    return rect.format(kind, left, top + 20, width)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
