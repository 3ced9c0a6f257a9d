"""What of the counted numbers may be shown, so that nobody is found in them: nothing under five. Pure.

The same cases stand in several tables, each with the same total. So that no number of less than five can be had by
subtraction either:

- rows of less than five cases are shown together as one row, and where they are less than five even so, the next
  smallest row goes in with them; how many rows these are is not said;
- in every other column a number from 1 to 4 is withheld, and with it the next smallest ones, until at least two are
  withheld and each of them might be anything from 1 to 5; where a table has not enough of them, the column is withheld
  in all tables, and its total too;
- the columns of a row do not add up to anything that is shown;
- periods that are shown never overlap.

What is secret, sensitive or hidden is in none of these tables: only its numbers as a whole, rounded down to fives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.statistics.counts import MEASURES, Counted, Counts, total

FEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCounts:
    """Numbers as anybody may read them; None is withheld, or that there is nothing. As in `Counts`."""

    received: int
    in_time: int | None = None
    late: int | None = None
    solved: int | None = None
    disputed: int | None = None
    reopened: int | None = None
    voices: int | None = None
    median_days: float | None = None
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row; `is_rest`: those together that are too small to stand alone."""

    key: str | None
    shown: PublishedCounts
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """Tables by name, with the total that they share; `whole` is None where there are less than five cases at all."""

    whole: PublishedCounts | None
    tables: Mapping[str, Sequence[ShownRow]]


def publish(counted: Mapping[str, Counted]) -> Published:
    """What may be shown of several tables over the same cases."""
    whole = total(next(iter(counted.values()), {}).values())
    if whole.received < FEWEST:
        return Published(None, dict.fromkeys(counted, ()))
    pooled = {name: _pooled(table) for name, table in counted.items()}
    hidden = {measure: _hidden(measure, whole, pooled.values()) for measure in MEASURES[1:]}
    tables = {}
    for place, (name, rows) in enumerate(pooled.items()):
        not_shown = [
            {m for m, cells in hidden.items() if cells is None or row in cells[place]} for row in range(len(rows))
        ]
        each = zip(rows, not_shown, strict=True)
        tables[name] = [ShownRow(key, _shown(counts, of_row), is_rest) for (key, counts, is_rest), of_row in each]
    return Published(_shown(whole, {measure for measure, cells in hidden.items() if cells is None}), tables)


def confidential(counts: Counts) -> PublishedCounts | None:
    """What is said of cases that are secret, sensitive or hidden, all together; None of less than five."""
    fives = {name: getattr(counts, name) // FEWEST * FEWEST or None for name in MEASURES[1:] if name != "voices"}
    received = counts.received // FEWEST * FEWEST
    return PublishedCounts(received=received, **fives) if received else None


def villages_to_draw(villages: Counted, districts: Counted, shown: Sequence[ShownRow]) -> Mapping[str, int]:
    """How many cases each village had, those that may be shown.

    What is left out of a district, or of all those that do not stand alone in the table of districts, is five or none.

    Args:
        villages: by village.
        districts: the same cases by district.
        shown: the rows of the districts' table.
    """
    alone = {row.key for row in shown if not row.is_rest}
    drawn = dict[str, int]()
    for group in [{district} for district in alone] + [set(districts) - alone]:
        whole = sum(counts.received for district, counts in districts.items() if district in group)
        inside = [(counts.received, code) for code, counts in villages.items() if code and _district(code) in group]
        large = sorted(village for village in inside if village[0] >= FEWEST)
        while large and 0 < whole - sum(received for received, _ in large) < FEWEST:
            large.pop(0)
        drawn |= {code: received for received, code in large}
    return drawn


def _district(village: str) -> str:
    return village.rpartition(".")[0]


type _Row = tuple[str | None, Counts, bool]


def _pooled(table: Counted) -> list[_Row]:
    """Each row that may stand alone, in the table's order, and the others as one."""
    by_size = sorted(table.items(), key=lambda row: row[1].received)
    rest = [row for row in by_size if 0 < row[1].received < FEWEST]
    alone = [row for row in by_size if row[1].received >= FEWEST]
    if rest and sum(counts.received for _, counts in rest) < FEWEST:
        rest, alone = [*rest, *alone[:1]], alone[1:]
    apart = {key for key, _ in alone}
    rows: list[_Row] = [(key, counts, False) for key, counts in table.items() if key in apart]
    return [*rows, (None, total(counts for _, counts in rest), True)] if rest else rows


def _hidden(measure: str, whole: Counts, tables: Iterable[Sequence[_Row]]) -> list[frozenset[int]] | None:
    """The places that are withheld in each table; None where the whole measure is."""
    if 0 < getattr(whole, measure) < FEWEST:
        return None
    cells = [suppressed([getattr(counts, measure) for _, counts, _ in rows]) for rows in tables]
    return None if None in cells else [found for found in cells if found is not None]


def suppressed(column: Sequence[int]) -> frozenset[int] | None:
    """The places of a column that are not shown; None where that does not help, as its total would tell them."""
    hidden = [place for place, value in enumerate(column) if 0 < value < FEWEST]
    others = sorted((place for place, value in enumerate(column) if value >= FEWEST), key=column.__getitem__)
    while hidden and not _is_safe([column[place] for place in hidden]):
        if not others:
            return None
        hidden.append(others.pop(0))
    return frozenset(hidden)


def _is_safe(values: Sequence[int]) -> bool:
    """Whether each of these might be anything from 1 to 5 for somebody who knows their sum, and that none is 0."""
    return len(values) > 1 and sum(values) - len(values) >= FEWEST - 1


def _shown(counts: Counts, hidden: set[str]) -> PublishedCounts:
    known = {name: None if name in hidden else getattr(counts, name) for name in MEASURES[1:]}
    return PublishedCounts(
        received=counts.received,
        **known,
        median_days=counts.median_days if counts.answered >= FEWEST else None,
        rating=round(counts.rating, 1) if known["voices"] and counts.rating is not None else None,
    )
