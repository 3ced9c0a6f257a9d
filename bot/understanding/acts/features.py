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
from bot.understanding.understood import OTHER

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
_STEPS_OF_CATEGORY = 5
Columns = npt.NDArray[np.intp]


def columns_of(moment: str, text: str, names: Collection[str], reading: ModelAnswer) -> Columns:
    """The columns of a message, each once, in ascending order.

    Args:
        moment: what was asked just before, as `data/nlu/acts/README.md` names it.
        text: the message, or a clause of it.
        names: words of the names of villages and districts, lower case.
        reading: what the compiled model makes of the whole message.
    """
    text = text[:LONGEST_TEXT]
    words = _WORD.findall(normalise(text))
    marks = ["#" if word.isdigit() else "@" if word in names else word for word in words]
    found = {_column(one) for one in chain(_of_order(moment, words, marks), _features_of_reading(moment, reading))}
    for flag in (f"f {flag}" for flag in _flags(text, words, marks)):
        found.update((_column(flag), _column(f"{moment} {flag}")))
    for word, mark in zip(words, marks, strict=True):
        found.update(_columns_of_word(moment, word, mark))
    for first, second in pairwise(["^", *marks, "$"]):
        found.update(_columns_of_pair(moment, first, second))
    columns = np.fromiter(found, np.intp, len(found))
    columns.sort()
    return columns


def _column(feature: str) -> int:
    return zlib.crc32(feature.encode()) % COLUMNS


def _features_of_reading(moment: str, reading: ModelAnswer) -> Iterator[str]:
    intent, category = reading.intent, reading.categories[0]
    for feature in (
        f"i {intent.name}",
        f"i {intent.name} {int(intent.confidence * _STEPS_OF_CONFIDENCE)}",
        f"sure {reading.sure}",
        f"category {category.name != OTHER} {int(category.confidence * _STEPS_OF_CATEGORY)}",
    ):
        yield feature
        yield f"{moment} {feature}"


def _of_order(moment: str, words: list[str], marks: list[str]) -> Iterator[str]:
    """Words near each other as they stand, and the classes of neighbours and of the whole."""
    yield f"{moment} ="
    for first, third in zip(marks, marks[2:], strict=False):
        yield f"s {first} {third}"
    classes = [classes_of(word) for word in words]
    for before, after in pairwise([("^",), *classes, ("$",)]):
        yield from (f"c {one} {two}" for one in before for two in after)
    together = sorted({one for own in classes for one in own} - {"call"})
    for index, one in enumerate(together):
        yield from (f"cc {one} {two}" for two in together[index + 1 :])


@lru_cache(maxsize=8192)
def _columns_of_pair(moment: str, first: str, second: str) -> tuple[int, int]:
    return _column(f"w {first} {second}"), _column(f"{moment} {first} {second}")


@lru_cache(maxsize=4096)
def _columns_of_word(moment: str, word: str, mark: str) -> tuple[int, ...]:
    """The columns that a word has wherever it stands; a message and its clauses have the same words."""
    return tuple({_column(feature) for feature in _features_of_word(moment, word, mark)})


def _features_of_word(moment: str, word: str, mark: str) -> Iterator[str]:
    yield f"w {mark}"
    yield f"{moment} {mark}"
    padded = f" {word} "
    for length in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(padded)) + 1):
        yield from (f"p{padded[start : start + length]}" for start in range(len(padded) - length + 1))
    if len(bones := _bones_of(word)) > 1:
        yield f"k {bones}"
        yield f"{moment} k {bones}"
    for one in classes_of(word):
        yield f"c {one}"
        yield f"{moment} c {one}"


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
