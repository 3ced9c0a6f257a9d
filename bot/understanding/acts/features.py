"""A message in its moment as columns of a table: grams of words and letters, and a few flags, each hashed. Pure.

The same function serves learning and hearing, so that there is no twin to keep equal.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding import words as lists
from bot.understanding.cues import asks, opens_with_place
from bot.understanding.normalise import normalise
from bot.understanding.port import ModelAnswer

COLUMNS = 1 << 16
SEVERAL = "several"
"""What a message does whose clauses do different things; it is heard clause by clause."""
LONGEST_TEXT = 1_000
"""Letters that are read: what somebody does with a message stands in its first sentences."""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|\d+|[?!]")
_NEGATIONS = frozenset("tidak bukan jangan belum tanpa batal no not dont enggak nda ndak kada ora dudu".split())  # noqa: SIM905
_FIRST_PERSON = frozenset("saya aku kami nama identitas".split())  # noqa: SIM905
_LONGEST_PIECE = 5
_SHORTEST_PIECE = 3
_LENGTHS = (1, 2, 3, 4, 6, 9, 13, 20, 40)
_EDGE_WORDS = 2
_BEFORE = re.compile(r"^(?:di|ku|kau|ter|ber|ke|se|me(?:ng|n|m|ny)?|ng|pe)(?=[a-z]{4})")
classes_of = lists.word_classes("acts", _BEFORE)
"""The classes of `words/acts.toml` that a word belongs to."""
_BEHIND = re.compile(r"(?<=[a-z]{4})(?:kan|in|nya|an|i|lah|ku|mu)$")
_VOWELS = re.compile("[aeiou]")
_TWICE = re.compile(r"(.)\1")
_STEPS_OF_CONFIDENCE = 3.99
Columns = npt.NDArray[np.intp]


def columns_of(moment: str, text: str, names: Collection[str], reading: ModelAnswer) -> Columns:
    """The columns of a message, each once, in ascending order.

    Args:
        moment: what was asked just before, as `data/nlu/acts/README.md` names it.
        text: the message, or a clause of it.
        names: words of the names of villages and districts, lower case.
        reading: what the compiled model makes of the whole message.
    """
    features = chain(_features(moment, text[:LONGEST_TEXT], names), _features_of_reading(moment, reading))
    found = {zlib.crc32(feature.encode()) % COLUMNS for feature in features}
    return np.array(sorted(found), dtype=np.intp)


def _features_of_reading(moment: str, reading: ModelAnswer) -> Iterator[str]:
    intent = reading.intent
    for feature in (
        f"i {intent.name}",
        f"i {intent.name} {int(intent.confidence * _STEPS_OF_CONFIDENCE)}",
        f"sure {reading.sure}",
    ):
        yield feature
        yield f"{moment} {feature}"


def _features(moment: str, text: str, names: Collection[str]) -> Iterator[str]:  # noqa: C901 - kinds of grams
    words = _WORD.findall(normalise(text))
    marks = ["#" if word.isdigit() else "@" if word in names else word for word in words]
    for gram in (*marks, *map(" ".join, pairwise(["^", *marks, "$"]))):
        yield f"w {gram}"
        yield f"{moment} {gram}"
    for first, _, third in zip(marks, marks[1:], marks[2:], strict=False):
        yield f"s {first} {third}"
    for word in words:
        padded = f" {word} "
        for length in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(padded)) + 1):
            for start in range(len(padded) - length + 1):
                yield f"p{padded[start : start + length]}"
        if len(bones := _bones_of(word)) > 1:
            yield f"k {bones}"
            yield f"{moment} k {bones}"
    yield f"{moment} ="
    classes = [classes_of(word) for word in words]
    for own in classes:
        for one in own:
            yield f"c {one}"
            yield f"{moment} c {one}"
    for before, after in pairwise([("^",), *classes, ("$",)]):
        yield from (f"c {one} {two}" for one in before for two in after)
    together = sorted({one for own in classes for one in own} - {"call"})
    for index, one in enumerate(together):
        yield from (f"cc {one} {two}" for two in together[index + 1 :])
    for flag in _flags(text, words, marks):
        yield f"f {flag}"
        yield f"{moment} f {flag}"


def _flags(text: str, words: list[str], marks: list[str]) -> Iterator[str]:
    yield f"length {sum(len(words) > limit for limit in _LENGTHS)}"
    if asks(text):
        yield "asks"
    if opens_with_place(text):
        yield "opens with place"
    if "@" in marks:
        yield "names a region"
        yield "names only" if all(mark in "@#" for mark in marks) else "names among others"
    if negated := _NEGATIONS.intersection(words):
        yield "negates"
        for word in negated:
            yield from (f"{word} then {later}" for later in words[words.index(word) + 1 : words.index(word) + 5])
    if _FIRST_PERSON.intersection(words):
        yield "first person"
    yield f"first {' '.join(marks[:_EDGE_WORDS])}"
    yield f"last {' '.join(marks[-_EDGE_WORDS:])}"


@lru_cache(maxsize=8192)
def _bones_of(word: str) -> str:
    """The consonants of a word's stem, by which a short form is the same as its word: "btl" and "dibatalkan"."""
    stem = _BEHIND.sub("", _BEHIND.sub("", _BEFORE.sub("", word)))
    return _TWICE.sub(r"\1", _VOWELS.sub("", stem)) if word.isalpha() else ""
