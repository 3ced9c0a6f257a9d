"""What changes took out of the training data, a line each with who and why, so that it can come back.

A base example is not learned from while it stands in `withdrawn.jsonl`; one of our own is gone from its file, and
stands in `replaced.jsonl` as it was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
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
        if row.get("mark") == mark:
            (text, marks), head = read(row["written"]), row["head"]
            label = SampleLabel(row["intent"], row["category"], marks=marks, type_known=head["type_known"])
            yield Addition(text, label, head["by"], head["mark"])


def withdrawn_by(own: Path, mark: str) -> Iterator[WithdrawnExample]:
    """The base examples that the change with this mark withdrew."""
    for row in _noted(own / LIST):
        if row.get("mark") == mark:
            yield WithdrawnExample(row["file"], row["text"])


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
        write_whole(path, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in kept))
    return len(rows) - len(kept)
