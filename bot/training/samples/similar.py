"""Which of the messages that wait say much the same, so that one label may be given to them together. Pure.

Two are alike where the model takes them for the same, and rare words of them are the same: the cosine of their words,
each weighed by how few of the messages have it. A trainer reads all of a group before she labels it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from actions.store.training.samples import Sample
from bot.training.samples.worth import spoken_words

ALIKE = 0.2
"""Least cosine; from here on about five of six real messages have the label of the one that they are grouped with."""
MOST_OTHERS = 6
"""So many are read beside the first one."""

_words_of = lru_cache(4_096)(spoken_words)


@dataclass(frozen=True, slots=True)
class SampleGroup:
    """A sample, and others that are much like it."""

    first: Sample
    others: tuple[Sample, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """Of all of them, the first one first."""
        return (self.first.id, *(other.id for other in self.others))


def nearest(found: Sequence[Sample], texts: Sequence[str], most: int) -> list[Sample]:
    """Up to `most` of these samples that are alike to one of the texts, the most alike first."""
    if not found or not texts:
        return []
    alike = _cosines([*map(_words_of, texts), *(_words_of(sample.text) for sample in found)])
    best = alike[len(texts) :, : len(texts)].max(axis=1)
    order = np.argsort(-best, kind="stable").tolist()
    return [found[number] for number in order if best[number] >= ALIKE][:most]


def grouped(found: Sequence[Sample], most: int) -> list[SampleGroup]:
    """Up to `most` groups in the order of their first samples; who belongs to one belongs to no other."""
    alike = _cosines([_words_of(sample.text) for sample in found])
    groups, taken = list[SampleGroup](), set[int]()
    for number, sample in enumerate(found):
        if len(groups) == most:
            break
        if number in taken:
            continue
        near = [
            other
            for other in np.argsort(-alike[number], kind="stable").tolist()
            if other > number and other not in taken and alike[number, other] >= ALIKE and _same(sample, found[other])
        ][:MOST_OTHERS]
        taken.update(near)
        groups.append(SampleGroup(sample, tuple(found[other] for other in near)))
    return groups


def _same(one: Sample, other: Sample) -> bool:
    """Whether both are taken for the same, by the model and by whoever put it right."""
    return (one.intent, one.chosen_category or one.category) == (other.intent, other.chosen_category or other.category)


def _cosines(texts: Sequence[frozenset[str]]) -> npt.NDArray[np.float32]:
    often = Counter(word for words in texts for word in words)
    column = {word: number for number, word in enumerate(sorted(often))}
    weights = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, words in enumerate(texts):
        for word in words:
            weights[row, column[word]] = np.log1p(len(texts) / often[word])
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    weights /= np.where(lengths, lengths, 1)
    return weights @ weights.T
