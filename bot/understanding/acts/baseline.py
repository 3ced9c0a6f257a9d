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

SHA256 = "f804c7153bf3d4d6bb6cf01db2e08e079645c2d01208d8e75e3df83086443f95"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "77bf7dfba77599f3697b53a127ea6478d291e8a13862646a5465d2ba7eea4cfc"
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
