"""Puts the public numbers into words and pictures. Reads nothing, and is given nothing that may not be shown.

A picture is as wide as a small phone; each name stands above its bar. Looks are the stylesheet's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from actions.regency.model import Regency
from actions.statistics.suppression import PublishedCounts, ShownRow
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.case.words import PAGE as CASE
from bot.web.public.statistics.reading import TABLES, Statistics

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
    drawn = [_charts_bar(row, place, most) for place, row in enumerate(rows)]
    return Markup("").join([box.format(WIDTH, height, title), *drawn, Markup("</svg>")])


def _charts_bar(row: CaseBar, place: int, most: int) -> Markup:
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


PAGE: Mapping[str, Line] = {
    "skip": CASE["skip"],
    "language": CASE["language"],
    "years": line("statistics-years"),
    "incomplete": line("statistics-incomplete"),
    "too_few": line("statistics-too-few"),
    "figures": line("statistics-figures"),
    "table": line("statistics-table"),
    "csv": line("statistics-csv"),
    "xlsx": line("statistics-xlsx"),
    "whole": line("statistics-whole"),
    "withheld": line("statistics-withheld"),
    "key_received": line("statistics-received"),
    "key_in_time": line("statistics-in-time"),
    "key_late": line("statistics-late"),
    "method": line("statistics-method"),
    "open_data": line("statistics-open-data"),
    "open_data_about": line("statistics-open-data-about"),
    "description": line("statistics-description"),
    "list": CASE["list"],
    "chat": CASE["chat"],
}

TITLES: Mapping[str, Line] = {
    "month": line("statistics-by-month"),
    "agency": line("statistics-by-agency"),
    "category": line("statistics-by-category"),
    "district": line("statistics-by-district"),
    "village": line("statistics-by-village"),
    "answers": line("statistics-answers"),
}

COLUMNS: Mapping[str, Line] = {
    "received": line("statistics-received"),
    "in_time": line("statistics-in-time"),
    "late": line("statistics-late"),
    "solved": line("statistics-solved"),
    "disputed": line("statistics-disputed"),
    "reopened": line("statistics-reopened"),
    "median_days": line("statistics-median-days"),
    "rating": line("statistics-rating"),
    "voices": line("statistics-voices"),
}

METHOD: Sequence[Line] = (
    line("statistics-method-received"),
    line("statistics-method-in-time"),
    line("statistics-method-late"),
    line("statistics-method-solved"),
    line("statistics-method-contested"),
    line("statistics-method-median"),
    line("statistics-method-rating"),
    line("statistics-method-agency"),
    line("statistics-method-five"),
    line("statistics-method-discreet"),
)


type Say = Callable[[Line | Label | str], str]

WITHHELD = "\N{EN DASH}"
DISCREET = ("received", "in_time", "late", "solved")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, in words."""

    name: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Section:
    """One way to divide the cases: its picture, its table, and the name of its CSV."""

    name: str
    title: str
    picture: Markup
    rows: Sequence[TableRow]


@dataclass(frozen=True, slots=True)
class Voice:
    """How numbers and names read in one language of a regency."""

    regency: Regency
    language: str
    say: Say

    def number(self, value: float | None) -> str:
        """A number, or that it is not shown."""
        return WITHHELD if value is None else format_decimal(value, format="#,##0.#", locale=self.language)

    def cells(self, shown: PublishedCounts, columns: Iterable[str] = COLUMNS) -> list[str]:
        """The numbers of a row, in the order of the columns."""
        return [self.number(getattr(shown, name)) for name in columns]

    def name(self, table: str, row: ShownRow) -> str:
        """The name of a row: a category, an agency or a district."""
        return self.say(line("statistics-rest")) if row.is_rest else self.key(table, row.key)

    def key(self, table: str, key: str | None) -> str:
        """A month, an agency, a category or a district by its name."""
        if key is None:
            return self.say(
                Label(LabelSource.TEXT, "category-none") if table == "category" else line("statistics-nowhere")
            )
        match table:
            case "month":
                return self.month(key)
            case "agency":
                return self.say(Label(LabelSource.AGENCY, key))
            case "category":
                return self.say(Label(LabelSource.CATEGORY, key))
        region = self.regency.region(key)
        return region.name if region else key

    def month(self, month: str) -> str:
        """A month in words, such as "Oktober 2026"."""
        return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=self.language)

    def day(self, day: date) -> str:
        """A day in words, such as "20 November 2026"."""
        return format_date(day, "d MMMM y", locale=self.language)


def figures(shown: PublishedCounts, voice: Voice) -> list[tuple[str, str]]:
    """Each number of the whole with its name."""
    return list(zip((voice.say(title) for title in COLUMNS.values()), voice.cells(shown), strict=True))


def confidential_words(shown: PublishedCounts, voice: Voice) -> Line:
    """What is said of secret, sensitive and hidden cases; a number that is not shown is under five."""
    under_five = voice.say(line("statistics-under-five"))
    told = {name: voice.number(value) if (value := getattr(shown, name)) else under_five for name in DISCREET}
    return line("statistics-discreet", **told)


def sections(statistics: Statistics, voice: Voice, columns: Iterable[str] = COLUMNS) -> list[Section]:
    """Every table that has rows, with its picture."""
    tables, wanted = statistics.published.tables, tuple(columns)
    return [_section(name, tables[name], voice, wanted) for name in TABLES if tables.get(name)]


def _section(name: str, rows: Sequence[ShownRow], voice: Voice, columns: Sequence[str]) -> Section:
    title = voice.say(TITLES[name])
    drawn = [_bar(name, row, voice) for row in _in_order(name, rows)]
    told = [TableRow(voice.name(name, row), voice.cells(row.shown, columns)) for row in _in_order(name, rows)]
    return Section(name, title, bars(title, drawn), told)


def _in_order(name: str, rows: Sequence[ShownRow]) -> list[ShownRow]:
    """Months as they went by, all others by their size; what is put together comes last."""
    if name == "month":
        return list(rows)
    return sorted(rows, key=lambda row: (row.is_rest, -row.shown.received))


def _bar(name: str, row: ShownRow, voice: Voice) -> CaseBar:
    shown = row.shown
    return CaseBar(voice.name(name, row), shown.received, shown.in_time, shown.late, voice.number(shown.received))
