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

SHA256 = "91b4001a4ffe4be34dd592c8e23d73e5baf633dbc8f3a9baa2f70d238ce232c3"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "a43b25c7414b6b11ab1a5f17ed18909430d82c3218337cb44ddf2986a4fdf1ef"
"""The digest of the rows, words and code that it was learned from."""
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
