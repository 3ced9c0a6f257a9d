"""How sure a number is: Wilson's interval, percentiles of resamples, McNemar's test. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Z = 1.96
"""Standard deviations that 95 of 100 lie within."""
RESAMPLES = 500
SEED = 20_260_101
"""The same messages give the same interval every time."""

Numbers = npt.NDArray[np.int64]


def wilson(hits: int, rows: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), 0 to 1.

    Args:
        hits: how many of the rows.
        rows: 1 or more.
    """
    share = hits / rows
    middle = share + Z**2 / (2 * rows)
    half = Z * math.sqrt(share * (1 - share) / rows + Z**2 / (4 * rows**2))
    below = 1 + Z**2 / rows
    return max(0.0, (middle - half) / below), min(1.0, (middle + half) / below)


def resampled(rows: int, number: Callable[[Numbers], float]) -> tuple[float, float]:
    """The 95 % interval of a number (percentile bootstrap): what it is on rows drawn again and again.

    Args:
        rows: how many there are, 1 or more.
        number: what is measured on the rows of these places, which may stand there more than once.
    """
    drawing = np.random.default_rng(SEED)
    found = np.array([number(drawing.integers(0, rows, rows)) for _ in range(RESAMPLES)])
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def mcnemar(only_former: int, only_candidate: int) -> float:
    """How likely so uneven a difference is if both are equally good (exact McNemar test, two-sided), 0 to 1.

    Args:
        only_former: messages that only the former one had right.
        only_candidate: messages that only the candidate had right.
    """
    differ = only_former + only_candidate
    fewer = min(only_former, only_candidate)
    logs = [_log_choose(differ, count) - differ * math.log(2) for count in range(fewer + 1)]
    return min(1.0, 2 * math.fsum(math.exp(log) for log in logs))


def _log_choose(of: int, count: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(count + 1) - math.lgamma(of - count + 1)
