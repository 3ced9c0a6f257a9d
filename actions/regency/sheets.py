"""Reading a regency's CSV files row by row, so that what is wrong is named with file, line and mend.

Knows no category, agency or rule.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from actions.regency.declaration import Part, Phrase, WrongDeclaration, phrase, read_text

FLAGS = {
    "yes": True,
    "ya": True,
    "true": True,
    "1": True,
    "no": False,
    "tidak": False,
    "false": False,
    "0": False,
}


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row of a CSV file; every cell is stripped."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The words of a cell, "" where it is empty."""
        return self.cells[column]

    def wrong(self, what: Phrase, mend: Phrase) -> WrongDeclaration:
        """What to raise when something in this row cannot stand."""
        return WrongDeclaration(self.file, self.line, what, mend)

    def required(self, column: str) -> str:
        """The words of a cell that must not be empty."""
        if not self[column]:
            raise self.wrong(phrase("column '{column}' is empty", column=column), phrase("fill it in"))
        return self[column]

    def listed(self, column: str, known: Iterable[str] | None = None, where: Part = "") -> tuple[str, ...]:
        """The members of a list divided by semicolons, each one of those known where there are such."""
        members = tuple(member.strip() for member in self[column].split(";") if member.strip())
        return members if known is None else tuple(self.known(member, known, where) for member in members)

    def flag(self, column: str) -> bool:
        """A yes or no; an empty cell is no."""
        if self[column].lower() not in {*FLAGS, ""}:
            what = phrase("'{words}' in column '{column}' is neither yes nor no", words=self[column], column=column)
            raise self.wrong(what, phrase("write yes or no"))
        return FLAGS.get(self[column].lower(), False)

    def number(self, column: str) -> int:
        """A whole number; an empty cell is 0."""
        if not re.fullmatch(r"-?\d{1,9}|", self[column]):
            what = phrase("'{words}' in column '{column}' is no whole number", words=self[column], column=column)
            raise self.wrong(what, phrase("write one, 0 is usual"))
        return int(self[column] or 0)

    def one_of(self, column: str, known: Iterable[str], where: Part) -> str:
        """The words of a cell that must be one of those known; `where` says where the known ones stand."""
        return self.known(self.required(column), known, where)

    def known(self, name: str, known: Iterable[str], where: Part) -> str:
        """A name that must be one of those known."""
        names = list(known)
        if name not in names:
            close = get_close_matches(name, names, n=1)
            mend = phrase("use one of {where}", where=where)
            if close:
                mend = phrase("use one of {where} (did you mean '{close}'?)", where=where, close=close[0])
            raise self.wrong(phrase("'{name}' is unknown", name=name), mend)
        return name


def read_rows(file: Path, columns: Iterable[str]) -> list[CsvRow]:
    """The rows of a CSV file that has at least these columns in its header; blank rows are left out."""
    lines = _lines(file)
    header = next(lines, (1, []))[1]
    _check_header(file, header, list(columns))
    rows = []
    for line, cells in lines:
        if len(cells) != len(header):
            what = phrase("{columns} columns instead of {wanted}", columns=len(cells), wanted=len(header))
            mend = phrase("divide by commas, and put a cell that holds one in double quotes")
            raise WrongDeclaration(file, line, what, mend)
        rows.append(CsvRow(file, line, dict(zip(header, cells, strict=True))))
    return rows


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line they begin in."""
    reader = csv.reader(StringIO(read_text(file), newline=""), strict=True)
    begins = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        what = phrase("this is not CSV ({error})", error=str(error))
        raise WrongDeclaration(file, begins, what, phrase("look at its double quotes")) from None


def _check_header(file: Path, header: list[str], columns: list[str]) -> None:
    mend = phrase("begin the file with {columns}", columns=",".join(columns))
    if missing := [column for column in columns if column not in header]:
        raise WrongDeclaration(file, 1, phrase("the header lacks {columns}", columns=", ".join(missing)), mend)
    if len(set(header)) < len(header):
        raise WrongDeclaration(file, 1, phrase("the header names a column twice"), mend)
