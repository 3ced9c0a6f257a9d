"""A message as a line of NLU YAML, and back: one line, marks as Rasa writes them, and nothing that is taken for one.

In Rasa's markup `[words](place)` are words that are marked. Citizens type such brackets too; theirs become wide ones
(U+FF3B), which no reader takes for markup and which look the same to whoever reads the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.training.samples.labels import EntityMark, MarkKind

WIDE_BRACKET = "\uff3b"
_MARKUP = re.compile(r"\[(?=[^\]]+\][({])")
_MARKED = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]")


class UnknownMark(ValueError):
    """Marked as something that there is not; the message names it."""


def one_line(text: str) -> str:
    """A message in one line of letters that every YAML reader takes; whitespace is one space."""
    return " ".join(_UNPRINTED.sub(" ", text).split())


def written(text: str, marks: Sequence[EntityMark] = ()) -> str:
    """A line of an example. `marks` are positions in `text`, in order; a text of several lines becomes one."""
    pieces, last = list[str](), 0
    for mark in marks:
        marked = text[mark.start : mark.end]
        words = one_line(marked).replace("[", WIDE_BRACKET).replace("]", "\uff3d")
        before, behind = (" " if marked != cut else "" for cut in (marked.lstrip(), marked.rstrip()))
        pieces += [_quoted(text[last : mark.start]), before, f"[{words}]({mark.kind.value})" if words else "", behind]
        last = mark.end
    return one_line("".join([*pieces, _quoted(text[last:])]))


def _quoted(text: str) -> str:
    return _MARKUP.sub(WIDE_BRACKET, text)


def read(line: str) -> tuple[str, tuple[EntityMark, ...]]:
    """The message and the marks of a line.

    Raises:
        UnknownMark: it is marked as something else than a place or a time.
    """
    text, marks, last = "", list[EntityMark](), 0
    for found in _MARKED.finditer(line):
        text += line[last : found.start()]
        marks.append(EntityMark(_kind(found[2]), len(text), len(text) + len(found[1])))
        text += found[1]
        last = found.end()
    return (text + line[last:]).replace(WIDE_BRACKET, "[").replace("\uff3d", "]"), tuple(marks)


def _kind(name: str) -> MarkKind:
    try:
        return MarkKind(name)
    except ValueError:
        raise UnknownMark(name) from None
