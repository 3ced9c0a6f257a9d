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

SHA256 = "b58b2bacb69ef8e94923a8453cc0873d088788115a2d47dad30f905b363c334d"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "5a6eafa6b7c945acef41c2e7b46482a1eb0e93eb9bca9075f46c2545c3b0a08d"
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
