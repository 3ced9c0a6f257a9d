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

SHA256 = "f55485c8bfce0452fc3ae01582fb4bb0af55cd97952dec51d97872f8dc36f6fc"
"""Of the file; one that has another is not loaded."""
LEARNED_FROM = "d46e3018e23fbf877fa8b85c724a19865e8c7a28f24ab78d0182cc3ae71888f3"
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
