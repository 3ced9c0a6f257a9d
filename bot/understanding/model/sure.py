"""From which confidence on a category may stand on the card without a question: at most one in twenty is wrong.

A category that is often taken for another needs more than one that hardly ever is. `data/nlu/sure.toml` has the
confidence of each; it is written by `python -m tests.bench.sure_cards`, never by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.shipped import PROJECT

FILE = PROJECT / "data" / "nlu" / "sure.toml"


@dataclass(frozen=True, slots=True)
class SureFrom:
    """The least confidence of each category; of one that was not measured, the highest of all."""

    confidences: Mapping[str, float]

    def holds(self, category: str, confidence: float) -> bool:
        """Whether this category may stand on the card with this confidence."""
        return confidence >= self.confidences.get(category, max(self.confidences.values(), default=0.0))


def read_sure(file: Path) -> SureFrom:
    """The confidences in a file.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return SureFrom({str(slug): float(confidence) for slug, confidence in document["from"].items()})


@cache
def known_sure() -> SureFrom:
    """The confidences that come with the version, read once a process."""
    return read_sure(FILE)
