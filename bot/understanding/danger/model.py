"""The model of risks: one file (`weights_file.py`), read and asked in the service's own process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.understanding import weights_file
from bot.understanding.danger.features import COLUMNS, columns_of
from bot.understanding.weights_file import Weights

FIRST_LINE = b"lapor-risks 1\n"
_LARGEST_CONTENT_BYTES = 8_000_000


@dataclass(frozen=True, eq=False, slots=True)
class RiskModel:
    """Weights by column and label. Nothing of it changes, so threads may share it.

    Attributes:
        questions: the labels of each question that it answers, in the order of the weights' columns: a message has one
            label of each.
    """

    questions: tuple[tuple[str, ...], ...]
    weights: Weights
    bias: Weights

    def shares(self, text: str) -> Mapping[str, float]:
        """How likely each label is, 0 to 1; those of one question sum to one."""
        return _shares(self, text)


@lru_cache(maxsize=8)
def _shares(model: RiskModel, text: str) -> Mapping[str, float]:
    """Both detectors ask for the same message, one after the other."""
    return dict(
        zip((label for one in model.questions for label in one), shares_of(model, columns_of(text)), strict=True)
    )


def shares_of(model: RiskModel, columns: npt.NDArray[np.intp]) -> list[float]:
    """The shares of all labels, in their order, of a message of these columns."""
    scores = model.weights[columns].sum(axis=0) / np.sqrt(np.float32(max(1, len(columns)))) + model.bias
    found: list[float] = []
    for labels in model.questions:
        own = scores[len(found) : len(found) + len(labels)]
        powers = np.exp(own - own.max())
        found += (powers / powers.sum()).tolist()
    return found


def packed(model: RiskModel) -> bytes:
    """The bytes of its file."""
    told = {"questions": [list(labels) for labels in model.questions]}
    return weights_file.packed(FIRST_LINE, told, model.weights, model.bias)


def unpacked(whole: bytes) -> RiskModel:
    """The model in the bytes of a file that is trusted.

    Raises:
        UnusableWeights: they make no sense.
    """
    told, weights, bias = weights_file.unpacked(FIRST_LINE, whole, COLUMNS, _LARGEST_CONTENT_BYTES)
    return RiskModel(tuple(map(tuple, told["questions"])), weights, bias)
