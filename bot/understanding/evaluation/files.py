"""Reads the rows of `lapor nlu evaluate`, has them understood, and writes down what was predicted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import stamina

from bot.understanding.evaluation.evaluation import LabelledText
from bot.understanding.port import CannotUnderstand, ModelAnswer, Understanding

_TEXTS_AT_ONCE = 64
_ATTEMPTS = 5
_TOP = 3
_LONGEST_CELL_CHARACTERS = 10_000_000


class UnusableFile(ValueError):
    """The file cannot be evaluated; one sentence says why, and nothing of what is in it."""


def read_rows(file: Path) -> list[LabelledText]:
    """The rows of a CSV file with a column `text`, and any of `intent`, `type` and `category`.

    Raises:
        UnusableFile: it cannot be opened, is no UTF-8 CSV, or has no column `text`.
    """
    csv.field_size_limit(_LONGEST_CELL_CHARACTERS)
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
            if "text" not in reader.fieldnames:
                raise UnusableFile(f"{file} has no column named text: put it into the first line.")
            return [_row(cells) for cells in reader]
    except OSError as error:
        raise UnusableFile(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise UnusableFile(f"{file} is not UTF-8: save it as CSV UTF-8.") from None
    except csv.Error as error:
        raise UnusableFile(f"{file} is no CSV file: {error}.") from None


async def understand_rows(
    rows: Sequence[LabelledText], understanding: Understanding, progress: Callable[[int], None]
) -> list[ModelAnswer]:
    """One reading a row, in order. A text that is not understood at once is tried again a few times.

    Args:
        rows: as `read_rows` gave them.
        understanding: who is measured; no fallback, or the fallback is measured.
        progress: told, every few rows, how many are done.

    Raises:
        CannotUnderstand: again and again.
    """
    readings: list[ModelAnswer] = []
    for start in range(0, len(rows), _TEXTS_AT_ONCE):
        texts = [row.text for row in rows[start : start + _TEXTS_AT_ONCE]]
        async for attempt in stamina.retry_context(on=CannotUnderstand, attempts=_ATTEMPTS, timeout=None):
            with attempt:
                readings += await understanding.understand(texts)
        progress(len(readings))
    return readings


def write_predictions(file: Path, readings: Sequence[ModelAnswer]) -> None:
    """Write `row, intent, intent_confidence, category_1, confidence_1, … confidence_3`; rows count from 1.

    Raises:
        UnusableFile: it cannot be written.
    """
    places = range(1, _TOP + 1)
    header = ["row", "intent", "intent_confidence"]
    header += [name for place in places for name in (f"category_{place}", f"confidence_{place}")]
    try:
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(_prediction(number, reading) for number, reading in enumerate(readings, start=1))
    except OSError as error:
        raise UnusableFile(f"{file} cannot be written: {error.strerror}.") from error


def _row(cells: dict[str, str | None]) -> LabelledText:
    def cell(name: str) -> str | None:
        return (cells.get(name) or "").strip() or None

    return LabelledText(cells.get("text") or "", cell("intent"), cell("type"), cell("category"))


def _prediction(number: int, reading: ModelAnswer) -> list[str | int | float]:
    """A line of the file; a category that is missing leaves its two cells empty."""
    told: list[str | int | float] = [number, reading.intent.name, reading.intent.confidence]
    for place in range(_TOP):
        guess = reading.categories[place] if place < len(reading.categories) else None
        told += [guess.name, guess.confidence] if guess else ["", ""]
    return told
