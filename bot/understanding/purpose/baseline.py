"""The model of purposes that comes with this version.

`python -m bot.understanding.purpose.train` writes the file and this hash anew, in the commit that changes
`data/nlu/purpose/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot import shipped
from bot.understanding.purpose.model import PurposeModel, unpacked
from bot.understanding.weights_file import read_known

SHA256 = "c3aa58d8122102e2f40f56171e6484102fa2a3a46076ea49f7bdda93c25b01e0"
"""Of the file; one that has another is not loaded."""
PROJECT = shipped.PROJECT


def purpose_file(project: Path = PROJECT) -> Path:
    """The path of the model of purposes in the project."""
    return project / "data" / "nlu" / "baseline" / "purpose.lapor"


@cache
def known_purposes() -> PurposeModel:
    """The model, read once a process.

    Raises:
        UnusableWeights: the file is missing or not the one of this version.
    """
    return unpacked(read_known(purpose_file(), SHA256))
