"""Numbers as CSV: what the pictures show, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from fastapi import Response

from bot.training.models.comparison import Comparison
from bot.training.models.measuring import Share
from bot.web.trainer.models.words import NUMBERS

type Cell = str | int | float | None
COLUMNS = ("set", "kind", "label", "rows", "former", "candidate", "low", "high")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(comparison: Comparison) -> Iterator[Sequence[Cell]]:
    """Each number of each set, then each label."""
    yield COLUMNS
    for each in comparison.sets:
        for member in NUMBERS:
            former, candidate = getattr(each.former, member), getattr(each.candidate, member)
            if isinstance(former, Share) and isinstance(candidate, Share):
                interval = (candidate.low, candidate.high)
                yield (each.name, "number", member, candidate.rows, former.value, candidate.value, *interval)
    for pair in comparison.labels:
        yield ("", pair.kind, pair.label, pair.rows, pair.former, pair.candidate, None, None)


def csv_answer(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """A file to keep."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(csv_text(rows), media_type="text/csv; charset=utf-8", headers=headers)


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as they stand in a file. A cell that a spreadsheet would take for a formula is made a text."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([[_plain(cell) for cell in row] for row in rows])
    return written.getvalue()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
