"""Rows of labelled messages from a file of any columns: CSV, JSON Lines or Rasa YAML. Reads as it goes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from bot.training.corpus.edits import HEADER
from bot.training.corpus.encodings import encoding_of
from bot.training.corpus.examples import read_file
from bot.training.corpus.examples import written as as_line
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
    """The file format of labelled messages."""

    CSV = "csv"
    JSONL = "jsonl"
    YAML = "yml"


class Unreadable(StrEnum):
    """Why no rows can be read from a file; pages have words for each."""

    FORMAT = "format"
    NOT_UTF8 = "not-utf8"
    CSV = "csv"
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
    endings = {".csv": Format.CSV, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".yml": Format.YAML}
    found = {**endings, ".yaml": Format.YAML}.get(Path(name).suffix.casefold())
    if found is None:
        raise UnreadableImport(Unreadable.FORMAT)
    return found


def raw_rows(file: Path, written: Format) -> Iterator[Raw]:
    """Every row, in order.

    Raises:
        UnreadableImport: it is no text, or not of this format; only CSV may be other than UTF-8.
    """
    readers = {Format.CSV: _csv, Format.JSONL: _jsonl, Format.YAML: _yaml}
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
    first = []
    for row in raw_rows(file, written):
        first.append(row)
        if len(first) == SHOWN_ROWS:
            break
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


def write_rows(rows: Iterator[tuple[str, str, str]], written: Format) -> Iterator[str]:
    """Rows of (text, intent, category) as a file of this format, piece by piece; they stand by intent and category."""
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
