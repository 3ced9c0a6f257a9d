"""The model of dialogue acts that comes with this version.

`python -m bot.understanding.acts.train` writes the file and this hash anew, in the commit that changes
`data/nlu/acts/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot import shipped
from bot.understanding.acts.model import ActsModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "f9e65ef1a1c1f7b79df786a98c59ed63916001ac6ce77f18d60b15e33086bc81"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "702fc389824717a207bb62127b995bd617b2f70450bef89cc96ed46b32c2e664"
"""The digest of the rows, words and code that it was learned from."""
PROJECT = shipped.PROJECT


def acts_file(project: Path = PROJECT) -> Path:
    """The path of the model of dialogue acts in the project."""
    return project / "data" / "nlu" / "baseline" / "acts.lapor"


@cache
def known_acts() -> ActsModel:
    """The model, read once a process.

    Raises:
        UnusableWeights: the file is missing or not the one of this version.
    """
    return unpacked(read_known(acts_file(), SHA256))
