"""Has the language model's own Python look for suspicious labels; minutes, under a parent watch."""

from __future__ import annotations

from pathlib import Path

from bot.training.samples.suspicion import NotLookedFor
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import is_installed


async def look_for_suspicious(folders: ModelFolders, out: Path) -> None:
    """Write what is found to this file.

    Raises:
        NotLookedFor: the language model is not installed, or the data cannot be used.
    """
    try:
        rasa_environment = RasaEnvironment.open(folders)
        if not await is_installed(rasa_environment):
            raise NotLookedFor("The language model's Python is not installed yet; `lapor nlu train` installs it.")
        data = [word for folder in folders.training_data() for word in ("--data", str(folder))]
        code, said = await rasa_environment.run(rasa_environment.python("suspect.py", *data, "--out", str(out)))
    except PreparationFailed as error:
        raise NotLookedFor(str(error)) from error
    if code:
        lines = said.strip().splitlines()
        raise NotLookedFor(lines[-1] if lines else "The data could not be looked through.")
