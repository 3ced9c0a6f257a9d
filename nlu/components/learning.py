"""Learns a linear model from labelled rows. Pure; apart from `linear` since serving needs no scikit-learn.

A line is that of a linear support-vector machine plus a share of that of complement naive Bayes (Rennie et
al. 2003), which leans on rare words where the machine has few examples; the sum of two lines is a line. The
sharpness is fitted on scores of texts that were left out of training in turn.

What all labels gain alike from a feature tells none of them apart, so it is taken off; what is left is
rounded to 16 bits, which makes the model half as large.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from components.calibration import UNTOUCHED, Calibration
from components.linear import LinearModel, softmax
from components.saved import Numbers
from components.settings import Recipe

FOLDS = 5
_SHARPNESS_RANGE = (0.1, 30.0)
_SMOOTHING = 0.3
"""Alpha of the naive Bayes."""


class TooFewExamples(ValueError):
    """A label cannot be learned; the message names it and says how many examples it needs."""


def learn(
    features: csr_matrix,
    labels: Sequence[str],
    recipe: Recipe,
    sharpness: float | None = None,
    calibration: Calibration = UNTOUCHED,
) -> LinearModel:
    """Learns to tell `labels` apart.

    Args:
        features: one row a text.
        labels: one a row; each must stand there at least `FOLDS` times, and there must be two or more.
        recipe: how the lines are learned.
        sharpness: if it is known already; measured on left-out texts otherwise, five times the work.
        calibration: what the confidences become, once they are shares of one.

    Raises:
        TooFewExamples: a label has fewer examples, or all texts have the same label.
    """
    _refuse_too_few(labels)
    names = np.asarray(labels)
    weights, bias = _lines(features, names, recipe)
    sharpness = sharpness or _best_sharpness(features, names, recipe)
    return LinearModel(tuple(np.unique(names).tolist()), weights, bias, sharpness, calibration)


def _refuse_too_few(labels: Sequence[str]) -> None:
    counts = Counter(labels)
    if len(counts) < 2:  # noqa: PLR2004
        raise TooFewExamples(
            f"Examples of at least two labels (intents, categories) are needed; there are {len(counts)}."
        )
    label, count = min(counts.items(), key=lambda item: item[1])
    if count < FOLDS:
        raise TooFewExamples(f"{label} has {count} examples only; write at least {FOLDS}.")


def _lines(features: csr_matrix, labels: npt.NDArray[np.str_], recipe: Recipe) -> tuple[Numbers, Numbers]:
    """Weights, a row a feature and a column a label in the order of the alphabet, and bias, one a label."""
    machine = LinearSVC(
        C=recipe.slack, class_weight="balanced", dual=True, random_state=0, max_iter=5_000
    ).fit(features, labels)
    lines, bias = machine.coef_, machine.intercept_
    if len(lines) == 1:  # scikit-learn keeps one line for two labels
        lines, bias = np.vstack([-lines, lines]), np.concatenate([-bias, bias])
    if recipe.naive_share:
        naive = ComplementNB(alpha=_SMOOTHING).fit(features, labels)
        lines = lines + recipe.naive_share * naive.feature_log_prob_
    apart = lines.T - lines.T.mean(axis=1, keepdims=True)
    weights = np.ascontiguousarray(apart.astype(np.float16), dtype=np.float32)
    return weights, (bias - bias.mean()).astype(np.float32)


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
