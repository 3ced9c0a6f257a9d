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

SHA256 = "5883453432b34104837f7bb7a1a47992e1b01ae0d1dd284b65a3f197649fd483"
"""Of the file; one that has another is not loaded."""
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
