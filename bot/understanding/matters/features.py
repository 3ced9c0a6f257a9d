"""A cut of a message as columns of a table: what stands between its parts, how they begin, what they are about.

The same function serves learning and use, so that there is no twin to keep equal. Pure.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.understanding.matters.cuts import Cut, counts
from bot.understanding.normalise import normalise
from bot.understanding.port import ModelAnswer

COLUMNS = 1 << 14
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?|\d+|[?!]")
_LENGTHS = (2, 3, 4, 6, 9, 14, 20)
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8)
_OF_IT = "nya"
"""What makes a word one of something named before."""
_BEGINNING, _NEAR, _END = 3, 8, 2


def columns_of(
    whole: str, cut: Cut, parts: tuple[str, str], readings: tuple[ModelAnswer, ModelAnswer, ModelAnswer]
) -> npt.NDArray[np.intp]:
    """The columns of a cut, each once, in ascending order.

    Args:
        whole: the message.
        cut: where it would be cut.
        parts: what stands before and behind the cut.
        readings: what the compiled model makes of each, and of both undivided.
    """
    found = {zlib.crc32(one.encode()) % COLUMNS for one in _features(whole, cut, parts, readings)}
    return np.array(sorted(found), dtype=np.intp)


def _features(
    whole: str, cut: Cut, parts: tuple[str, str], readings: tuple[ModelAnswer, ModelAnswer, ModelAnswer]
) -> Iterator[str]:
    between = " ".join(_WORD.findall(cut.words))
    kinds = " ".join(cut.kinds)
    yield f"between {between}"
    yield f"kinds {kinds}"
    before, after = (_WORD.findall(normalise(part)) for part in parts)
    yield from _words(before, after, kinds)
    counted = counts(whole)
    yield f"counted {counted}"
    first, second, undivided = readings
    for one in (*_subjects(first, second), *_kinds_of_message(first, second), *_of_undivided(first, second, undivided)):
        yield one
        yield f"{kinds} {one}"
        yield f"counted {counted} {one}"
    yield f"lengths {_size(len(before))} {_size(len(after))}"
    yield f"short {min(_size(len(before)), _size(len(after)))}"


def _words(before: list[str], after: list[str], kinds: str) -> Iterator[str]:
    beginning = ["^", *("#" if word.isdigit() else word for word in after[:_NEAR])]
    for place, word in enumerate(beginning[1 : _BEGINNING + 1]):
        yield f"begins {place} {word}"
        yield f"begins {word}"
        yield f"of it {place} {word.endswith(_OF_IT)}"
    yield from (f"begins {one} {two}" for one, two in pairwise(beginning[: _BEGINNING + 1]))
    yield from (f"near {word}" for word in set(beginning[1:]))
    yield from (f"ends {word}" for word in before[-_END:])
    yield f"opens {' '.join(before[:2])}"
    yield f"of it {sum(word.endswith(_OF_IT) for word in after)} {kinds}"
    both = set(before) & set(after)
    yield from (f"both {word}" for word in both)
    yield f"same words {min(len(both), 3)} {kinds}"


def _subjects(one: ModelAnswer, two: ModelAnswer) -> Iterator[str]:
    """Whether both are about the same, and how surely each is about anything."""
    first, second = _shares(one), _shares(two)
    top, next_top = one.categories[0].name, two.categories[0].name
    overlap = sum(min(share, second.get(name, 0.0)) for name, share in first.items())
    same = top == next_top
    yield f"same {same}"
    yield f"pair {' '.join(sorted((top, next_top)))}"
    yield f"turn {top} {next_top}"
    least = min(first[top], second[next_top])
    yield f"least {_step(least)} {same}"
    yield f"sure {one.sure} {two.sure} {same}"
    yield f"first {_step(first[top])} {same}"
    yield f"second {_step(second[next_top])} {same}"
    yield f"overlap {_step(overlap)}"
    yield f"overlap {_step(overlap)} least {_step(least)}"
    yield f"crossed {_step(second.get(top, 0.0))} {_step(first.get(next_top, 0.0))}"


def _of_undivided(one: ModelAnswer, two: ModelAnswer, both: ModelAnswer) -> Iterator[str]:
    """What is left of the subject of each part where both are read as one: of two matters little of either."""
    shares = _shares(both)
    top, next_top, whole_top = (reading.categories[0].name for reading in (one, two, both))
    first, second = _step(shares.get(top, 0.0)), _step(shares.get(next_top, 0.0))
    yield f"undivided {whole_top == top} {whole_top == next_top}"
    yield f"undivided {first} {second}"
    yield f"undivided first {first} {top == next_top}"
    yield f"undivided second {second} {top == next_top}"
    yield f"undivided sure {both.sure} {one.sure} {two.sure}"
    yield f"undivided top {_step(shares[whole_top])} {top == next_top}"


def _kinds_of_message(one: ModelAnswer, two: ModelAnswer) -> Iterator[str]:
    yield f"intent {one.intent.name} then {two.intent.name}"
    yield f"intent first {one.intent.name} {_step(one.intent.confidence)}"
    yield f"intent second {two.intent.name} {_step(two.intent.confidence)}"


def _shares(reading: ModelAnswer) -> Mapping[str, float]:
    return {guess.name: guess.confidence for guess in reading.categories}


def _step(share: float) -> int:
    return sum(share > limit for limit in _STEPS)


def _size(count: int) -> int:
    return sum(count > limit for limit in _LENGTHS)
