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

SHA256 = "c2a3728fbd5d2e00b3d31f94829ba9d2abdb6138c512623881f62dedc77591cd"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "297232b7bbc28efef3daea12b522a5f601ef73415e06a1f4224219d5e4a8a11b"
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
