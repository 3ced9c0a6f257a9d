"""Reads what `config.yml` says to a component, and refuses what it cannot mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union

Setting = Union[str, int, float, bool, None]
Settings = dict[str, Setting]
FEATURIZER: Mapping[str, Setting] = {"fewest_texts": 1}
CLASSIFIER: Mapping[str, Setting] = {
    "slack": 0.3,
    "naive_share": 0.5,
    "confidence_cap": 1.0,
    "confidence_power": 1.0,
}
"""What holds where `config.yml` says nothing."""


class SettingError(ValueError):
    """A setting of a component in `config.yml` is wrong; the message names it and says what to write."""


@dataclass(frozen=True)
class Recipe:
    """How the lines of a classifier are learned; the values that were tried stand in TRIED.md.

    Attributes:
        slack: the C of the support-vector machine, above 0; smaller means smoother.
        naive_share: what share of the lines of complement naive Bayes is added, 0 to 1.
    """

    slack: float
    naive_share: float

    @classmethod
    def of(cls, settings: Mapping[str, Setting], component: str) -> Recipe:
        """What the settings of a component say.

        Raises:
            SettingError: one is missing or out of its range.
        """
        slack, naive_share = number(settings, "slack"), number(settings, "naive_share")
        if slack is None or slack <= 0:
            raise SettingError(f"config.yml, {component}: slack must be a number above 0.")
        if naive_share is None or not 0 <= naive_share <= 1:
            raise SettingError(f"config.yml, {component}: naive_share must be a number from 0 to 1.")
        return cls(slack, naive_share)


def fewest_texts(settings: Mapping[str, Setting], component: str) -> int:
    """In how many training texts a gram must stand to be kept.

    Raises:
        SettingError: it is missing, or no whole number from 1.
    """
    value = settings.get("fewest_texts")
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingError(f"config.yml, {component}: fewest_texts must be a whole number from 1.")
    return value


def number(settings: Mapping[str, Setting], name: str) -> float | None:
    """A setting as a number; None when it is missing or none."""
    value = settings.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
