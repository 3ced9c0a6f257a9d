"""The model of risks that comes with this version.

`python -m bot.understanding.danger.train` writes the file and this hash anew, in the commit that
changes `data/nlu/risk/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.understanding.danger.model import RiskModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "4241eb598277af83cd5e052e5ad5070e6ac343bc3fe15a468576922048c21130"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "88cb9c6d7a53065bb9bc822f1e72ecd0ce9839356885d2bc352805fc64495909"
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
