"""`lapor nlu check`: what is to be mended in the training data, before a model learns it."""

from __future__ import annotations

import asyncio
import sys

from bot.cli.output import console
from bot.configuration.settings import Settings, read_settings
from bot.main.failures import CommandFailed
from bot.main.understanding_wiring import model_folders
from bot.understanding.rasa.environment import RasaEnvironment
from bot.understanding.rasa.preparation import is_installed

CATEGORIES = "categories.csv"


def check() -> None:
    """Check the training data: labels, twins, personal data, the files themselves, and what Rasa says to them."""
    code, told = asyncio.run(_check(read_settings()))
    console.out(told, highlight=False)
    sys.exit(code)


async def _check(settings: Settings) -> tuple[int, str]:
    """Exit code and words of the language model's own check.

    Raises:
        CommandFailed: the language model is not installed.
    """
    settings.make_data_dir()
    rasa_environment = RasaEnvironment.open(model_folders(settings))
    if not await is_installed(rasa_environment):
        raise CommandFailed("The language model is not installed: ./lapor nlu train brings it.")
    data = [word for folder in rasa_environment.folders.training_data() for word in ("--data", str(folder))]
    categories = str(settings.config_dir / CATEGORIES)
    code, told = await rasa_environment.run(rasa_environment.python("check.py", *data, "--categories", categories))
    return code, told.rstrip()
