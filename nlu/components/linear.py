"""A linear classifier whose confidences mean something: one line a label, and a temperature.

Pure. Scores are `features @ weights + bias`; confidences are their softmax after multiplying by `sharpness`,
the inverse temperature of Guo et al. 2017, the first of them calibrated (see `calibration`). How it comes to
know the lines is told in `learning`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from components import saved
from components.calibration import UNTOUCHED, Calibration, keeps_order
from components.saved import Numbers, Saved, UnreadableModel
from description import Json

MAKE = "linear/2"
Scores = npt.NDArray[np.float64]
Ranking = list[tuple[str, float]]
"""Labels with their confidence, best first."""


@dataclass(frozen=True)
class LinearModel:
    """What was learned.

    Attributes:
        labels: in the order of the columns.
        weights: one row a feature, one column a label.
        bias: one a label.
        sharpness: scores are multiplied by it before the softmax; above 0.
        calibration: what the first confidence becomes then, unless nothing of the text is known.
    """

    labels: tuple[str, ...]
    weights: Numbers
    bias: Numbers
    sharpness: float
    calibration: Calibration = UNTOUCHED

    def confidences(self, features: csr_matrix) -> Scores:
        """One row a text, one column a label, its sum one; all alike for a text of unknown words."""
        scores = np.zeros((features.shape[0], len(self.labels)))
        for number, (begin, end) in enumerate(pairwise(features.indptr)):
            if begin < end:  # a text at a time: a product of the whole would first widen all weights
                known = self.weights[features.indices[begin:end]]
                scores[number] = features.data[begin:end] @ known + self.bias
        shares = softmax(scores * self.sharpness)
        for number in np.flatnonzero(features.getnnz(axis=1)):
            shares[number] = self.calibration.apply(shares[number])
        return shares

    def rank(self, features: csr_matrix) -> list[Ranking]:
        """For each text all labels, best first; equals stand in the order of `labels`."""
        table = self.confidences(features)
        orders = np.argsort(-table, axis=1, kind="stable")
        return [
            [(self.labels[column], float(row[column])) for column in order]
            for row, order in zip(table, orders)
        ]

    def save(self, folder: Path) -> None:
        """Writes all that `load` needs into `folder`."""
        words: dict[str, Json] = {
            "labels": list(self.labels),
            "sharpness": self.sharpness,
            "confidence_cap": self.calibration.cap,
            "confidence_power": self.calibration.power,
        }
        saved.write(folder, MAKE, Saved(words, {"weights": self.weights, "bias": self.bias}))

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Reads what `save` wrote.

        Raises:
            UnreadableModel: it is missing, damaged or of another make.
        """
        found = saved.read(folder, MAKE)
        labels, sharpness = found.words.get("labels"), found.words.get("sharpness")
        weights, bias = found.numbers.get("weights"), found.numbers.get("bias")
        if not isinstance(labels, list) or not isinstance(sharpness, float) or sharpness <= 0:
            raise UnreadableModel(f"{folder} names no labels or no sharpness. Train the model again.")
        if weights is None or bias is None or bias.shape != (len(labels),) or weights.shape[1:] != bias.shape:
            raise UnreadableModel(f"{folder}: weights and labels do not match. Train the model again.")
        names = tuple(str(label) for label in labels)
        return cls(names, weights, bias, sharpness, _load_calibration(folder, found))


def _load_calibration(folder: Path, found: Saved) -> Calibration:
    cap, power = found.words.get("confidence_cap"), found.words.get("confidence_power")
    if not isinstance(cap, float) or not isinstance(power, float) or not keeps_order(cap, power):
        raise UnreadableModel(f"{folder} has no usable calibration. Train the model again.")
    return Calibration(cap, power)


def softmax(scores: Scores) -> Scores:
    """Each row's scores as shares of one."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares
