"""Has a recording put into words by a service that never answers; run as a program, to be killed then."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from actions.store.engine.database import Database
from bot.files.store import FileStore
from bot.files.transcribing import RecordingWorker
from bot.integrations.transcription.http import HttpTranscriber
from tests.integration.files.fetching import CHANNEL, NOON


async def ask(url: str, folder: str, address: str) -> None:
    """Work until killed."""
    store = FileStore(Path(folder) / "files")
    worker = RecordingWorker(
        Database(url), store, HttpTranscriber(address), (CHANNEL,), lambda: NOON, lambda: None, lambda: 1_000_000.0
    )
    await worker.run()


if __name__ == "__main__":
    asyncio.run(ask(*sys.argv[1:]))
