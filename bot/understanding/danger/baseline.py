"""The model of risks that comes with this version.

`python -m bot.understanding.danger.train` writes the file and this hash anew, in the commit that
changes `data/nlu/risk/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot import shipped
from bot.understanding.danger.model import RiskModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "ab5752f4349f436c435056c07ef6a700c9f6a71e557d9b1da9b2ad6f64e884b3"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "7b538f2798b4186593c1846b13e55347aa7445d13d2763e52b52a9f5d77962c2"
"""The digest of the rows, words and code that it was learned from."""
PROJECT = shipped.PROJECT


def risks_file(project: Path = PROJECT) -> Path:
    """The path of the model of risks in the project."""
    return project / "data" / "nlu" / "baseline" / "risks.lapor"


@cache
def known_risks() -> RiskModel:
    """The model, read once a process.

    Raises:
        UnusableWeights: the file is missing or not the one of this version.
    """
    return unpacked(read_known(risks_file(), SHA256))
