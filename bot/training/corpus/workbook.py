"""Rows of a workbook (XLSX): the first sheet that has any, below its first row, as text.

A workbook is a zip of XML, and who made it may mean ill: it is not unpacked beyond a bound, no more columns are read
than a list of complaints has, and whatever breaks the reader is one refusal. A formula comes out as one, not as its
value.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 32 * 1024 * 1024
"""Of all parts together, unpacked; some 50,000 complaints."""
MOST_COLUMNS = 100
A_FORMULA = "f"
_BROKEN = (
    *(AttributeError, EOFError, IndexError, InvalidFileException, KeyError, MemoryError, NotImplementedError),
    *(OSError, OverflowError, RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
"""What readers of zip and XML raise over files that are none; their faults of XML are SyntaxErrors."""


class BrokenWorkbook(Exception):
    """A file that is no workbook, or none that can be read."""


class LargeWorkbook(Exception):
    """A workbook whose parts are larger than `MOST_BYTES` when they are unpacked."""


def workbook_rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows that are not empty, by the names in the first of them.

    Raises:
        BrokenWorkbook: see there.
        LargeWorkbook: see there.
    """
    try:
        with file.open("rb") as content:
            _check_size(content)
            yield from _rows(content)
    except _BROKEN as error:
        raise BrokenWorkbook from error


def _check_size(content: IO[bytes]) -> None:
    """What a part says of its size binds the zip reader, which gives out no more."""
    with zipfile.ZipFile(content) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
            raise LargeWorkbook
    content.seek(0)


def _rows(content: IO[bytes]) -> Iterator[dict[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and checks that it does not know
        book = load_workbook(content, read_only=True, keep_links=False)
    for sheet in book.worksheets:
        found = (_texts(row) for row in sheet.iter_rows(max_col=MOST_COLUMNS))
        rows = (row for row in found if any(row))
        names = next(rows, None)
        if names is not None:
            yield from ({name: cell for name, cell in zip(names, row, strict=False) if name} for row in rows)
            return


def _texts(row: Sequence[Any]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: Any) -> str:  # noqa: ANN401 - openpyxl is untyped
    if cell.value is None:
        return ""
    if cell.data_type == A_FORMULA:
        formula = getattr(cell.value, "text", cell.value)
        return f"=({str(formula).removeprefix('=')})"
    return str(cell.value).strip()
