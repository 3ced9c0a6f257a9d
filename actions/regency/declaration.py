"""Reading what a regency wrote, row by row, so that what is wrong is named with file, line and mend.

Reads CSV and TOML; knows no category, agency or rule.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

_FLAGS = {"yes": True, "ya": True, "true": True, "1": True, "no": False, "tidak": False, "false": False, "0": False}


class WrongDeclaration(Exception):  # noqa: N818 - named for what the regency's officer reads
    """Something in a regency's files that cannot stand. Its str is one sentence.

    Attributes:
        file: where it stands.
        line: counted from 1.
        what: what is wrong, without a full stop.
        mend: what to do about it, in the imperative, without a full stop.
    """

    def __init__(self, file: Path, line: int, what: str, mend: str) -> None:
        """Takes the four parts of the sentence."""
        super().__init__(f"{file}, line {line}: {what}; {mend}.")
        self.file, self.line, self.what, self.mend = file, line, what, mend


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a CSV file; every cell is stripped."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The words of a cell, "" where it is empty."""
        return self.cells[column]

    def wrong(self, what: str, mend: str) -> WrongDeclaration:
        """What to raise when something in this row cannot stand."""
        return WrongDeclaration(self.file, self.line, what, mend)

    def required(self, column: str) -> str:
        """The words of a cell that must not be empty."""
        if not self[column]:
            raise self.wrong(f"column '{column}' is empty", "fill it in")
        return self[column]

    def listed(self, column: str) -> tuple[str, ...]:
        """The members of a list divided by semicolons."""
        return tuple(member.strip() for member in self[column].split(";") if member.strip())

    def flag(self, column: str) -> bool:
        """A yes or no; an empty cell is no."""
        if self[column].lower() not in {*_FLAGS, ""}:
            raise self.wrong(f"'{self[column]}' in column '{column}' is neither yes nor no", "write yes or no")
        return _FLAGS.get(self[column].lower(), False)

    def number(self, column: str) -> int:
        """A whole number; an empty cell is 0."""
        if not re.fullmatch(r"-?\d{1,9}|", self[column]):
            raise self.wrong(f"'{self[column]}' in column '{column}' is no whole number", "write one, 0 is usual")
        return int(self[column] or 0)

    def one_of(self, column: str, known: Iterable[str], where: str) -> str:
        """The words of a cell that must be one of those known; `where` says where the known ones stand."""
        return self.known(self.required(column), known, where)

    def known(self, name: str, known: Iterable[str], where: str) -> str:
        """A name that must be one of those known."""
        names = list(known)
        if name not in names:
            close = get_close_matches(name, names, n=1)
            hint = f" (did you mean '{close[0]}'?)" if close else ""
            raise self.wrong(f"'{name}' is unknown", f"use one of {where}{hint}")
        return name


def read_text(file: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise WrongDeclaration(file, line, "this is not UTF-8", "save the file again as UTF-8 (CSV UTF-8 in Excel)") from None
    except OSError as error:
        raise WrongDeclaration(file, 1, f"cannot be read ({error.strerror})", "put the file there") from None


def read_rows(file: Path, columns: Iterable[str]) -> list[Row]:
    """The rows of a CSV file that has at least these columns in its header; blank rows are left out."""
    reader = csv.reader(StringIO(read_text(file), newline=""), strict=True)
    lines = _lines(file, reader)
    header = [name.strip() for name in next(lines, (1, []))[1]]
    _check_header(file, header, list(columns))
    rows = []
    for line, cells in lines:
        if len(cells) != len(header):
            what = f"{len(cells)} columns instead of {len(header)}"
            raise WrongDeclaration(file, line, what, "divide by commas, and put a cell that holds one in double quotes")
        rows.append(Row(file, line, dict(zip(header, cells, strict=True))))
    return rows


def _lines(file: Path, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            line = getattr(reader, "line_num", 1)
            raise WrongDeclaration(file, line, f"this is not CSV ({error})", "look at its double quotes") from None
        if any(cells):
            yield getattr(reader, "line_num", 1), cells


def _check_header(file: Path, header: list[str], columns: list[str]) -> None:
    if missing := [column for column in columns if column not in header]:
        what = f"the header lacks {', '.join(missing)}"
        raise WrongDeclaration(file, 1, what, f"begin the file with {','.join(columns)}")
    if len(set(header)) < len(header):
        raise WrongDeclaration(file, 1, "the header names a column twice", f"begin the file with {','.join(columns)}")


@dataclass(frozen=True, slots=True)
class Settings:
    """A TOML file, or one table of it."""

    file: Path
    text: str
    values: Mapping[str, object]

    def wrong(self, key: str, what: str, mend: str) -> WrongDeclaration:
        """What to raise when the value of a key cannot stand, or is not there."""
        lines = self.text.splitlines()
        stands = re.compile(rf"""\s*\[?["']?{re.escape(key)}["']?\s*[=\]]""")
        return WrongDeclaration(self.file, next((n for n, line in enumerate(lines, 1) if stands.match(line)), 1), what, mend)

    def words(self, key: str) -> str:
        """Words that are not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"'{key}' is not there or holds no words", f'write {key} = "…"')
        return value.strip()

    def positive(self, key: str) -> int:
        """A whole number from 1."""
        value = self.values.get(key)
        if type(value) is not int or value < 1:
            raise self.wrong(key, f"'{key}' is not there or is no whole number from 1", f"write {key} = 1 or more")
        return value

    def listed(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(member, str) for member in value):
            raise self.wrong(key, f"'{key}' is not there or is no list of words", f'write {key} = ["…"]')
        return tuple(value)

    def table(self, key: str) -> Settings:
        """A table; one that is not there is empty."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"'{key}' is no table", f"write [{key}]")
        return Settings(self.file, self.text, value)


def read_settings(file: Path) -> Settings:
    """The tables of a TOML file."""
    text = read_text(file)
    try:
        return Settings(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise WrongDeclaration(file, line, f"this is not TOML ({error})", "look at its quotes and equals signs") from None
