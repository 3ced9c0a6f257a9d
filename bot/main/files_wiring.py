"""Opens the handling of files as the settings say: where each channel's files come from, and where they are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from actions.cases.reachable import AT_THE_DESK
from actions.store.cases.files import wanted_of
from bot.channels.telegram.connect import LaporBot
from bot.channels.telegram.files import TelegramFiles
from bot.channels.web.arrivals import CHANNEL
from bot.configuration.clock import steady_wall
from bot.configuration.secret_key import secret_key
from bot.files.fetcher import FileFetcher
from bot.files.file_views import FileRegistry
from bot.files.links import FileLinks
from bot.files.ports import FileSource
from bot.files.sandbox_pool import SandboxPool
from bot.files.serving import files_router
from bot.files.sources import NoFiles, WebFiles
from bot.files.store import FileStore
from bot.main.assembly import Service
from bot.main.web_wiring import INCOMING

KEPT = "files"
"""The folder of the data dir in which files are kept."""
UPLOADED = (CHANNEL, *AT_THE_DESK)
"""Channels whose files a browser sent."""
UNCLAIMED_SECONDS = 7 * 24 * 3600
"""So long an upload may wait for the turn that records it; longer only one whose message never arrived."""


@dataclass(frozen=True, slots=True)
class FileDoor:
    """`fetcher` fetches, `file_registry` finds what a page shows, `router` serves it."""

    fetcher: FileFetcher
    file_registry: FileRegistry
    router: APIRouter
    uploads: WebFiles

    async def sweep(self) -> int:
        """Throw away uploads whose message never arrived, as after a crash between the two; returns how many."""
        fetcher = self.fetcher
        lying = await asyncio.to_thread(self.uploads.lying_since, fetcher.wall() - UNCLAIMED_SECONDS)
        async with fetcher.database.reading() as connection:
            wanted = await wanted_of(connection, UPLOADED, lying) if lying else set()
        for name in set(lying) - wanted:
            await self.uploads.discard(name)
        return len(set(lying) - wanted)


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
    uploads = WebFiles(settings.data_dir / INCOMING)
    sources: dict[str, FileSource] = {**dict.fromkeys(UPLOADED, uploads), "terminal": NoFiles()}
    if telegram:
        sources["telegram"] = TelegramFiles(telegram)
    return FileDoor(
        FileFetcher(
            service.database, sources, store, SandboxPool(), service.clock, arrived, steady_wall(service.clock)
        ),
        FileRegistry(service.database, links, service.clock),
        files_router(service.database, store, links, service.clock),
        uploads,
    )
