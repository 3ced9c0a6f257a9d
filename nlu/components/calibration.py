"""Makes the first confidence say how often it is right. Pure.

A model that learned from authored texts is too sure of its surest guesses about real messages, and not sure
enough of the others. So the confidence c of the first label becomes `cap` x c^`power`, two numbers that were
fitted on real messages (`calibrate.py`); the other labels share what is left as before. The order of the
labels never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from components.settings import Setting, SettingError, number

_LEAST_FIXED = 0.5
"""Above the confidence that stays as it is, a first label loses; from a half on, none can be overtaken."""


@dataclass(frozen=True)
class Calibration:
    """How the first confidence is changed.

    Attributes:
        cap: what full confidence becomes, above 0 and up to 1.
        power: above 0 and up to 1; below 1 lifts what is in the middle.
    """

    cap: float = 1.0
    power: float = 1.0

    @classmethod
    def of(cls, settings: Mapping[str, Setting], component: str) -> Calibration:
        """What `confidence_cap` and `confidence_power` of a component say.

        Raises:
            SettingError: one is missing, or the two could change the order of labels.
        """
        cap, power = number(settings, "confidence_cap"), number(settings, "confidence_power")
        if cap is None or power is None or not keeps_order(cap, power):
            raise SettingError(
                f"config.yml, {component}: confidence_cap and confidence_power must be numbers above 0 and "
                "up to 1 that change no order (both 1 change nothing)."
            )
        return cls(cap, power)

    def apply(self, shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The shares of one text, a label each, with the first confidence made true; their sum stays one."""
        first = int(shares.argmax())
        others = shares.copy()
        others[first] = 0
        rest = float(others.sum())
        if self == UNTOUCHED or rest == 0:
            return shares
        after = self.cap * float(shares[first]) ** self.power
        calibrated = others * ((1 - after) / rest)
        calibrated[first] = after
        return calibrated


def keeps_order(cap: float, power: float) -> bool:
    """Whether no label can overtake the first one by this change."""
    if cap == power == 1:
        return True
    in_range = 0 < cap <= 1 and 0 < power < 1
    return in_range and cap ** (1 / (1 - power)) >= _LEAST_FIXED


UNTOUCHED = Calibration()
