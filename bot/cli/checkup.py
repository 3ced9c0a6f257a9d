"""What `lapor doctor` looks at, one line each: what is there, what is missing, and how to get it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from actions.store import schema
from actions.store.database import Database
from actions.store.letters import Backlog, backlog
from bot.assembly import assemble
from bot.failures import FAILURES
from bot.settings import Settings, WrongSetting, read_settings
from bot.understanding.model_files import find_model
from bot.understanding.preparation import fingerprint, is_installed
from bot.understanding.preparation_workshop import PreparationFailed, Workshop
from bot.understanding_choice import model_folders

ENOUGH_BYTES = 4_000_000_000
"""The language model's packages and a few models."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `needed`: without it the service does not run."""

    good: bool
    words: str
    needed: bool = True


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
    yield from asyncio.run(_database(service.database))
    yield _telegram(settings)
    yield from _model(settings)
    yield _disk(settings.data_dir)


async def _database(database: Database) -> list[Finding]:
    try:
        await database.check()
        current = await schema.current(database)
        waiting = await _backlog(database) if current == schema.newest() else None
    except FAILURES as failure:
        return [Finding(good=False, words=str(failure))]
    finally:
        await database.close()
    if waiting is None:
        return [
            Finding(
                good=False,
                words="The database is not at this version's schema yet: ./lapor start or ./lapor db upgrade mends it.",
                needed=False,
            )
        ]
    found = [Finding(good=True, words=f"The database is well; {waiting.inbox} messages wait, {waiting.outbox} go out.")]
    if waiting.set_aside:
        words = f"{waiting.set_aside} messages could not be worked and are set aside: look for turn_failed in the log."
        found.append(Finding(good=False, words=words, needed=False))
    return found


async def _backlog(database: Database) -> Backlog:
    async with database.reading() as connection:
        return await backlog(connection)


def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token:
        return Finding(good=True, words="There is a Telegram token.")
    return Finding(
        good=False,
        words="There is no Telegram token: get one from @BotFather (/newbot) and put LAPOR_TELEGRAM_TOKEN into .env.",
        needed=False,
    )


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.nlu != "rasa":
        yield Finding(good=True, words=f"The language model is {settings.nlu}.")
        return
    folders = model_folders(settings)
    try:
        workshop = Workshop.open(folders)
        installed, made_from = asyncio.run(_state_of_model(workshop))
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


async def _state_of_model(workshop: Workshop) -> tuple[bool, str]:
    return await is_installed(workshop), await fingerprint(workshop.folders)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{free / 1e9:.0f} GB are free where data is kept; the language model wants {ENOUGH_BYTES / 1e9:.0f}."
    return Finding(good=free > ENOUGH_BYTES, words=words, needed=False)
