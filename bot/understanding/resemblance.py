"""How much a message resembles authored examples of one kind, and not those of another. Pure.

Rules name what they look for; people find other words. So a message is also held against sentences that were
written for the purpose (`words/*_examples.toml`): naive Bayes over its words, word pairs and pieces of words, the
log of how much likelier each is among the one kind than among the other (Wang and Manning 2012). It is counted
anew in every process, in a few hundredths of a second, from words that anyone can read and mend.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

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
    """The words of a normalised message, its neighbouring words, and the pieces of its words, each once."""
    spoken = _WORD.findall(plain)
    return frozenset((*spoken, *(f"{one} {other}" for one, other in pairwise(spoken)), *_pieces(spoken)))


def _pieces(spoken: Iterable[str]) -> Iterator[str]:
    for word in spoken:
        framed = f"<{word}>"
        for length in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
            yield from (f"#{framed[start : start + length]}" for start in range(len(framed) - length + 1))


@dataclass(frozen=True, slots=True)
class Ratios:
    """The log of how much likelier each gram is among one kind of sentence than among the other."""

    of_gram: dict[str, float]

    @classmethod
    def counted(cls, kind: Sentences, *others: Sentences) -> Ratios:
        """Count the grams of one kind of sentences, and of all others together."""
        here, there = _counts(kind), sum(map(_counts, others), Counter[str]())
        many, more = len(kind) + 2 * _AS_IF_SEEN, sum(map(len, others)) + 2 * _AS_IF_SEEN
        return cls(
            {
                gram: math.log((here[gram] + _AS_IF_SEEN) / many) - math.log((there[gram] + _AS_IF_SEEN) / more)
                for gram in here.keys() | there.keys()
            }
        )

    def of(self, found: Iterable[str], power: float) -> float:
        """How strongly these grams speak for the one kind; 0 where none is known."""
        known = [self.of_gram[gram] for gram in found if gram in self.of_gram]
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
        found = grams(plain)
        return (
            self.from_unlike.of(found, _POWER_OF_UNLIKE) > self.least_unlike
            and self.from_ordinary.of(found, _POWER_OF_ORDINARY) > self.least_ordinary
        )


@cache
def _counts(sentences: Sentences) -> Counter[str]:
    counted: Counter[str] = Counter()
    for sentence in sentences:
        counted.update(grams(normalise(sentence)))
    return counted
