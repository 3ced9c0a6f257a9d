"""The authored rows that the model of risks learns from (`data/nlu/risk/`), each with its label and its batch.

The rows of a file of `voices/` are one batch: one writer's, so that what is left out of training by whole batches is
heard from a mouth that the model does not know.
"""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.danger.features import classes_of
from bot.understanding.danger.patterns import signs_of_risk
from bot.understanding.normalise import normalise

DANGER, SENSITIVE = ("calm", "danger"), ("harm", "money", "open")
QUESTIONS = (DANGER, SENSITIVE)
"""The labels of each question; a message has one label of each."""
NONE = {DANGER: "calm", SENSITIVE: "open"}
_OWN = {
    DANGER: {"danger": "danger", "calm": "calm", "ordinary": "calm", "money": "calm", "open": "calm", "none": "calm"},
    SENSITIVE: {"harm": "harm", "money": "money", "open": "open", "ordinary": "open", "none": "open"},
}
"""What a list of a file says to a question; of what is left out (violence may be danger, danger violence) nothing."""
_EVERY_TALK, _EVERY_COMPLAINT = 3, 12
"""Of the corpus one message in so many is learned as an everyday one."""
_SIGNS = ".,;:!?()"
_FOLDS_OF_FIRST = 5
_READ_BY_HAND = {"pungli_korupsi", "keluarga_perempuan_anak"}
"""Categories whose messages stand in `corpus.toml`, each under what it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """A message with its label.

    Attributes:
        batch: the writer; empty where the row is never left out.
    """

    text: str
    label: str
    batch: str = ""


def rows_of(folder: Path, labels: tuple[str, ...]) -> list[Row]:
    """All rows that say something to the question of these labels, each message once.

    Args:
        folder: `data/nlu/risk`.
        labels: of `QUESTIONS`.
    """
    found: dict[str, Row] = {}
    for file in sorted(folder.rglob("*.toml")):
        for name, texts in tomllib.loads(file.read_text("utf-8")).items():
            label = _OWN[labels].get(name)
            if label is None:
                continue
            for at, text in enumerate(texts):
                row = Row(text, label, _batch(file, at))
                if text not in found or label != NONE[labels]:
                    found[text] = row
    everyday = (Row(text, NONE[labels]) for text in _everyday(folder.parent))
    return [*found.values(), *(row for row in everyday if row.text not in found)]


def _batch(file: Path, at: int) -> str:
    if file.parent.name == "voices":
        return file.stem
    return f"{file.stem} {at % _FOLDS_OF_FIRST}" if file.stem in {"corpus", "emergency", "sensitive"} else ""


def _everyday(corpus: Path) -> Iterator[str]:
    """Messages of the corpus: small talk, and complaints in which no pattern finds a risk; a share of each.

    Which ones is told by each message itself, so that another one in the corpus changes nothing for the others.
    """
    for folder, every in (("intent", _EVERY_TALK), ("category", _EVERY_COMPLAINT)):
        texts = (text for file in _files(corpus / folder) for text in _written(file))
        yield from (text for text in texts if zlib.crc32(text.encode()) % every == 0 and not _may_be_risk(text))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.yml") if file.stem not in _READ_BY_HAND)


def _written(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line.removeprefix("- ") for line in lines if line.startswith("- ") and not line.startswith("- intent:")]


def _may_be_risk(text: str) -> bool:
    plain = normalise(text)
    if not {"danger", "sensitive", "event", "violence", "money"}.isdisjoint(signs_of_risk(plain)):
        return True
    classes = {name for word in plain.split() for name in classes_of(word.strip(_SIGNS))}
    return "office" in classes and not {"money", "takes"}.isdisjoint(classes)
