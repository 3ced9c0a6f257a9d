"""Fetches into a folder and says when half of the file is there; run as a program, to be killed then."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from actions.store.engine.database import Database
from tests.integration.files.fetching import FetchedFiles, HoldingSource


async def fetch_half(url: str, folder: str, content: str) -> None:
    """Stop in the middle of a file, for ever."""
    files = FetchedFiles(Database(url), Path(folder))
    source = HoldingSource({"a": Path(content).read_bytes()})
    running = asyncio.create_task(files.fetcher(source).run())
    await source.half_given.wait()
    print("half", flush=True)
    await running


if __name__ == "__main__":
    asyncio.run(fetch_half(*sys.argv[1:]))
