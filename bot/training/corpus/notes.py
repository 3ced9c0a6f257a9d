"""What changes took out of the training data, a line each with who and why, so that it can come back.

A base example is not learned from while it stands in `withdrawn.jsonl`; one of our own is gone from its file, and
stands in `replaced.jsonl` as it was written. There its days are counted; then its mark alone stays, so that nobody
believes it would come back.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.training.corpus.blocks import head_of
from bot.training.corpus.corpus import OWN, WithdrawnExample
from bot.training.corpus.edits import Addition, CorpusChange
from bot.training.corpus.examples import read
from bot.training.corpus.writing import write_whole
from bot.training.samples.labels import SampleLabel
from bot.understanding.rasa.model_files import LIST

REPLACED = "replaced.jsonl"
LOCK = ".lock"


def note_withdrawn(own: Path, gone: Sequence[WithdrawnExample], change: CorpusChange) -> None:
    """Notes the base examples that are not learned from any more."""
    _note(own / LIST, [{"file": one.file, "text": one.text} for one in gone], change)


def note_replaced(own: Path, change: CorpusChange, contents: Mapping[str, str]) -> None:
    """Notes what a change is about to take out of our own files; `contents`: what they hold."""
    rows = [
        {
            "written": one.written,
            "intent": one.intent,
            "category": one.category,
            "head": asdict(head_of(contents[one.place.file], one.place.line)),
        }
        for one in change.removals
        if one.place.layer == OWN
    ]
    _note(own / REPLACED, rows, change)


def replaced_by(own: Path, mark: str) -> Iterator[Addition]:
    """What the change with this mark took out of our own files, as it stood there."""
    for row in _noted(own / REPLACED):
        if row.get("mark") == mark and not _is_gone(row):
            (text, marks), head = read(row["written"]), row["head"]
            label = SampleLabel(row["intent"], row["category"], marks=marks, type_known=head["type_known"])
            yield Addition(text, label, head["by"], head["mark"])


def withdrawn_by(own: Path, mark: str) -> Iterator[WithdrawnExample]:
    """The base examples that the change with this mark withdrew."""
    for row in _noted(own / LIST):
        if row.get("mark") == mark:
            yield WithdrawnExample(row["file"], row["text"])


def is_too_late(own: Path, mark: str) -> bool:
    """Whether something that the change with this mark replaced is gone by its days, and cannot come back."""
    return any(row.get("mark") == mark and _is_gone(row) for row in _noted(own / REPLACED))


@dataclass(frozen=True, slots=True)
class ReplacedSentences:
    """The sentences that changes took out of our own files, which are kept for some days.

    Attributes:
        own: the folder of the training data of this installation.
    """

    own: Path

    def count(self, before: datetime) -> int:
        """How many were taken out before then."""
        return sum(_is_due(row, before) for row in _noted(self.own / REPLACED))

    def forget(self, before: datetime) -> int:
        """Takes away those that were taken out before then, and who did; returns how many."""
        if not self.count(before):
            return 0
        with alone_in(self.own):
            rows = _noted(self.own / REPLACED)
            due = [row for row in rows if _is_due(row, before)]
            marks = dict.fromkeys(row["mark"] for row in due if row.get("mark"))
            kept = [*({"mark": mark} for mark in marks), *(row for row in rows if row not in due)]
            _write(self.own / REPLACED, kept)
        return len(due)


@contextmanager
def alone_in(own: Path) -> Iterator[None]:
    """Nobody else changes the files of this folder meanwhile, in whatever process."""
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (own / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def forget(own: Path, mark: str) -> int:
    """Takes the lines of a change out of both lists; returns how many."""
    return sum(_forget(own / name, mark) for name in (LIST, REPLACED))


def _note(path: Path, rows: Sequence[Mapping[str, object]], change: CorpusChange) -> None:
    if not rows:
        return
    before = path.read_text("utf-8") if path.exists() else ""
    about = {"who": change.who, "why": change.why, "at": change.at.isoformat(timespec="seconds")}
    about |= {"mark": change.mark} if change.mark else {}
    lines = (json.dumps({**row, **about}, ensure_ascii=False) for row in rows)
    write_whole(path, before + "".join(f"{line}\n" for line in lines))


def _noted(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _forget(path: Path, mark: str) -> int:
    rows = _noted(path)
    kept = [row for row in rows if row.get("mark") != mark]
    if len(kept) != len(rows):
        _write(path, kept)
    return len(rows) - len(kept)


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    write_whole(path, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))


def _is_gone(row: Mapping[str, object]) -> bool:
    return "written" not in row


def _is_due(row: Mapping[str, Any], before: datetime) -> bool:
    return not _is_gone(row) and datetime.fromisoformat(row["at"]) < before
