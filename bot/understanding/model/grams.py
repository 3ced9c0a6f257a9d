"""Turns even words into weighed grams: words, word pairs, and pieces of two to five letters. Pure.

The weights are those of `nlu/components/tfidf.py`: (1 + ln count) x idf, divided by the length of all grams of a
kind, known or not. Pieces of a word are looked up once and remembered, for people use the same words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

Columns = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
_SHORTEST_PIECE, _LONGEST_PIECE = 2, 5
_WORDS_REMEMBERED = 20_000
_NONE = np.empty(0, dtype=np.intp)


class Grams:
    """The known grams of a model, and what each of them weighs."""

    def __init__(self, words: Mapping[str, int], pieces: Mapping[str, int], idf: Floats, texts: int) -> None:
        """Take what was learned.

        Args:
            words: words and word pairs, each with its column.
            pieces: pieces of words, each with its column.
            idf: one weight a column.
            texts: how many texts were learned from.
        """
        self._words, self._pieces, self._idf = words, pieces, idf
        self._never_seen = math.log(1 + texts) + 1
        self._pieces_of = lru_cache(_WORDS_REMEMBERED)(self._split)

    def knows(self, word: str) -> bool:
        """Whether a text that was learned from has this word."""
        return word in self._words

    def weigh(self, words: Sequence[str]) -> tuple[Columns, Floats]:
        """The columns of the known grams of these words, each once, and what they weigh."""
        columns, often, unknown = self._looked_up(words)
        first = self._weighed(np.array(columns, dtype=np.intp), np.array(often, dtype=np.float64), unknown)
        parts = [self._pieces_of(word) for word in words]
        others = Counter(chain.from_iterable(part[1] for part in parts))
        second = self._weighed(*_counted([part[0] for part in parts]), list(others.values()))
        return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])

    def _looked_up(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Columns of the known words and pairs, how often each of them stands there, and each of the others."""
        columns, often, unknown = [], [], []
        column_of = self._words.get
        for gram, count in Counter(chain(words, map(" ".join, pairwise(words)))).items():
            column = column_of(gram)
            if column is None:
                unknown.append(count)
            else:
                columns.append(column)
                often.append(count)
        return columns, often, unknown

    def _weighed(self, columns: Columns, often: Floats, unknown: Sequence[int]) -> tuple[Columns, Floats]:
        """Columns and weights of one kind of gram.

        Args:
            columns: the known ones.
            often: how often each of them stands in the text.
            unknown: how often each of the others does.
        """
        weights = (1 + np.log(often)) * self._idf[columns]
        squares = float(weights @ weights)
        squares += sum((1 + math.log(count)) ** 2 for count in unknown) * self._never_seen**2
        return columns, weights / (math.sqrt(squares) or 1.0)

    def _split(self, word: str) -> tuple[Columns, tuple[str, ...]]:
        """The columns of a word's known pieces, and its unknown pieces, each as often as it stands there."""
        pieces = list(pieces_of(word))
        columns = [self._pieces.get(piece, -1) for piece in pieces]
        known = np.array([column for column in columns if column >= 0], dtype=np.intp)
        return known, tuple(piece for piece, column in zip(pieces, columns, strict=True) if column < 0)


def pieces_of(word: str) -> Iterable[str]:
    """All runs of two to five characters of a word, which counts with a blank on either side."""
    padded = f" {word} "
    for length in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(padded)) + 1):
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def _counted(parts: Sequence[Columns]) -> tuple[Columns, Floats]:
    """Each column once, with how often it stands in all parts together."""
    if not any(map(len, parts)):
        return _NONE, np.empty(0)
    columns = np.concatenate(parts)
    columns.sort()
    edges = np.ones(len(columns) + 1, dtype=np.bool_)
    np.not_equal(columns[1:], columns[:-1], out=edges[1:-1])
    starts = np.flatnonzero(edges)
    return columns[starts[:-1]], np.diff(starts).astype(np.float64)
