"""A message as columns of a table, to tell what it is for: words, their classes and order, and a reading. Pure.

The same function serves learning and use. What the compiled model makes of a message is a column only where that model
does not know the message by heart, as it knows the corpus.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding import words as lists
from bot.understanding.normalise import normalise
from bot.understanding.port import ModelAnswer

COLUMNS = 1 << 15
LONGEST_TEXT = 1_000
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|[?!]")
_BEFORE = re.compile(r"^(?:di|ter|ber|ke|se|me(?:ng|n|m|ny)?|pe)(?=[a-z]{4})")
_TOLD = frozenset({"good", "thanks", "mended", "broken", "turn", "lack", "wants", "case", "asks"})
"""Classes whose order in a message counts."""
_LENGTHS = (2, 4, 6, 9, 13, 20, 40)
_PIECE = 5
_NEAR_WORDS = 4
"""How many words apart two classes still say something together, in their order."""
_PART_END = re.compile(r"[.,;!?\n]|\b(?:tapi|tetapi|namun|cuma|sayang|nanging|ning|but)\b")
_STEPS_OF_CATEGORY = (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85)
_STEPS_OF_INTENT = 3.99
classes_of = lists.word_classes("purpose", _BEFORE)
"""The classes of `words/purpose.toml` that a word belongs to."""


def columns_of(text: str, reading: ModelAnswer | None) -> npt.NDArray[np.intp]:
    """The columns of a message, each once, in ascending order.

    Args:
        text: the message.
        reading: what the compiled model makes of it; None for a message that it has learned.
    """
    features = chain(_features(normalise(text[:LONGEST_TEXT])), _of_reading(reading) if reading else ())
    found = {zlib.crc32(one.encode()) % COLUMNS for one in features}
    return np.array(sorted(found), dtype=np.intp)


def _of_reading(reading: ModelAnswer) -> Iterator[str]:
    intent, category = reading.intent, reading.categories[0]
    yield f"category {category.name}"
    yield f"category about {sum(category.confidence > step for step in _STEPS_OF_CATEGORY)}"
    yield f"sure {reading.sure}"
    yield f"intent {intent.name}"
    yield f"intent {intent.name} {int(intent.confidence * _STEPS_OF_INTENT)}"
    yield f"sure {reading.sure} {intent.name}"


def _features(plain: str) -> Iterator[str]:
    words = _WORD.findall(plain)
    yield from (f"w {word}" for word in words)
    yield from (f"w {one} {two}" for one, two in pairwise(["^", *words, "$"]))
    yield from (f"p {word[:_PIECE]}" for word in words)
    yield f"length {sum(len(words) > limit for limit in _LENGTHS)}"
    yield from _of_classes([classes_of(word) for word in words])
    yield from _of_edges(plain)


def _of_edges(plain: str) -> Iterator[str]:
    """The classes of the first and of the last part of a message: what it opens with, and what it comes to."""
    parts = [part for part in _PART_END.split(plain) if part.strip()]
    for name, part in zip(("opens", "closes"), (parts[:1], parts[-1:]), strict=True):
        yield from (f"{name} {one}" for words in part for word in _WORD.findall(words) for one in classes_of(word))


def _of_classes(told: list[tuple[str, ...]]) -> Iterator[str]:
    """Each class, each that is missing, pairs anywhere, near and beside each other, and the order of what is told."""
    there = sorted({one for own in told for one in own})
    yield from (f"k {one}" for one in there)
    yield from (f"none {one}" for one in _TOLD if one not in there)
    yield from (f"kk {one} {two}" for at, one in enumerate(there) for two in there[at + 1 :])
    yield from (f"kn {one} {two}" for one in there for two in _TOLD if two not in there)
    for before, after in pairwise([("^",), *told, ("$",)]):
        yield from (f"k1 {one} {two}" for one in before for two in after)
    for at, own in enumerate(told):
        later = {two for near in told[at + 1 : at + 1 + _NEAR_WORDS] for two in near}
        yield from (f"k4 {one} {two}" for one in own for two in later)
    order = [one for own in told for one in own if one in _TOLD]
    short = [one for at, one in enumerate(order) if at == 0 or order[at - 1] != one]
    yield from (f"then {one} {two}" for one, two in pairwise(["^", *short, "$"]))
    yield f"last {short[-1] if short else None}"
    yield from (f"count {name} {min(order.count(name), 3)}" for name in ("good", "broken"))
