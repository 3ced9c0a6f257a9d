"""An import: rows are read, put right and sorted out, a thousand at a time; what is refused stands in a file with why.

It can be ended at any moment and goes on where it was: its folder holds the file, what was accepted and refused so
far, and how far it is. In the end all that was accepted is one change of the data.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import batched, islice
from pathlib import Path

from bot.training.corpus.corpus import fold
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.folder import DataFolder
from bot.training.corpus.rows import (
    Columns,
    Format,
    LabelNames,
    Raw,
    columns_of,
    folded,
    format_of,
    raw_rows,
)
from bot.training.corpus.writing import write_whole
from bot.training.corpus.written_rows import without_quote
from bot.training.samples.import_check import ImportCheck
from bot.training.samples.importing import Kind, LeftOut, new_or_left_out
from bot.training.samples.labels import SampleLabel
from bot.understanding.evaluation.evaluation import LabelledText

ROWS_AT_ONCE = 1_000
LONGEST_TEXT = 5_000
SOURCE, STATE, ACCEPTED, REFUSED, SAMPLE = "source", "state.json", "accepted.jsonl", "refused.csv", "sample.json"


class ImportStage(StrEnum):
    """The stages of an import."""

    READING = "reading"
    WAITING = "waiting"
    SAVED = "saved"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Import:
    """An import and how far it is.

    Attributes:
        names: of its columns, as far as the first rows tell.
        known: rows that stood in the data already.
        failed: why it ended.
        sure: rows whose category the model in service is sure of; `against`: those of them that say another one.
        accepted_by: who has read these and takes the import all the same.
    """

    id: str
    name: str
    format: str
    columns: Columns
    who: str
    why: str
    began_at: str
    names: tuple[str, ...] = ()
    stage: str = ImportStage.READING
    rows: int = 0
    accepted: int = 0
    known: int = 0
    refused: int = 0
    failed: str = ""
    sure: int = 0
    against: int = 0
    accepted_by: str = ""


@dataclass(slots=True)
class Importer:
    """Imports into this folder of data. `home`: where imports are kept, each in a folder of its own."""

    folder: DataFolder
    home: Path
    names: LabelNames

    def begin(self, file: Path, name: str, columns: Columns, who: str, why: str, at: datetime) -> Import:
        """Take a file in; the same file with the same columns is the same import, and goes on where it was.

        Raises:
            UnreadableImport: it is of no format that is read, or there is no row in it.
        """
        written = format_of(name)
        names = tuple(columns_of(file, written)[0])
        digest = hashlib.sha256(json.dumps(asdict(columns)).encode())
        with file.open("rb") as content:
            for piece in iter(lambda: content.read(1 << 20), b""):
                digest.update(piece)
        number = digest.hexdigest()[:12]
        known = self.find(number)
        if known and known.stage in {ImportStage.READING, ImportStage.WAITING}:
            return known
        place = self.home / number
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True, mode=0o700)
        shutil.copyfile(file, place / SOURCE)
        began_at = at.isoformat(timespec="seconds")
        begun = Import(number, Path(name).name[:80], written.value, columns, who, why, began_at, names)
        self._keep(begun)
        return begun

    def find(self, number: str) -> Import | None:
        """An import by its name."""
        try:
            row = json.loads((self.home / Path(number).name / STATE).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return Import(**{**row, "columns": Columns(**row["columns"]), "names": tuple(row.get("names", ()))})

    def all(self) -> list[Import]:
        """Every import, the latest first."""
        found = [self.find(path.parent.name) for path in self.home.glob(f"*/{STATE}")]
        return sorted((one for one in found if one), key=lambda one: one.began_at, reverse=True)

    def refused(self, number: str) -> Iterator[tuple[int, str, list[str]]]:
        """What was refused: the number of each row, why (a `LeftOut`), and its cells."""
        path = self.home / Path(number).name / REFUSED
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                for row, why, *cells in csv.reader(lines):
                    yield int(row), why, cells

    def steps(self, begun: Import) -> Iterator[Import]:
        """Read on, a thousand rows a step; after the last all rows are sorted out.

        Raises:
            UnreadableImport: the file breaks off or is of another format.
        """
        place = self.home / begun.id
        accepted, refused = place / ACCEPTED, place / REFUSED
        _cut(accepted, begun.accepted)
        _cut_csv(refused, begun.refused)
        seen, begun = self._seen(accepted), replace(begun, failed="")
        rows = islice(raw_rows(place / SOURCE, Format(begun.format)), begun.rows, None)
        for some in batched(rows, ROWS_AT_ONCE):
            begun = self._sorted_out(begun, some, seen)
            self._keep(begun)
            yield begun

    def change(self, begun: Import, at: datetime) -> CorpusChange:
        """Returns all accepted rows as one change of the training data."""
        additions = tuple(
            Addition(row["text"], SampleLabel(row["intent"], row["category"], type_known=row["type"] != "unknown"))
            for row in _lines(self.home / begun.id / ACCEPTED)
        )
        return CorpusChange(begun.who, begun.why, at, additions)

    def labelled(self, begun: Import) -> list[LabelledText]:
        """Returns all accepted rows as the model in service is asked about them."""
        rows = _lines(self.home / begun.id / ACCEPTED)
        return [LabelledText(row["text"], category=row["category"]) for row in rows]

    def wait(self, begun: Import, check: ImportCheck) -> Import:
        """Nothing is learned from it before somebody has read what contradicts the model."""
        write_whole(self.home / begun.id / SAMPLE, json.dumps(check.sample, ensure_ascii=False) + "\n")
        waiting = replace(begun, stage=ImportStage.WAITING, sure=check.sure, against=check.against)
        self._keep(waiting)
        return waiting

    def sample(self, number: str) -> list[tuple[str, str, str]]:
        """Rows that contradict the model: text, what the row says, what the model says."""
        path = self.home / Path(number).name / SAMPLE
        return (
            [(text, said, model) for text, said, model in json.loads(path.read_text("utf-8"))] if path.exists() else []
        )

    def accept(self, number: str, who: str) -> Import | None:
        """Somebody has read the sample: it goes on; None where nothing waits."""
        known = self.find(number)
        if known is None or known.stage != ImportStage.WAITING:
            return None
        accepted = replace(known, stage=ImportStage.READING, accepted_by=who)
        self._keep(accepted)
        return accepted

    def discard(self, number: str) -> None:
        """Throws away an import that waits, with all that it holds."""
        known = self.find(number)
        if known and known.stage == ImportStage.WAITING:
            shutil.rmtree(self.home / known.id, ignore_errors=True)

    def finish(self, begun: Import) -> Import:
        """It is done; what citizens wrote is kept nowhere but in the data and among what was refused."""
        done = replace(begun, stage=ImportStage.SAVED if begun.accepted else ImportStage.NOTHING)
        for name in (SOURCE, ACCEPTED, SAMPLE):
            (self.home / begun.id / name).unlink(missing_ok=True)
        self._keep(done)
        return done

    def note_failure(self, number: str, why: str) -> None:
        """Marks the import as interrupted, so that it can be resumed."""
        known = self.find(number)
        if known:
            self._keep(replace(known, failed=why))

    def _seen(self, accepted: Path) -> dict[str, Kind]:
        """The kind of each message that stands in the data, or was accepted, by its words."""
        kinds = {fold(one.text): one.kind for one in self.folder.corpus().examples}
        return kinds | {fold(row["text"]): (row["intent"], row["category"]) for row in _lines(accepted)}

    def _sorted_out(self, begun: Import, some: Sequence[Raw], seen: dict[str, Kind]) -> Import:
        taken, refused, known = list[Addition](), list[list[str]](), 0
        for raw in some:
            found = new_or_left_out(self._labelled(raw, begun.columns), self.folder.categories, seen)
            if isinstance(found, Addition):
                seen[fold(found.plain)] = found.label.kind
                taken.append(found)
            elif found is LeftOut.KNOWN:
                known += 1
            else:
                refused.append([str(raw.number), found.value, *(raw.cells.get(name, "") for name in begun.names)])
        place = self.home / begun.id
        with (place / ACCEPTED).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(_row(addition), ensure_ascii=False) + "\n" for addition in taken)
        with (place / REFUSED).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(refused)
        return replace(
            begun,
            rows=begun.rows + len(some),
            accepted=begun.accepted + len(taken),
            known=begun.known + known,
            refused=begun.refused + len(refused),
        )

    def _labelled(self, raw: Raw, columns: Columns) -> LabelledText:
        """A row with the names of its labels as we know them; what we do not know stays, and is refused."""
        intent, category = (folded(raw.cells.get(name, "")) for name in (columns.intent, columns.category))
        return LabelledText(
            text=without_quote(raw.cells.get(columns.text, ""))[:LONGEST_TEXT],
            intent=self.names.intents.get(intent, intent),
            category=self.names.categories.get(category, category),
        )

    def _keep(self, begun: Import) -> None:
        write_whole(self.home / begun.id / STATE, json.dumps(asdict(begun), ensure_ascii=False) + "\n")


def _row(addition: Addition) -> dict[str, str | None]:
    label = addition.label
    known = "" if label.type_known else "unknown"
    return {"text": addition.text, "intent": label.intent, "category": label.category, "type": known}


def _lines(file: Path) -> Iterator[dict[str, str]]:
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _cut(file: Path, rows: int) -> None:
    """Only so many lines: what was written behind them was not counted any more."""
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            kept = list(islice(lines, rows))
        write_whole(file, "".join(kept))


def _cut_csv(file: Path, rows: int) -> None:
    """The same for rows, whose cells may hold line ends."""
    if file.exists():
        with file.open(encoding="utf-8", newline="") as lines:
            kept = list(islice(csv.reader(lines), rows))
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(kept)
