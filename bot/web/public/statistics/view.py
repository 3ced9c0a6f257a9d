"""Puts the public numbers into words and pictures. Reads nothing, and is given nothing that may not be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from actions.regency.model import Regency
from actions.statistics.suppression import PublishedCounts, ShownRow
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.web.public.statistics.charts import CaseBar, bars
from bot.web.public.statistics.reading import TABLES, Statistics
from bot.web.public.statistics.words import COLUMNS, TITLES

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
        """What a row is about."""
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
        """As "Oktober 2026"."""
        return format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=self.language)

    def day(self, day: date) -> str:
        """As "20 November 2026"."""
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
