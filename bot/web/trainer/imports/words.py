"""What is said of files that cannot be imported, and of rows that are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.conversation.screen import Line, line
from bot.training.corpus.rows import Unreadable
from bot.training.samples.importing import LeftOut
from bot.training.samples.imports import Import, Importer
from bot.web.trainer.models.csv import Cell

REFUSED: Mapping[str, Line] = {
    LeftOut.NO_TEXT: line("import-refused-no-text"),
    LeftOut.NO_LABEL: line("import-refused-no-label"),
    LeftOut.UNKNOWN_INTENT: line("import-refused-unknown-intent"),
    LeftOut.UNKNOWN_CATEGORY: line("import-refused-unknown-category"),
    LeftOut.CONFLICT: line("import-refused-conflict"),
    LeftOut.PERSONAL: line("import-refused-personal"),
}


def why_unreadable(failed: str) -> Line | None:
    """The words for an `UnreadableImport` as text; None for another reason."""
    why, _, detail = failed.partition(" ")
    words: Mapping[str, Line] = {
        Unreadable.FORMAT: line("import-unreadable-format"),
        Unreadable.NOT_UTF8: line("import-unreadable-not-utf8"),
        Unreadable.CSV: line("import-unreadable-csv"),
        Unreadable.YAML: line("import-unreadable-yaml", detail=detail),
        Unreadable.EMPTY: line("import-unreadable-empty"),
        Unreadable.LARGE: line("import-unreadable-large", detail=detail),
    }
    return words.get(why)


def refused_rows(importer: Importer, one: Import, say: Callable[[Line], str]) -> Iterator[list[Cell]]:
    """What was refused, with a header: mended in a spreadsheet, the file can be imported as it is."""
    yield [say(line("import-refused-row")), say(line("import-refused-why")), *one.names]
    for number, why, cells in importer.refused(one.id):
        yield [number, say(REFUSED[why]) if why in REFUSED else why, *cells]
