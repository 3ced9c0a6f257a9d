"""What `lapor doctor` looks at, one line each: what is there, what is missing, and how to get it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator

from rich.console import Console

from bot.configuration.settings import Settings, WrongSetting, read_settings
from bot.main.assembly import assemble
from bot.main.failures import FAILURES
from bot.main.understanding_wiring import WORDS, file_registry_of, model_folders
from bot.ops.doctor.data_checkup import look_at_data, look_at_secrets
from bot.ops.doctor.finding import Finding
from bot.understanding.rasa.environment import PreparationFailed, RasaEnvironment
from bot.understanding.rasa.model_files import find_model
from bot.understanding.rasa.preparation import PreparationNews, PreparationStage, fingerprint, is_installed

ENOUGH_BYTES, ENOUGH_WITH_RASA_BYTES = 2_000_000_000, 4_000_000_000
"""For some thousand photos; with the language model's packages and a few models."""


def checkup(console: Console) -> bool:
    """Print what was found; returns whether everything is there that the service needs."""
    found = list(_look())
    for finding in found:
        mark = "ok     " if finding.good else "MISSING" if finding.needed else "later  "
        console.print(f"{mark} {finding.words}", markup=False)
    return all(finding.good for finding in found if finding.needed)


def _look() -> Iterator[Finding]:
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        yield Finding(good=False, words=str(wrong))
        return
    yield Finding(good=True, words="The settings can be read (./lapor config shows them).")
    try:
        service = assemble(settings)
    except FAILURES as failure:
        yield Finding(good=False, words=str(failure))
        return
    yield Finding(good=True, words=f"The regency's files are in order: {service.regency.name}.")
    yield from asyncio.run(look_at_data(settings, service.database))
    yield from look_at_secrets(settings)
    yield _telegram(settings)
    yield from _model(settings)
    yield _disk(settings)


def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token:
        return Finding(good=True, words="There is a Telegram token.")
    return Finding(
        good=False,
        words="There is no Telegram token: get one from @BotFather (/newbot) and put LAPOR_TELEGRAM_TOKEN into .env.",
        needed=False,
    )


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.nlu == "compiled":
        yield from _compiled(settings)
        return
    if settings.nlu != "rasa":
        yield Finding(good=True, words=f"The language model is {settings.nlu}.")
        return
    folders = model_folders(settings)
    try:
        rasa_environment = RasaEnvironment.open(folders)
        installed, made_from = asyncio.run(_state_of_model(rasa_environment))
    except PreparationFailed as failed:
        yield Finding(good=False, words=str(failed), needed=False)
        return
    if not installed:
        words = "The language model is not installed: ./lapor start or ./lapor nlu train brings it (2.5 GB)."
        yield Finding(good=False, words=words, needed=False)
    elif find_model(folders, made_from) is None:
        words = "The language model is not trained from today's data: ./lapor start or ./lapor nlu train does it."
        yield Finding(good=False, words=words, needed=False)
    else:
        yield Finding(good=True, words="The language model is installed and trained.")


def _compiled(settings: Settings) -> Iterator[Finding]:
    steps: list[PreparationNews] = []
    file_registry = file_registry_of(settings, steps.append)
    file_registry.look()
    for step in steps:
        yield Finding(
            good=step.stage == PreparationStage.READY, words=f"{WORDS[step.stage]} {step.detail}", needed=False
        )
    if file_registry.reader is None:
        words = "There is no usable language model; the chat goes on with buttons: ./lapor nlu train makes one."
        yield Finding(good=False, words=words, needed=False)
    elif not asyncio.run(_is_of_today(settings, file_registry.reader.model.header.made_from)):
        words = "The language model was trained from other data than today's: ./lapor nlu train brings it up to date."
        yield Finding(good=False, words=words, needed=False)


async def _is_of_today(settings: Settings, made_from: str) -> bool:
    try:
        return await fingerprint(model_folders(settings)) == made_from
    except PreparationFailed:
        return True


async def _state_of_model(rasa_environment: RasaEnvironment) -> tuple[bool, str]:
    return await is_installed(rasa_environment), await fingerprint(rasa_environment.folders)


def _disk(settings: Settings) -> Finding:
    enough = ENOUGH_WITH_RASA_BYTES if settings.nlu == "rasa" else ENOUGH_BYTES
    free = shutil.disk_usage(settings.data_dir).free
    words = f"{free / 1e9:.1f} GB are free where data is kept"
    if free > enough:
        return Finding(good=True, words=f"{words}.")
    return Finding(good=False, words=f"{words}; {enough / 1e9:.0f} should be: make room, or move it.", needed=False)
