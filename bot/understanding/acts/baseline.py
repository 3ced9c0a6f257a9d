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

SHA256 = "5c84ab4d96892b5493a83ede34b04418334630ea2c041e90be0a6db5a32ee251"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "ce457ccea80c4bae484251a475f3fdfc72406d34c4a650e33165cfb7bc52d655"
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
