"""A message as columns of a table, to tell what it is for: grams, classes of words, and the order of those. Pure.

What the compiled model makes of a message is no column: it knows by heart what is learned from here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding import words as lists
from bot.understanding.normalise import normalise

COLUMNS = 1 << 14
LONGEST_TEXT = 1_000
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|[?!]")
_BEFORE = re.compile(r"^(?:di|ter|ber|ke|se|me(?:ng|n|m|ny)?|pe)(?=[a-z]{4})")
_TOLD = frozenset({"good", "thanks", "mended", "broken", "turn", "lack", "wants", "case", "asks"})
"""Classes whose order in a message counts."""
_LENGTHS = (2, 4, 6, 9, 13, 20, 40)
_PIECE = 5
classes_of = lists.word_classes("purpose", _BEFORE)
"""The classes of `words/purpose.toml` that a word belongs to."""


def columns_of(text: str) -> npt.NDArray[np.intp]:
    """The columns of a message, each once, in ascending order."""
    found = {zlib.crc32(one.encode()) % COLUMNS for one in _features(normalise(text[:LONGEST_TEXT]))}
    return np.array(sorted(found), dtype=np.intp)


def _features(plain: str) -> Iterator[str]:
    words = _WORD.findall(plain)
    yield from (f"w {word}" for word in words)
    yield from (f"w {one} {two}" for one, two in pairwise(["^", *words, "$"]))
    yield from (f"p {word[:_PIECE]}" for word in words)
    yield f"length {sum(len(words) > limit for limit in _LENGTHS)}"
    told = [classes_of(word) for word in words]
    yield from _of_classes(told)


def _of_classes(told: list[tuple[str, ...]]) -> Iterator[str]:
    """Each class, each that is missing, pairs anywhere and beside each other, and the order of what is told."""
    there = sorted({one for own in told for one in own})
    yield from (f"k {one}" for one in there)
    yield from (f"none {one}" for one in _TOLD if one not in there)
    yield from (f"kk {one} {two}" for at, one in enumerate(there) for two in there[at + 1 :])
    yield from (f"kn {one} {two}" for one in there for two in _TOLD if two not in there)
    for before, after in pairwise([("^",), *told, ("$",)]):
        yield from (f"k1 {one} {two}" for one in before for two in after)
    order = [one for own in told for one in own if one in _TOLD]
    short = [one for at, one in enumerate(order) if at == 0 or order[at - 1] != one]
    yield from (f"then {one} {two}" for one, two in pairwise(["^", *short, "$"]))
    yield f"last {short[-1] if short else None}"
    yield from (f"count {name} {min(order.count(name), 3)}" for name in ("good", "broken"))
