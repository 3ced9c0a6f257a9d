"""The model of purposes: one file (`weights_file.py`), asked in the service's process beside the compiled model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.understanding import weights_file
from bot.understanding.port import ModelAnswer
from bot.understanding.purpose.features import COLUMNS, columns_of
from bot.understanding.understood import Guess
from bot.understanding.weights_file import Weights

FIRST_LINE = b"lapor-purpose 1\n"
REPORT = "report"
BESIDE = ("praise", "check_status", "out_of_scope")
"""Intents that it decides on, as `data/nlu/intent/` names them; all else is left as the compiled model says."""
_OVERRULED = frozenset({*BESIDE, "thanks"})
"""Intents that are none where the words more likely report something: thanks may be said beforehand."""
_ODD = "out_of_scope"
_LEAST_ODD_OF_A_MATTER = 0.8
"""How likely odd talk must be where the compiled model is sure what the message is about."""
BELIEVED = 0.5
"""The least confidence of what is believed: the talk acts on no less."""
_LIKELY_A_REPORT = 0.4
"""How likely a report must be for praise and the like that the compiled model hears to be none."""
_LARGEST_CONTENT_BYTES = 2_000_000


@dataclass(frozen=True, eq=False, slots=True)
class PurposeModel:
    """Weights by column and purpose. Nothing of it changes, so threads may share it.

    Attributes:
        labels: the purposes, in the order of the weights' columns.
        least: how likely each of praise and the like must be to be believed; what is doubtful stays a report.
    """

    labels: tuple[str, ...]
    least: Mapping[str, float]
    weights: Weights
    bias: Weights

    def refined(self, text: str, reading: ModelAnswer) -> ModelAnswer:
        """The reading of a text with the intent that it more likely has: praise, a status question, odd talk, or none.

        Args:
            text: the message.
            reading: what the compiled model makes of it.
        """
        shares = dict(zip(self.labels, self.shares(columns_of(text, reading)).tolist(), strict=True))
        likeliest = max(BESIDE, key=shares.__getitem__)
        least = _LEAST_ODD_OF_A_MATTER if likeliest == _ODD and reading.sure else self.least[likeliest]
        if shares[likeliest] >= least:
            return replace(reading, intent=Guess(likeliest, max(shares[likeliest], BELIEVED)))
        if reading.intent.name in _OVERRULED and shares[REPORT] >= _LIKELY_A_REPORT:
            return replace(reading, intent=Guess("complaint", shares[REPORT]))
        return reading

    def shares(self, found: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """How likely each purpose is, 0 to 1, of a message of these columns."""
        scores = self.weights[found].sum(axis=0) / np.sqrt(np.float32(max(1, len(found)))) + self.bias
        powers = np.exp(scores - scores.max())
        shares: npt.NDArray[np.float32] = powers / powers.sum()
        return shares


def packed(model: PurposeModel) -> bytes:
    """The bytes of its file."""
    told = {"labels": list(model.labels), "least": dict(model.least)}
    return weights_file.packed(FIRST_LINE, told, model.weights, model.bias)


def unpacked(whole: bytes) -> PurposeModel:
    """The model in the bytes of a file that is trusted.

    Raises:
        UnusableWeights: they make no sense.
    """
    told, weights, bias = weights_file.unpacked(FIRST_LINE, whole, COLUMNS, _LARGEST_CONTENT_BYTES)
    least = {name: float(told["least"][name]) for name in BESIDE}
    return PurposeModel(tuple(told["labels"]), least, weights, bias)
