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

SHA256 = "2e3e762d83f0c2128e3c47a80a6ed174976e5f217bb7e91c20dcef0d1e4aaaa9"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "60b956b8dcc87e024b94bd704af016cf16dd2877ff2bc8d1e37375dd6a55a99b"
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
