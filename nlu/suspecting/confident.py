"""Confident learning: which labels are likely wrong, by what models say that have not seen them. Pure.

After Northcutt, Jiang and Chuang (2021), "Confident Learning: Estimating Uncertainty in Dataset Labels": a
label is suspicious when another class is said with at least the confidence with which that class is said, on
average, of its own examples; the worst is the one whose own label lies furthest below the likeliest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Shares = npt.NDArray[np.float64]


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

    @property
    def margin(self) -> float:
        """How far the given label lies below the likely one, 0 to 1."""
        return self.likely_share - self.given_share


def suspicions(shares: Shares, given: Sequence[int]) -> list[Suspicion]:
    """The worst first.

    Args:
        shares: one row an example, one column a class; said by a model that has not seen the example.
        given: the class of each example, as it is labelled.
    """
    labels = np.asarray(given)
    classes = shares.shape[1]
    own = shares[np.arange(len(labels)), labels]
    usual = np.array(
        [own[labels == one].mean() if (labels == one).any() else np.inf for one in range(classes)]
    )
    confident = np.where(shares >= usual, shares, -1.0)
    likely = confident.argmax(axis=1)
    is_sure = confident.max(axis=1) >= 0
    found = [
        Suspicion(
            int(row),
            int(likely[row]),
            float(own[row]),
            float(shares[row, likely[row]]),
            float(usual[likely[row]]),
        )
        for row in np.flatnonzero(is_sure & (likely != labels) & (shares.argmax(axis=1) == likely))
    ]
    return sorted(found, key=lambda one: (-one.margin, one.row))
