"""Rows of labelled messages as a file: CSV, JSON Lines or Rasa YAML. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from bot.training.corpus.edits import HEADER
from bot.training.corpus.examples import written as as_line
from bot.training.corpus.rows import Format, Unreadable, UnreadableImport, format_of

WRITTEN = (Format.CSV, Format.JSONL, Format.YAML)


def format_to_write(name: str) -> Format:
    """The format of a file to be written, by its name.

    Raises:
        UnreadableImport: it is none that is written.
    """
    if (found := format_of(name)) not in WRITTEN:
        raise UnreadableImport(Unreadable.FORMAT)
    return found


def write_rows(rows: Iterator[tuple[str, str, str]], written: Format) -> Iterator[str]:
    """Rows of (text, intent, category) as a file, piece by piece; they stand by intent and category.

    Args:
        rows: text, intent and category, "" for none.
        written: one of `WRITTEN`.
    """
    if written is Format.CSV:
        yield _csv_line(["text", "intent", "category"])
        for text, intent, category in rows:
            yield _csv_line([_no_formula(text), intent, category])
    elif written is Format.JSONL:
        for text, intent, category in rows:
            yield json.dumps({"text": text, "intent": intent, "category": category or None}, ensure_ascii=False) + "\n"
    else:
        yield HEADER
        for (intent, category), some in groupby(rows, key=itemgetter(1, 2)):
            about = f"  metadata:\n    category: {category}\n" if category else ""
            yield f"- intent: {intent}\n{about}  examples: |\n"
            yield from (f"    - {as_line(text)}\n" for text, _, _ in some)


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _no_formula(text: str) -> str:
    """A spreadsheet takes such a cell for a formula; with a quote in front it does not."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def without_quote(text: str) -> str:
    """The cell as it was before it was kept from being a formula."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t" else text
