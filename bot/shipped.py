"""Where what comes with this version lies: in a clone beside the program, in a wheel inside of it.

Nothing is written there by an installed command. What an installation keeps of its own is in `HOME`, by the relative
paths of its settings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_BOT: Final = Path(__file__).resolve().parent

PROGRAM: Final = _BOT.parent
"""The folder that holds the packages `bot` and `actions`."""
IS_CLONE: Final = not (_BOT / "data").is_dir()
"""Whether this is a clone of the project; else it was installed from a wheel, which holds `data/` as `bot/data`."""
PROJECT: Final = PROGRAM if IS_CLONE else _BOT
"""The folder that holds `data/` as it came; of a clone also `pyproject.toml`, `nlu/` and `tests/`."""
HOME: Final = PROJECT if IS_CLONE else Path.cwd()
"""The folder from which relative paths and `.env` are taken: that of the launcher, or where an installed command is
called (decision 0067)."""
