"""Has an import run in a process of its own: what a hundred thousand rows need of the processor is not the chat's."""

from __future__ import annotations

import os
import sys

from actions.people.people import Person
from bot.configuration.settings import Settings
from bot.main.understanding_wiring import model_folders
from bot.training.models.subprocesses import environment_of
from bot.training.samples.imports import Import
from bot.understanding.rasa import child_process

IMPORT = "import-on"
"""The command that goes on with an import; it is not shown."""


async def import_in_a_process(settings: Settings, begun: Import, person: Person) -> None:
    """Wait until it is done; how far it is stands in its folder, and so does why it ended.

    Raises:
        OSError: no process can be started.
    """
    command = [sys.executable, "-m", "bot", "nlu", IMPORT, begun.id, str(person.id)]
    await child_process.run(command, environment_of(settings), model_folders(settings).log)


def step_back() -> None:
    """Let everybody else have the processor first."""
    os.nice(10)
