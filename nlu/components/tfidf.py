"""Turns a text into a sparse row of weights: of words, word pairs, and pieces of two to five letters.

Pure. Each of the two blocks weighs a gram by (1 + ln count) x idf, and is divided by the length of the
whole text; idf is ln((1 + texts) / (1 + texts with the gram)) + 1. (Salton and Buckley 1988; the formula of
scikit-learn's TfidfVectorizer with sublinear_tf, whose `char_wb` the pieces follow.) Unlike there, grams
that training never saw count for the length: what is said in unknown words makes the known ones weigh less,
and the model less sure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack

from components import saved
from components.saved import Numbers, Saved, UnreadableModel
from components.spelling import Spelling
from description import Json

MAKE = "tfidf/1"
LONGEST_TEXT = 6_000
"""Characters of a text that are looked at; the matter stands before the six thousandth."""
_SHORTEST_PIECE, _LONGEST_PIECE = 2, 5


def words_and_pairs(text: str) -> Iterator[str]:
    """The words of an even text, and its neighbouring words joined by a blank."""
    words = text.split()
    return chain(words, map(" ".join, pairwise(words)))


def pieces_of_words(text: str) -> Iterator[str]:
    """All runs of two to five characters inside each word, which counts with a blank on either side."""
    for word in text.split():
        padded = f" {word} "
        for length in range(_SHORTEST_PIECE, min(_LONGEST_PIECE, len(padded)) + 1):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


GRAMS: dict[str, Callable[[str], Iterator[str]]] = {"words": words_and_pairs, "pieces": pieces_of_words}


@dataclass(frozen=True)
class Block:
    """The known grams of one kind, and what each of them weighs.

    Attributes:
        index: gram to column, from 0, without gaps.
        idf: one weight a column.
        texts: how many texts were learned from.
    """

    index: dict[str, int]
    idf: Numbers
    texts: int

    @classmethod
    def fit(cls, documents: Iterable[Counter[str]], fewest_texts: int) -> Block:
        """Learns the grams that stand in at least `fewest_texts` of the documents."""
        seen: Counter[str] = Counter()
        texts = 0
        for document in documents:
            seen.update(document.keys())
            texts += 1
        grams = sorted(gram for gram, with_it in seen.items() if with_it >= fewest_texts)
        idf = [math.log((1 + texts) / (1 + seen[gram])) + 1 for gram in grams]
        return cls(
            {gram: column for column, gram in enumerate(grams)}, np.asarray(idf, dtype=np.float32), texts
        )

    def transform(self, documents: Sequence[Counter[str]]) -> csr_matrix:
        """One row a document: at most of length one, and all zero when no gram of it is known."""
        columns: list[int] = []
        weights: list[float] = []
        ends = [0]
        for document in documents:
            known, length = self._weighed(document)
            columns.extend(column for column, _ in known)
            weights.extend(weight / length for _, weight in known)
            ends.append(len(columns))
        return csr_matrix((weights, columns, ends), shape=(len(documents), len(self.index)), dtype=np.float64)

    def _weighed(self, document: Counter[str]) -> tuple[list[tuple[int, float]], float]:
        """The known grams by column, with their weights; and the length of all, known or not."""
        never_seen = math.log(1 + self.texts) + 1
        known: list[tuple[int, float]] = []
        squares = 0.0
        for gram, count in document.items():
            column = self.index.get(gram)
            weight = (1 + math.log(count)) * (never_seen if column is None else self._idf[column])
            squares += weight * weight
            if column is not None:
                known.append((column, weight))
        return sorted(known), math.sqrt(squares) or 1.0

    @cached_property
    def _idf(self) -> list[float]:
        return self.idf.tolist()


@dataclass(frozen=True)
class Tfidf:
    """A fitted featurizer: spelling first, then a block for each kind of gram, side by side."""

    spelling: Spelling
    blocks: dict[str, Block]

    @classmethod
    def fit(cls, texts: Sequence[str], spelling: Spelling, fewest_texts: int) -> Tfidf:
        """Learns the grams of `texts`, as the citizens wrote them.

        Args:
            texts: the training texts.
            spelling: how words are made even, here and ever after.
            fewest_texts: grams seen in fewer texts are left out; 1 keeps all.
        """
        even = [spelling.normalise(text[:LONGEST_TEXT]) for text in texts]
        blocks = {
            kind: Block.fit((Counter(grams(text)) for text in even), fewest_texts)
            for kind, grams in GRAMS.items()
        }
        return cls(spelling, blocks)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """One row of features a text; a text of unknown words alone has a row of zeros."""
        even = [self.spelling.normalise(text[:LONGEST_TEXT]) for text in texts]
        return hstack(
            [
                self.blocks[kind].transform([Counter(grams(text)) for text in even])
                for kind, grams in GRAMS.items()
            ],
            format="csr",
        )

    def save(self, folder: Path) -> None:
        """Writes all that `load` needs into `folder`."""
        words: dict[str, Json] = {"spelling": dict(self.spelling.words)}
        words |= {kind: list(block.index) for kind, block in self.blocks.items()}
        words["texts"] = self.blocks["words"].texts
        saved.write(folder, MAKE, Saved(words, {kind: block.idf for kind, block in self.blocks.items()}))

    @classmethod
    def load(cls, folder: Path) -> Tfidf:
        """Reads what `save` wrote.

        Raises:
            UnreadableModel: it is missing, damaged or of another make.
        """
        found = saved.read(folder, MAKE)
        spelling = found.words.get("spelling")
        if not isinstance(spelling, dict):
            raise UnreadableModel(f"{folder} holds no spelling table. Train the model again.")
        blocks = {kind: _load_block(folder, found, kind) for kind in GRAMS}
        return cls(Spelling({chat: str(written) for chat, written in spelling.items()}), blocks)


def _load_block(folder: Path, found: Saved, kind: str) -> Block:
    grams, idf, texts = found.words.get(kind), found.numbers.get(kind), found.words.get("texts")
    if not isinstance(grams, list) or not isinstance(texts, int) or idf is None or idf.shape != (len(grams),):
        raise UnreadableModel(
            f"{folder}: the grams and weights of {kind} do not match. Train the model again."
        )
    return Block({str(gram): column for column, gram in enumerate(grams)}, idf, texts)
