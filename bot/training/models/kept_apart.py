"""Keeps every fifth sentence of citizens out of training, so that models are measured on what none has learned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.training.models.evaluation_sets import digest_of

ONE_OF = 5
FEWEST_SENTENCES = 100
"""As long as there are fewer, all are learned: each of them teaches much, and so few would measure nothing."""
_BLOCK = re.compile(r"^\s*examples:\s*\|")
_SENTENCE = re.compile(r"^\s*- (.+)$")


def keep_apart(folder: Path) -> int:
    """Take them out of a copy of the trainers' data; returns how many.

    Raises:
        OSError: a file cannot be read or written.
    """
    files = {file: file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.yml"))}
    if sum(_sentences(content) for content in files.values()) < FEWEST_SENTENCES:
        return 0
    taken = 0
    for file, content in files.items():
        kept = without_every_fifth(content)
        taken += _sentences(content) - _sentences(kept)
        file.write_text(kept, encoding="utf-8")
    return taken


def without_every_fifth(content: str) -> str:
    """A file without the sentences that are kept apart; a block keeps its first, since Rasa wants one."""
    return "".join(line for line, is_kept in _lines(content) if is_kept)


def is_apart(sentence: str) -> bool:
    """Whether a sentence is kept apart: the same every time, and for every spelling of it."""
    return digest_of(sentence)[0] % ONE_OF == 0


def _lines(content: str) -> Iterator[tuple[str, bool]]:
    indent, is_first = None, True
    for line in content.splitlines(keepends=True):
        deep = len(line) - len(line.lstrip())
        found = _SENTENCE.match(line) if indent is not None and deep > indent else None
        if found is None:
            yield line, True
        else:
            yield line, is_first or not is_apart(found[1])
            is_first = False
        if _BLOCK.match(line):
            indent, is_first = deep, True
        elif line.strip() and indent is not None and deep <= indent:
            indent = None


def _sentences(content: str) -> int:
    return sum(bool(_SENTENCE.match(line)) for line in content.splitlines())
