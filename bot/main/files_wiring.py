"""Opens the handling of files as the settings say: where each channel's files come from, and where they are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter

from actions.cases.outcome import AT_THE_DESK
from actions.store.cases.files import wanted_of
from bot.configuration.clock import steady_wall
from bot.configuration.secret_key import secret_key
from bot.files.fetcher import FileFetcher
from bot.files.file_views import FileRegistry
from bot.files.ports import FileSource
from bot.files.receiving import WebFiles
from bot.files.sandbox import sandbox_here
from bot.files.sandbox_pool import SandboxPool
from bot.files.serving import FileLinks, files_router
from bot.files.store import FileStore
from bot.files.system_calls import filter_here
from bot.main.assembly import Service

KEPT = "files"
"""The folder of the data dir in which files are kept."""
UNCLAIMED_SECONDS = 7 * 24 * 3600
"""So long an upload may wait for the turn that records it; longer only one whose message never arrived."""


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """The parts that handle files.

    Attributes:
        fetcher: fetches them.
        file_registry: finds what a page shows.
        router: serves them.
        uploads: what browsers sent to this machine, and `uploaded_in`: to which channels.
    """

    fetcher: FileFetcher
    file_registry: FileRegistry
    router: APIRouter
    uploads: WebFiles
    uploaded_in: tuple[str, ...]

    async def sweep(self) -> int:
        """Throw away uploads whose message never arrived, as after a crash between the two; returns how many."""
        fetcher = self.fetcher
        lying = await asyncio.to_thread(self.uploads.lying_since, fetcher.wall() - UNCLAIMED_SECONDS)
        async with fetcher.database.reading() as connection:
            wanted = await wanted_of(connection, self.uploaded_in, lying) if lying else set()
        for name in set(lying) - wanted:
            await self.uploads.discard(name)
        return len(set(lying) - wanted)


def open_files(
    service: Service, sources: Mapping[str, FileSource], uploads: WebFiles, arrived: Callable[[], None]
) -> OpenFiles:
    """The handling of files, not yet running.

    Args:
        service: with its settings and database.
        sources: by channel, where its files come from; those of another wait.
        uploads: what browsers sent, also from the desk.
        arrived: called when the inbox has something new.
    """
    settings = service.settings
    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    links = FileLinks(secret_key(given, settings.data_dir))
    store = FileStore(settings.data_dir / KEPT)
    every = {**dict.fromkeys(AT_THE_DESK, uploads), **sources}
    examiner = SandboxPool(sandbox=sandbox_here(), system_call_filter=filter_here())
    return OpenFiles(
        FileFetcher(service.database, every, store, examiner, service.clock, arrived, steady_wall(service.clock)),
        FileRegistry(service.database, links, service.clock),
        files_router(service.database, store, links, service.clock),
        uploads,
        tuple(name for name, source in every.items() if source is uploads),
    )
