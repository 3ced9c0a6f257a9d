"""The model of risks that comes with this version.

`python -m bot.understanding.danger.train` writes the file and this hash anew, in the commit that
changes `data/nlu/risk/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.understanding.danger.model import RiskModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "fb65859a0f83c7b140f742d789a75562db55e887344d72ba97474a956ca2563c"
"""Of the file; one that has another is not loaded."""
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
