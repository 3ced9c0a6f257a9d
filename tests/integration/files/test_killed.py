"""SIGKILL in the middle of a file: it is fetched again, and nothing half is left."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE

import pytest

from tests.integration.files.fetching import FetchedFiles, ReadySource, fetch_all

STORY = b"Jalan rusak di depan rumah.\n" * 200_000


@pytest.mark.slow
async def test_a_file_is_fetched_again_after_a_kill(files: FetchedFiles) -> None:
    await files.want("a")
    content = files.folder / "content"
    content.write_bytes(STORY)
    words = (files.database.url.render_as_string(hide_password=False), str(files.folder), str(content))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.files.interrupted", *words, stdout=PIPE
    )
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 30) == b"half\n"
    half = files.on_disk()
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    assert [path.parent.name for path in half] == ["arriving"]
    row = await files.row("a")
    assert (row["state"], row["attempts"]) == ("wanted", 1)
    files.seconds = float(row["not_before"])
    await fetch_all(files.fetcher(ReadySource({"a": STORY})))
    assert [path.read_bytes() for path in files.on_disk()] == [STORY]
    assert (await files.row("a"))["state"] == "kept"
