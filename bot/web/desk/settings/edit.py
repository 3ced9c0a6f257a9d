"""Changes of a regency's files as new text: a number, a row; whatever else stands there stays byte for byte. Pure."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TABLE = re.compile(r"^\s*\[([\w.-]+)\]\s*(#.*)?$")
_NUMBER = re.compile(r"^(\s*([\w-]+)\s*=\s*)(\d{1,6})(\s*(?:#.*)?)$")
CONTEXT_LINES = 2


class EditConflict(Exception):
    """What was asked for is not there: the file was changed meanwhile, or it has another form."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number of a TOML file: in which table ("" above all), under which key, on which line from 0."""

    table: str
    key: str
    value: int
    line: int

    @property
    def name(self) -> str:
        """The name of the number within its file."""
        return f"{self.table}.{self.key}"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a CSV file: its cells by column. It stands on the lines from `first` on, up to before `last`."""

    cells: Mapping[str, str]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CsvSheet:
    """A CSV file."""

    columns: Sequence[str]
    rows: Sequence[SheetRow]


def typed_lines(typed: str) -> str:
    """What was typed into a form, with plain ends of lines."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def numbers_of(text: str) -> list[Number]:
    """The whole numbers of a TOML file, in its order."""
    found, table = list[Number](), ""
    for line, words in enumerate(text.splitlines()):
        if heading := _TABLE.match(words):
            table = heading[1]
        elif number := _NUMBER.match(words):
            found.append(Number(table, number[2], int(number[3]), line))
    return found


def with_numbers(text: str, wanted: Mapping[str, int]) -> str:
    """The file with other numbers, by name; comments, order and spelling stay.

    Raises:
        CannotEdit: one of them is not there.
    """
    known = {number.name: number for number in numbers_of(text)}
    lines = text.splitlines(keepends=True)
    for name, value in wanted.items():
        if name not in known:
            raise EditConflict(name)
        line = lines[known[name].line]
        body = line.rstrip("\r\n")
        lines[known[name].line] = _NUMBER.sub(rf"\g<1>{value}\g<4>", body) + line[len(body) :]
    return "".join(lines)


def sheet_of(text: str) -> CsvSheet:
    """The columns and rows of a CSV file; blank rows are left out.

    Raises:
        CannotEdit: it is none.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found, begins = list[tuple[int, int, list[str]]](), 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, reader.line_num, [cell.strip() for cell in cells]))
            begins = reader.line_num
    except csv.Error as error:
        raise EditConflict(str(error)) from error
    if not found or any(len(cells) != len(found[0][2]) for _, _, cells in found):
        raise EditConflict("rows")
    columns = found[0][2]
    rows = [SheetRow(dict(zip(columns, cells, strict=True)), first, last) for first, last, cells in found[1:]]
    return CsvSheet(columns, rows)


def with_row(text: str, place: int | None, cells: Mapping[str, str] | None) -> str:
    """The file with a row changed, added at its end (`place` None), or taken out (`cells` None).

    Raises:
        CannotEdit: there is no such row.
    """
    sheet, lines = sheet_of(text), text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    written = _written([cells.get(column, "") for column in sheet.columns], end) if cells is not None else ""
    if place is None:
        return f"{text}{'' if text.endswith(('\n', '\r')) or not text else end}{written}"
    if not 0 <= place < len(sheet.rows):
        raise EditConflict("row")
    row = sheet.rows[place]
    return "".join([*lines[: row.first], written, *lines[row.last :]])


def with_columns(text: str, names: Sequence[str]) -> str:
    """The file with these columns behind its own, empty in every row; as it is where it has them.

    Raises:
        EditConflict: it is no CSV file.
    """
    sheet = sheet_of(text)
    missing = [name for name in names if name not in sheet.columns]
    if not missing:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    rows = ([*row.cells.values(), *("" for _ in missing)] for row in sheet.rows)
    return "".join(_written(cells, end) for cells in ([*sheet.columns, *missing], *rows))


def _written(cells: Sequence[str], end: str) -> str:
    row = io.StringIO(newline="")
    csv.writer(row, lineterminator=end).writerow([" ".join(cell.split()) for cell in cells])
    return row.getvalue()


def difference(name: str, before: str, after: str) -> list[str]:
    """What changes, as a unified diff, a line each."""
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=CONTEXT_LINES, lineterm=""))
