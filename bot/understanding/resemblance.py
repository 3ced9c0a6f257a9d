"""How much a message resembles authored examples of one kind, and not those of another. Pure.

Rules name what they look for; people find other words. So a message is also held against sentences that were
written for the purpose (`words/*_examples.toml`): naive Bayes over its words, word pairs and pieces of words, the
log of how much likelier each is among the one kind than among the other (Wang and Manning 2012). It is counted
anew in every process, in a few hundredths of a second, from words that anyone can read and mend.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, repeat

from bot.understanding.normalise import normalise

_WORD = re.compile(r"\w+")
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 5
_AS_IF_SEEN = 1.0
"""How often each gram is held to have been seen among each kind beforehand."""
type Sentences = tuple[str, ...]

_FEWEST_WORDS = 3
"""A word or two resembles too much."""
_POWER_OF_UNLIKE, _POWER_OF_ORDINARY = 0.5, 0.7
"""A sum over grams is divided by their number to this power: 0 favours long messages, 1 favours short ones."""


def grams(plain: str) -> frozenset[str]:
    """The words of a normalised message, its neighbouring words, and the pieces of its words, each once; no numbers."""
    spoken = [word for word in _WORD.findall(plain) if not word.isdigit()]
    return frozenset((*spoken, *(f"{one} {other}" for one, other in pairwise(spoken)), *_pieces(spoken)))


def _pieces(spoken: Iterable[str]) -> Iterator[str]:
    for word in spoken:
        framed = f"<{word}>"
        for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
            yield from (f"#{framed[start : start + length]}" for start in range(len(framed) - length + 1))


_NUMBERS: dict[str, int] = {}
"""Every gram of the examples has a number, the same for all kinds, so that it is kept once and looked up once."""


def _number(gram: str) -> int:
    return _NUMBERS.setdefault(gram, len(_NUMBERS))


def numbers(plain: str) -> list[int]:
    """The numbers of those grams of a normalised message that stand in some example."""
    return [number for gram in grams(plain) if (number := _NUMBERS.get(gram)) is not None]


@dataclass(frozen=True, slots=True)
class Ratios:
    """The log of how much likelier each gram is among one kind of sentence than among the other.

    `of_number` has it under the gram's number; NaN for one that stands in neither, as for every number beyond.
    """

    of_number: array[float]

    @classmethod
    def counted(cls, kind: Sentences, *others: Sentences) -> Ratios:
        """Count the grams of one kind of sentences, and of all others together."""
        here, there = _counts(kind), _counts(tuple(chain.from_iterable(others)))
        many, more = len(kind) + 2 * _AS_IF_SEEN, sum(map(len, others)) + 2 * _AS_IF_SEEN
        ratios = array("f", repeat(math.nan, len(_NUMBERS)))
        for number in here.keys() | there.keys():
            one, other = here[number] + _AS_IF_SEEN, there[number] + _AS_IF_SEEN
            ratios[number] = math.log(one / many) - math.log(other / more)
        return cls(ratios)

    def of(self, found: Iterable[int], power: float) -> float:
        """How strongly the grams of these numbers speak for the one kind; 0 where none is known."""
        ratios, end = self.of_number, len(self.of_number)
        known = [ratio for number in found if number < end and not math.isnan(ratio := ratios[number])]
        return math.fsum(sorted(known)) / len(known) ** power if known else 0.0


@dataclass(frozen=True, slots=True)
class Resemblance:
    """One kind of message, told from its near misses and from what people write every day.

    Attributes:
        from_unlike, from_ordinary: its ratios to the near misses, and to these and everyday messages together.
        least_unlike, least_ordinary: the message resembles the kind when both scores are above these.
    """

    from_unlike: Ratios
    from_ordinary: Ratios
    least_unlike: float
    least_ordinary: float

    @classmethod
    def learned(
        cls, kind: Sentences, unlike: Sentences, ordinary: Sentences, least: tuple[float, float]
    ) -> Resemblance:
        """Count the examples.

        Args:
            kind: sentences of the kind.
            unlike: sentences that only sound like it.
            ordinary: everyday messages.
            least: the two thresholds, for `unlike` and for `ordinary`.
        """
        return cls(Ratios.counted(kind, unlike), Ratios.counted(kind, unlike, ordinary), *least)

    def holds(self, plain: str) -> bool:
        """Whether a normalised message of three words or more resembles the kind."""
        if len(_WORD.findall(plain)) < _FEWEST_WORDS:
            return False
        found = numbers(plain)
        return (
            self.from_unlike.of(found, _POWER_OF_UNLIKE) > self.least_unlike
            and self.from_ordinary.of(found, _POWER_OF_ORDINARY) > self.least_ordinary
        )


def _counts(sentences: Sentences) -> Counter[int]:
    counted: Counter[int] = Counter()
    for sentence in sentences:
        counted.update(map(_number, grams(normalise(sentence))))
    return counted
