"""Which labels are likely wrong, by what models say that have not seen them. Pure.

A label is suspicious when another class is likelier. The worst is the one whose own class is said with the
smallest share, for how unsure is what is said at all (`confidence_weighted_entropy` of cleanlab; Kuan and
Mueller 2022, "Model-agnostic label quality scoring to detect real-world label errors").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Shares = npt.NDArray[np.float64]
LEAST_SHARE = 1e-6
"""What the share of a label's own class counts as at least, as cleanlab has it."""


@dataclass(frozen=True)
class Suspicion:
    """An example whose label is likely wrong.

    Attributes:
        row: its place among all examples, from 0.
        likely: the class that it more likely is, as a column.
        given_share, likely_share: what is said of the two.
        usual_share: what is said, on average, of the likely class's own examples.
    """

    row: int
    likely: int
    given_share: float
    likely_share: float
    usual_share: float


def suspicions(shares: Shares, given: Sequence[int]) -> list[Suspicion]:
    """The worst first.

    Args:
        shares: one row an example, one column a class; said by a model that has not seen the example.
        given: the class of each example, as it is labelled.
    """
    labels, likely = np.asarray(given), shares.argmax(axis=1)
    own = shares[np.arange(len(labels)), labels]
    wrong = _doubt(shares) / np.maximum(own, LEAST_SHARE)
    found = sorted(np.flatnonzero(likely != labels).tolist(), key=lambda row: (-wrong[row], row))
    return [_suspicion(row, int(likely[row]), shares, own, labels == likely[row]) for row in found]


def _suspicion(
    row: int, likely: int, shares: Shares, own: Shares, is_likely: npt.NDArray[np.bool_]
) -> Suspicion:
    usual = float(own[is_likely].mean()) if is_likely.any() else 0.0
    return Suspicion(row, likely, float(own[row]), float(shares[row, likely]), usual)


def _doubt(shares: Shares) -> Shares:
    """The entropy of each row: 0 where one class is certain, 1 where all are as likely."""
    logs = np.log(np.maximum(shares, np.finfo(np.float64).tiny))
    doubt: Shares = -(shares * logs).sum(axis=1) / np.log(shares.shape[1])
    return doubt
