"""Text as the compiled model reads it: spelling made even, then weighed words and pieces of words. Pure.

The twin is `nlu/components/spelling.py`; `tests/spelling.json` holds both to it. Nothing here depends on which
Unicode a Python knows: signs are made plain one by one as Unicode 3.2 does it, and only Latin letters and the ten
digits make words.

The weights are those of `nlu/components/tfidf.py`: (1 + ln count) x idf, divided by the length of all grams of a
kind, known or not. Pieces of a word are looked up once and remembered, for people use the same words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

_LETTER = "a-z\u00df-\u00f6\u00f8-\u00ff\u0100-\u024f"
_SIGN = f"{_LETTER}0-9"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_FOREIGN = re.compile("[^\\x00-\u024f\u0300-\u036f\u2018\u2019\u02bc\\s]")
"""What is neither Latin, nor an accent, nor an apostrophe."""
_NOT_WORDS = re.compile(
    rf"""
    \[[a-z_ ]{{2,20}}[0-9]{{0,3}}\]   # a masked name or number: [NAMA], [PHONE_1]
    | (?:https?://|www\.)\S{{1,500}}
    | [{_SIGN}_.+-]{{1,64}}@[{_SIGN}_][{_SIGN}_.-]{{1,250}}
    """,
    re.VERBOSE,
)
_MAY_BE_NO_WORD = re.compile(r"[\[@]|http|www\.")
_APOSTROPHE_IN_WORD = re.compile(f"(?<=[{_SIGN}])['`\u2018\u2019\u02bc](?=[{_SIGN}])")
_WORD = re.compile(f"[{_SIGN}]+")
_STRETCHED = re.compile(rf"([{_LETTER}])\1{{2,}}")
_DOUBLED = re.compile(f"([{_LETTER}]{{3,}})2([{_LETTER}]{{0,3}})")
_LONGEST_NUMBER = 3
"""Digits of the longest number that is kept: 112 says something, a telephone number or NIK says only who."""


class Spelling:
    """How everyday words are written out; it comes with the model."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take the table.

        Args:
            words: chat spelling to written-out spelling, both lower case; the latter may be several words.
        """
        self._table = words
        self._written_out = lru_cache(_WORDS_REMEMBERED)(self._write_out)

    def words(self, text: str) -> list[str]:
        """The words of a text in lower case and even spelling; may be none."""
        even = _plain(text).lower()
        if _MAY_BE_NO_WORD.search(even):
            even = _NOT_WORDS.sub(" ", even)
        even = _APOSTROPHE_IN_WORD.sub("", even)
        return " ".join(map(self._written_out, _WORD.findall(even))).split()

    def _write_out(self, word: str) -> str:
        if word.isdigit():
            return word if len(word) <= _LONGEST_NUMBER else ""
        word = _STRETCHED.sub(r"\1", word)
        if known := self._table.get(word):
            return known
        if doubled := _DOUBLED.fullmatch(word):
            stem = self._table.get(doubled[1], doubled[1])
            return f"{stem} {stem}{doubled[2]}"
        return word


def _plain(text: str) -> str:
    """Full-width, bold and joined signs as plain ones, accents joined to their letters, foreign scripts gone."""
    if text.isascii():
        return text
    old = unicodedata.ucd_3_2_0
    plain = _BEYOND_ASCII.sub(lambda sign: old.normalize("NFKC", sign[0]), text)
    return unicodedata.normalize("NFC", _FOREIGN.sub("\ufffd", plain))


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

    def single_words(self) -> list[str]:
        """All words that were learned, pairs left out."""
        return [word for word in self._words if " " not in word]

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
