"""The model of several matters that comes with this version.

`python -m bot.understanding.matters.train` writes the file and this hash anew, in the commit that changes
`data/nlu/matters/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot import shipped
from bot.understanding.matters.model import MattersModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "5372b3c2d084b7865605129ab21ec4af0f9a2ffb1be64dfffb42460ce79bf139"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "35b8eda3e23966e522e6decc0c0d29e450f489bfb257d588cc5b8d482ae231db"
"""The digest of the rows, words and code that it was learned from."""
PROJECT = shipped.PROJECT


def matters_file(project: Path = PROJECT) -> Path:
    """The path of the model of several matters in the project."""
    return project / "data" / "nlu" / "baseline" / "matters.lapor"


@cache
def known_matters() -> MattersModel:
    """The model, read once a process.

    Raises:
        UnusableWeights: the file is missing or not the one of this version.
    """
    return unpacked(read_known(matters_file(), SHA256))
