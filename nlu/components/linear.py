"""A linear classifier whose confidences mean something: one line a label, and a temperature measured aside.

Pure. A line is that of a linear support-vector machine plus a share of that of complement naive Bayes (Rennie et al.
2003), which leans on rare words where the machine has few examples; the sum of two lines is a line. Scores are `features @ weights + bias`; confidences are their softmax after multiplying by `sharpness`, the
inverse temperature of Guo et al. 2017, fitted on scores of texts that the classifier had not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from components import saved
from components.saved import Numbers, Saved, UnreadableModel

MAKE = "linear/1"
FOLDS = 5
Scores = npt.NDArray[np.float64]
Ranking = list[tuple[str, float]]
"""Labels with their confidence, best first."""
_SHARPNESS_RANGE = (0.1, 30.0)
_SMOOTHING = 0.3
"""Alpha of the naive Bayes."""


class TooFewExamples(ValueError):
    """A label cannot be learned; the message names it and says how many examples it needs."""


@dataclass(frozen=True)
class Recipe:
    """How lines are learned; the values that were tried stand in TRIED.md.

    Attributes:
        slack: the C of the support-vector machine, above 0; smaller means smoother.
        naive_share: what share of the lines of complement naive Bayes is added, from 0.
    """

    slack: float
    naive_share: float


@dataclass(frozen=True)
class LinearModel:
    """What was learned.

    Attributes:
        labels: in the order of the columns.
        weights: one row a feature, one column a label.
        bias: one a label.
        sharpness: scores are multiplied by it before the softmax; above 0.
    """

    labels: tuple[str, ...]
    weights: Numbers
    bias: Numbers
    sharpness: float

    @classmethod
    def fit(
        cls, features: csr_matrix, labels: Sequence[str], recipe: Recipe, sharpness: float | None = None
    ) -> LinearModel:
        """Learns to tell `labels` apart.

        Args:
            features: one row a text.
            labels: one a row; each must stand there at least `FOLDS` times, and there must be two or more.
            recipe: how the lines are learned.
            sharpness: if it is known already; measured on left-out texts otherwise, five times the work.

        Raises:
            TooFewExamples: a label has fewer examples, or all texts have the same label.
        """
        _refuse_too_few(labels)
        names = np.asarray(labels)
        weights, bias = _lines(features, names, recipe)
        sharpness = sharpness or _best_sharpness(features, names, recipe)
        return cls(tuple(np.unique(names).tolist()), weights, bias, sharpness)

    def confidences(self, features: csr_matrix) -> Scores:
        """One row a text, one column a label, each row summing to one; all alike for a text of unknown words."""
        scores = np.zeros((features.shape[0], len(self.labels)))
        for number, (begin, end) in enumerate(pairwise(features.indptr)):
            if begin < end:  # a text at a time: a product of the whole would first widen all weights
                known = self.weights[features.indices[begin:end]]
                scores[number] = features.data[begin:end] @ known + self.bias
        return softmax(scores * self.sharpness)

    def rank(self, features: csr_matrix) -> list[Ranking]:
        """For each text all labels with their confidence, best first; equals stand in the order of `labels`."""
        table = self.confidences(features)
        orders = np.argsort(-table, axis=1, kind="stable")
        return [
            [(self.labels[column], float(row[column])) for column in order]
            for row, order in zip(table, orders)
        ]

    def save(self, folder: Path) -> None:
        """Writes all that `load` needs into `folder`."""
        words: dict[str, saved.Json] = {"labels": list(self.labels), "sharpness": self.sharpness}
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
        return cls(tuple(str(label) for label in labels), weights, bias, sharpness)


def softmax(scores: Scores) -> Scores:
    """Each row's scores as shares of one."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Scores = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _refuse_too_few(labels: Sequence[str]) -> None:
    counts = Counter(labels)
    if len(counts) < 2:  # noqa: PLR2004
        raise TooFewExamples(f"There are examples of {len(counts)} labels only; write some of at least two.")
    label, count = min(counts.items(), key=lambda item: item[1])
    if count < FOLDS:
        raise TooFewExamples(f"{label} has {count} examples only; write at least {FOLDS}.")


def _lines(features: csr_matrix, labels: npt.NDArray[np.str_], recipe: Recipe) -> tuple[Numbers, Numbers]:
    """Weights, a row a feature and a column a label in the order of the alphabet, and bias, one a label."""
    machine = LinearSVC(C=recipe.slack, class_weight="balanced", random_state=0, max_iter=5_000).fit(features, labels)
    lines, bias = machine.coef_, machine.intercept_
    if len(lines) == 1:  # scikit-learn keeps one line for two labels
        lines, bias = np.vstack([-lines, lines]), np.concatenate([-bias, bias])
    if recipe.naive_share:
        naive = ComplementNB(alpha=_SMOOTHING).fit(features, labels)
        lines = lines + recipe.naive_share * naive.feature_log_prob_
    return np.ascontiguousarray(lines.T, dtype=np.float32), bias.astype(np.float32)


def _best_sharpness(features: csr_matrix, labels: npt.NDArray[np.str_], recipe: Recipe) -> float:
    """The sharpness under which texts left out of training are likeliest to have the labels they have."""
    names, right = np.unique(labels, return_inverse=True)
    scores = np.empty((len(labels), len(names)))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(features, labels):
        weights, bias = _lines(features[seen], labels[seen], recipe)
        scores[unseen] = features[unseen] @ weights + bias

    def surprise(sharpness: float) -> float:
        shares = softmax(scores * sharpness)[np.arange(len(right)), right]
        return float(-np.log(np.maximum(shares, 1e-12)).mean())

    return float(minimize_scalar(surprise, bounds=_SHARPNESS_RANGE, method="bounded").x)
