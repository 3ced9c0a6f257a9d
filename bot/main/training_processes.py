"""Has trainers' long work done in processes of its own: what it needs of the processor is not the chat's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from actions.people.people import Person
from bot.configuration.settings import Settings
from bot.main.understanding_wiring import model_folders
from bot.training.models.subprocesses import environment_of
from bot.training.samples.imports import Import
from bot.training.samples.suspicion import NotLookedFor
from bot.understanding.rasa import child_process
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import ModelFolders
from bot.understanding.rasa.preparation import is_installed

IMPORT = "import-on"
"""The command that goes on with an import; it is not shown."""


async def import_in_a_process(settings: Settings, begun: Import, person: Person) -> None:
    """Wait until an import is done; how far it is stands in its folder, and so does why it ended.

    Raises:
        OSError: no process can be started.
    """
    command = [sys.executable, "-m", "bot", "nlu", IMPORT, begun.id, str(person.id)]
    await child_process.run(command, environment_of(settings), model_folders(settings).log)


def step_back() -> None:
    """Let everybody else have the processor first."""
    os.nice(10)


async def look_for_suspicious(folders: ModelFolders, out: Path) -> None:
    """Write the labels that look wrong to this file, as the language model's own Python finds them; takes minutes.

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
