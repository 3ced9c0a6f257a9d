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

SHA256 = "83953c0e4e6df3423adca1ccfe0c06ed2a376706b97da4f544498c251ace6226"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "a7f623bb13fe4f4fa11b83e250569e9c60483e4d1637b366718f338be676fa79"
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
