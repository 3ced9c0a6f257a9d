"""Rows of labelled messages from a file of any columns: CSV, XLSX, JSON Lines or Rasa YAML. Reads as it goes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from bot.training.corpus.encodings import encoding_of
from bot.training.corpus.examples import read_file
from bot.training.corpus.workbook import MOST_BYTES, BrokenWorkbook, LargeWorkbook, workbook_rows
from bot.training.samples.labels import INTENTS


@dataclass(frozen=True, slots=True)
class LabelNames:
    """What labels are called: a regency's words for its categories and for types, folded, beside the slugs."""

    categories: Mapping[str, str]
    intents: Mapping[str, str]


def names_of(categories: Mapping[str, Mapping[str, str]], types: Mapping[str, Sequence[str]]) -> LabelNames:
    """What labels are called.

    Args:
        categories: the words of each leaf, by slug and language.
        types: the words of each intent in every language.
    """
    slugs = {folded(words): slug for slug, known in categories.items() for words in (slug, *known.values())}
    called = {folded(words): intent for intent, known in types.items() for words in known}
    intents = {**called, **{intent: intent for intent in INTENTS}}
    return LabelNames(slugs, intents)


def folded(cell: str) -> str:
    """What two ways of writing a label have in common."""
    return " ".join(cell.split()).casefold()


SHOWN_ROWS = 5
LONGEST_CELL = 131_072
GUESSED_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "teks", "pesan", "message", "isi", "laporan", "aduan", "keluhan", "uraian"),
    "intent": ("intent", "type", "jenis", "tipe", "niat", "klasifikasi"),
    "category": ("category", "kategori", "topik", "label", "bidang", "topic"),
}


class Format(StrEnum):
    """The file format of labelled messages; of XLSX it is only read."""

    CSV = "csv"
    JSONL = "jsonl"
    YAML = "yml"
    XLSX = "xlsx"


class Unreadable(StrEnum):
    """Why no rows can be read from a file; pages have words for each."""

    FORMAT = "format"
    NOT_UTF8 = "not-utf8"
    CSV = "csv"
    XLSX = "xlsx"
    YAML = "yaml"
    EMPTY = "empty"
    LARGE = "large"


class UnreadableImport(Exception):
    """A file that no rows can be read from. `detail`: the line where it breaks off, or how many MB are too many."""

    def __init__(self, why: Unreadable, detail: int | None = None) -> None:
        """Take why; as text it is kept with an import that ended."""
        super().__init__(why.value if detail is None else f"{why.value} {detail}")
        self.why, self.detail = why, detail


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what; "" where there is none."""

    text: str
    intent: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as it stands in the file, counted from 1; `cells` are all of its columns."""

    number: int
    cells: Mapping[str, str]


def format_of(name: str) -> Format:
    """The format of a file by its name.

    Raises:
        UnreadableImport: it is none that is read.
    """
    endings = {f".{one}": one for one in Format} | {".ndjson": Format.JSONL, ".yaml": Format.YAML}
    found = endings.get(Path(name).suffix.casefold())
    if found is None:
        raise UnreadableImport(Unreadable.FORMAT)
    return found


def raw_rows(file: Path, written: Format) -> Iterator[Raw]:
    """Every row, in order.

    Raises:
        UnreadableImport: it is not of this format, or no text; only CSV may be other than UTF-8.
    """
    readers = {Format.CSV: _csv, Format.JSONL: _jsonl, Format.YAML: _yaml, Format.XLSX: _xlsx}
    try:
        yield from readers[written](file)
    except UnicodeDecodeError:
        raise UnreadableImport(Unreadable.NOT_UTF8) from None
    except csv.Error:
        raise UnreadableImport(Unreadable.CSV) from None


def _csv(file: Path) -> Iterator[Raw]:
    csv.field_size_limit(LONGEST_CELL)
    encoding = encoding_of(file)
    with file.open(encoding=encoding, newline="") as lines:
        reader = csv.DictReader(lines, dialect=_dialect(file, encoding))
        for number, row in enumerate(reader, 1):
            yield Raw(number, {str(name): str(cell or "") for name, cell in row.items() if name is not None})


def _xlsx(file: Path) -> Iterator[Raw]:
    try:
        for number, row in enumerate(workbook_rows(file), 1):
            yield Raw(number, row)
    except BrokenWorkbook:
        raise UnreadableImport(Unreadable.XLSX) from None
    except LargeWorkbook:
        raise UnreadableImport(Unreadable.LARGE, MOST_BYTES >> 20) from None


def _dialect(file: Path, encoding: str) -> type[csv.Dialect]:
    """Commas, semicolons or tabs: whatever divides the header most."""
    with file.open(encoding=encoding, newline="") as lines:
        header = lines.readline()

    class Found(csv.excel):
        delimiter = max(",;\t", key=header.count)

    return Found


def _jsonl(file: Path) -> Iterator[Raw]:
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            known = row if isinstance(row, dict) else {}
            yield Raw(number, {str(name): "" if cell is None else str(cell) for name, cell in known.items()})


def _yaml(file: Path) -> Iterator[Raw]:
    read = read_file("import", file.name, file.read_bytes().decode("utf-8"))
    if read.faults and not read.examples:
        raise UnreadableImport(Unreadable.YAML, read.faults[0].place.line)
    for number, one in enumerate(read.examples, 1):
        yield Raw(number, {"text": one.text, "intent": one.intent, "category": one.category or ""})


def columns_of(file: Path, written: Format) -> tuple[list[str], list[Raw]]:
    """The names of the columns, and the first rows.

    Raises:
        UnreadableImport: there is no row.
    """
    first = list(islice(raw_rows(file, written), SHOWN_ROWS))
    if not first:
        raise UnreadableImport(Unreadable.EMPTY)
    return list(dict.fromkeys(name for row in first for name in row.cells)), first


def guessed_columns(names: list[str]) -> Columns:
    """Which columns are likely what, by their names."""
    folded = {name.strip().casefold(): name for name in names}
    found = {
        part: next((folded[name] for name in known if name in folded), "") for part, known in GUESSED_NAMES.items()
    }
    return Columns(**found)
