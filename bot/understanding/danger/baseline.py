"""The model of risks that comes with this version.

`python -m bot.understanding.danger.train` writes the file and this hash anew, in the commit that
changes `data/nlu/risk/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.understanding.danger.model import RiskModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "b5b367008a8ac25e3eded740fce0cd165fb6ffe9b59fbf4201df446c594ed70c"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "e87582e3d626f287f1022ac7afd1aa6f9cb864bacb9b0bd71e0536596afe113c"
"""The digest of the rows, words and code that it was learned from."""
PROJECT = Path(__file__).parents[3]


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
