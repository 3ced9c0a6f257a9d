"""The model of risks: one file, known by its hash, read and asked in the service's own process.

The file is a first line, a header of JSON, and the weights as bytes, deflated: nothing in it can run.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.understanding.danger.features import COLUMNS, columns_of

FIRST_LINE = b"lapor-risks 1\n"
COARSEST = 63
_LARGEST_CONTENT_BYTES = 8_000_000
type Weights = npt.NDArray[np.float32]


class UnusableRisks(ValueError):
    """The file of risks is missing, another one, or makes no sense; the message says which."""


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
    """The bytes of its file; a weight is the signed square of a whole number from -63 to 63, times one step."""
    step = np.float32(np.abs(model.weights).max() / COARSEST**2)
    roots = (np.sign(model.weights) * np.rint(np.sqrt(np.abs(model.weights) / step))).astype(np.int8)
    header = {
        "questions": [list(labels) for labels in model.questions],
        "step": float(step),
        "bias": [round(float(one), 6) for one in model.bias],
    }
    content = json.dumps(header, sort_keys=True).encode() + b"\n" + roots.T.tobytes()
    return FIRST_LINE + zlib.compress(content, 9)


def read_risks(file: Path, sha256: str) -> RiskModel:
    """The model in a file that is known by its hash.

    Raises:
        UnusableRisks: it cannot be read, is another one, or makes no sense.
    """
    try:
        whole = file.read_bytes()
    except OSError as error:
        raise UnusableRisks(f"{file.name} cannot be read ({error.strerror})") from error
    if hashlib.sha256(whole).hexdigest() != sha256:
        raise UnusableRisks(f"{file.name} is not the one that belongs to this version")
    return unpacked(whole)


def unpacked(whole: bytes) -> RiskModel:
    """The model in the bytes of a file that is trusted.

    Raises:
        UnusableRisks: they make no sense.
    """
    try:
        content = zlib.decompressobj().decompress(whole.removeprefix(FIRST_LINE), _LARGEST_CONTENT_BYTES)
        header, _, numbers = content.partition(b"\n")
        told = json.loads(header)
        questions = tuple(map(tuple, told["questions"]))
        roots = np.frombuffer(numbers, dtype=np.int8).reshape(_width(questions), COLUMNS).T.astype(np.float32)
        return RiskModel(
            questions=questions,
            weights=np.ascontiguousarray(roots * np.abs(roots) * np.float32(told["step"])),
            bias=np.array(told["bias"], dtype=np.float32),
        )
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise UnusableRisks(f"the file of risks makes no sense ({type(error).__name__})") from error


def _width(questions: Sequence[Sequence[str]]) -> int:
    return sum(map(len, questions))
