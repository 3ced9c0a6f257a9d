"""A message as columns of a table, to tell its risk: grams, classes of words, and signs of patterns. Pure.

The same function serves learning and use, so that there is no twin to keep equal.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding import words as lists
from bot.understanding.danger.patterns import signs_of_risk
from bot.understanding.normalise import normalise

COLUMNS = 1 << 16
LONGEST_TEXT = 1_500
"""Letters that are read."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|\d+|[?!]")
_SHORTEST_PIECE, _LONGEST_PIECE = 4, 5
_LENGTHS = (1, 2, 3, 4, 6, 9, 13, 20, 40)
_NEAR_WORDS = 4
"""How many words apart two classes still say something together, in their order."""
_BEFORE = re.compile(r"^(?:di|ku|kau|ter|ta|ber|ba|ke|ka|se|me(?:ng|n|m|ny)?|ma(?:ng|n|m|ny)?|ng|pe)(?=[a-z]{4})")
classes_of = lists.word_classes("risk", _BEFORE)
"""The classes of `words/risk.toml` that a word belongs to."""


def columns_of(text: str) -> npt.NDArray[np.intp]:
    """The columns of a message, each once, in ascending order."""
    found = {zlib.crc32(feature.encode()) % COLUMNS for feature in _features(normalise(text[:LONGEST_TEXT]))}
    return np.array(sorted(found), dtype=np.intp)


def _features(plain: str) -> Iterator[str]:
    words = _WORD.findall(plain)
    yield from _grams(["#" if word.isdigit() else word for word in words])
    for word in dict.fromkeys(words):
        yield from _pieces(word)
    yield from _of_classes([classes_of(word) for word in words])
    yield from (f"r {sign}" for sign in signs_of_risk(plain))
    yield f"length {sum(len(words) > limit for limit in _LENGTHS)}"


def _grams(marks: Sequence[str]) -> Iterator[str]:
    yield from (f"w {mark}" for mark in marks)
    yield from (f"w {first} {second}" for first, second in pairwise(["^", *marks, "$"]))
    yield from (f"s {first} {third}" for first, third in zip(marks, marks[2:], strict=False))
    yield from (f"t {first} {fourth}" for first, fourth in zip(marks, marks[3:], strict=False))


@lru_cache(maxsize=4096)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    longest = min(_LONGEST_PIECE, len(padded))
    return tuple(
        f"p{padded[start : start + length]}"
        for length in range(_SHORTEST_PIECE, longest + 1)
        for start in range(len(padded) - length + 1)
    )


def _of_classes(found: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each class, pairs of neighbours, pairs near each other in their order, and pairs anywhere."""
    for before, after in pairwise([("^",), *found, ("$",)]):
        yield from (f"k1 {one} {two}" for one in before for two in after)
    for at, own in enumerate(found):
        later = {two for near in found[at + 1 : at + 1 + _NEAR_WORDS] for two in near}
        yield from (f"k4 {one} {two}" for one in own for two in later)
    together = sorted({one for own in found for one in own})
    yield from (f"k {one}" for one in together)
    yield from (f"kk {one} {two}" for at, one in enumerate(together) for two in together[at + 1 :])
