"""Rows as a workbook for a spreadsheet program (XLSX). Text stays text: nothing in it becomes a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final

import xlsxwriter
from fastapi import Response

type Cell = str | int | float | None
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME: Final = 31
"""Letters of a sheet's name, as the programs have it."""
WIDEST: Final = 48
NOT_IN_A_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def workbook(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet, whose first row is its header, stays in sight and can be filtered by."""
    written = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, plain) as book:
        sheet = book.add_worksheet(name.translate(NOT_IN_A_NAME)[:LONGEST_NAME])
        sheet.write_row(0, 0, head, book.add_format({"bold": True}))
        widths, last = [len(title) for title in head], 0
        for last, row in enumerate(rows, 1):
            sheet.write_row(last, 0, row)
            widths = [max(width, len(str(cell or ""))) for width, cell in zip(widths, row, strict=True)]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(head) - 1)
    return written.getvalue()


def xlsx_answer(name: str, made: bytes) -> Response:
    """A workbook to keep."""
    return Response(made, media_type=XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})
