"""Opens the handling of files as the settings say: where each channel's files come from, and where they are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from bot.assembly import Service
from bot.channels.telegram.connect import LaporBot
from bot.channels.telegram.files import TelegramFiles
from bot.files.fetcher import FileFetcher
from bot.files.links import FileLinks
from bot.files.ports import FileSource
from bot.files.serving import files_router
from bot.files.shelf import FileShelf
from bot.files.sources import NoFiles, WebFiles
from bot.files.store import FileStore
from bot.files.workshop import Workshop
from bot.secret_key import secret_key
from bot.web_door import INCOMING

KEPT = "files"
"""The folder of the data dir in which files are kept."""


@dataclass(frozen=True, slots=True)
class FileDoor:
    """`fetcher` fetches, `shelf` finds what a page shows, `router` serves it."""

    fetcher: FileFetcher
    shelf: FileShelf
    router: APIRouter


def open_files(service: Service, telegram: LaporBot | None, arrived: Callable[[], None]) -> FileDoor:
    """The handling of files, not yet running.

    Args:
        service: with its settings and database.
        telegram: the bot that files are fetched with; without one they wait.
        arrived: called when the inbox has something new.
    """
    settings = service.settings
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    links = FileLinks(secret_key(given, settings.data_dir))
    store = FileStore(settings.data_dir / KEPT)
    sources: dict[str, FileSource] = {"web": WebFiles(settings.data_dir / INCOMING), "terminal": NoFiles()}
    if telegram:
        sources["telegram"] = TelegramFiles(telegram)
    return FileDoor(
        FileFetcher(service.database, sources, store, Workshop(), service.clock, arrived),
        FileShelf(service.database, links, service.clock),
        files_router(service.database, store, links, service.clock),
    )
