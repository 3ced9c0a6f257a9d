"""SIGKILL in the middle of a file: it is fetched again, and nothing half is left."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE

import pytest

from tests.integration.files.fetching import EffectRunner, ReadySource, fetch_all

STORY = b"Jalan rusak di depan rumah.\n" * 200_000


@pytest.mark.slow
async def test_a_file_is_fetched_again_after_a_kill(effect_runner: EffectRunner) -> None:
    await effect_runner.want("a")
    content = effect_runner.folder / "content"
    content.write_bytes(STORY)
    words = (effect_runner.database.url.render_as_string(hide_password=False), str(effect_runner.folder), str(content))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.files.interrupted", *words, stdout=PIPE
    )
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 30) == b"half\n"
    half = effect_runner.on_disk()
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    assert [path.parent.name for path in half] == ["arriving"]
    row = await effect_runner.row("a")
    assert (row["state"], row["attempts"]) == ("wanted", 1)
    effect_runner.seconds = float(row["not_before"])
    await fetch_all(effect_runner.fetcher(ReadySource({"a": STORY})))
    assert [path.read_bytes() for path in effect_runner.on_disk()] == [STORY]
    assert (await effect_runner.row("a"))["state"] == "kept"
