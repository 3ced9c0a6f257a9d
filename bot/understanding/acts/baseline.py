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

SHA256 = "0b8d8a5bbeaa83db9fe549bafda534acc821cb2869c5dca84304a36a75358dac"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "349c85181954467d817311c84aa0d6c2a541d780aff10b5e2b7ed099bc1f0870"
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
