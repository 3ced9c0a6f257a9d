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

SHA256 = "fffaadac9180d91354aad5d0fdb392b1b33bec68726010bbd3d0997512835dbb"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "6521d80c4168e88e711824653518e693704c29a8657408580f3e19a40df0f6d7"
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
