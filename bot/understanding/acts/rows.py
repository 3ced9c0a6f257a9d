"""Reads the authored rows of `data/nlu/acts/`: what was asked, what was written, and what each part of it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

_PART = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<label>[a-z_]+)\)")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a message, and what they do."""

    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One message.

    Attributes:
        batch: who wrote it. `moment`: what was asked just before.
        text: the message as it was typed.
        parts: what it does, in order; one part of all its words where nothing was marked.
    """

    batch: str
    moment: str
    text: str
    parts: tuple[Part, ...]

    @property
    def acts(self) -> tuple[str, ...]:
        """What it does, in order, each once."""
        return tuple(dict.fromkeys(part.label for part in self.parts))


def read_rows(folder: Path) -> list[Row]:
    """The rows of all batches of a folder, without its folders, in the order of the files' names."""
    return [row for file in sorted(folder.glob("*.yml")) for row in _rows(file)]


def _rows(file: Path) -> Iterator[Row]:
    told = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    for block in told["acts"]:
        for written in block["examples"].splitlines():
            words = written.strip().removeprefix("-").strip()
            if words:
                yield _row(told["batch"], block["asked"], words, block.get("act", ""))


def _row(batch: str, moment: str, words: str, label: str) -> Row:
    marked = tuple(Part(found["words"].strip(), found["label"]) for found in _PART.finditer(words))
    text = _PART.sub(lambda found: found["words"], words)
    return Row(batch, moment, text, marked or (Part(text, label),))
