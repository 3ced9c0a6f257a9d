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
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.understanding.normalise import normalise

_WORD = re.compile(r"\w+")
_SHORTEST_PIECE, _LONGEST_PIECE = 3, 5
_AS_IF_SEEN = 1.0
"""How often each gram is held to have been seen among each kind beforehand."""
type Sentences = tuple[str, ...]
type _Counted = tuple[Counter[int], int]
"""In how many sentences each gram stands, of how many."""

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


@dataclass(frozen=True, slots=True)
class Resemblance:
    """One kind of message, told from its near misses and from what people write every day.

    Attributes:
        known: a hash of every gram of the examples, in ascending order; the grams themselves take five times the room.
        from_unlike, from_ordinary: of each of these the log of how much likelier it is among the kind than among the
            near misses, and than among these and everyday messages together; NaN for one that stands in neither.
        least_unlike, least_ordinary: the message resembles the kind when both scores are above these.
    """

    known: NDArray[np.int64]
    from_unlike: NDArray[np.float32]
    from_ordinary: NDArray[np.float32]
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
        here, near, others = _counts(kind), _counts(unlike), _counts((*unlike, *ordinary))
        known = np.sort(np.fromiter(here.keys() | others.keys(), np.int64))
        return cls(
            known,
            _ratios(known, (here, len(kind)), (near, len(unlike))),
            _ratios(known, (here, len(kind)), (others, len(unlike) + len(ordinary))),
            *least,
        )

    def holds(self, plain: str) -> bool:
        """Whether a normalised message of three words or more resembles the kind."""
        if len(_WORD.findall(plain)) < _FEWEST_WORDS:
            return False
        hashes = _hashes(plain)
        places = np.searchsorted(self.known, hashes)
        places = places[self.known.take(places, mode="clip") == hashes]
        return (
            _score(self.from_unlike[places], _POWER_OF_UNLIKE) > self.least_unlike
            and _score(self.from_ordinary[places], _POWER_OF_ORDINARY) > self.least_ordinary
        )


@lru_cache(maxsize=8)
def _hashes(plain: str) -> NDArray[np.int64]:
    """Of the grams of a normalised message; every kind asks for them, one after the other."""
    return np.fromiter(map(hash, grams(plain)), np.int64)


def _counts(sentences: Sentences) -> Counter[int]:
    """In how many sentences each gram stands, by its hash."""
    counted: Counter[int] = Counter()
    for sentence in sentences:
        counted.update(map(hash, grams(normalise(sentence))))
    return counted


def _ratios(known: NDArray[np.int64], kind: _Counted, others: _Counted) -> NDArray[np.float32]:
    (here, many), (there, more) = kind, others
    ratios = np.full(len(known), math.nan, np.float32)
    for place, gram in enumerate(known.tolist()):
        if gram in here or gram in there:
            one = (here[gram] + _AS_IF_SEEN) / (many + 2 * _AS_IF_SEEN)
            other = (there[gram] + _AS_IF_SEEN) / (more + 2 * _AS_IF_SEEN)
            ratios[place] = math.log(one) - math.log(other)
    return ratios


def _score(ratios: NDArray[np.float32], power: float) -> float:
    """How strongly grams of these ratios speak for the kind; 0 where none is known."""
    told = np.sort(ratios[~np.isnan(ratios)]).tolist()
    return math.fsum(told) / len(told) ** power if told else 0.0
