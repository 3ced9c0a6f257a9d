"""The handling of files as `start` opens it: from an upload on the web to its address, with a real child."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest

from bot.configuration.settings import Settings
from bot.files.receiving import WebFiles
from bot.main.assembly import assemble
from bot.main.files_wiring import UNCLAIMED_SECONDS, open_files
from bot.web.shared.app import make_app
from tests.integration.files.fetching import FetchedFiles
from tests.patience import PATIENCE_SECONDS
from tests.unit.files import parts

NAME, YOUNG, WANTED = "web-0123456789abcdef", "web-3333333333333333", "web-7777777777777777"


@pytest.mark.slow
async def test_an_upload_becomes_a_picture_with_an_address(files: FetchedFiles) -> None:
    settings = Settings(_env_file=None, data_dir=files.folder, nlu="off")  # type: ignore[call-arg]
    service = replace(assemble(settings), database=files.database)
    incoming = files.folder / "incoming"
    incoming.mkdir()
    (incoming / NAME).write_bytes(parts.jpeg_with_place())
    uploads = WebFiles(incoming)
    context = open_files(service, {"web": uploads}, uploads, lambda: None)
    await files.want(NAME, channel="web")
    running = asyncio.create_task(context.fetcher.run())
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await files.row(NAME))["state"] != "kept" or list(incoming.iterdir()):
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    opened = (await context.file_registry.of_chat(("web", "5"), [NAME]))[NAME]
    app = make_app([context.router])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lapor") as client:
        for address in (opened.address, opened.thumb):
            answer = await client.get(address)
            assert answer.status_code == 200
            assert answer.content[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize("channel", ["web", "letter"])
async def test_an_upload_whose_message_never_came_does_not_lie_there_for_ever(
    files: FetchedFiles, channel: str
) -> None:
    settings = Settings(_env_file=None, data_dir=files.folder, nlu="off")  # type: ignore[call-arg]
    incoming = files.folder / "incoming"
    uploads = WebFiles(incoming)
    service = replace(assemble(settings), database=files.database)
    context = open_files(service, {"web": uploads}, uploads, lambda: None)
    incoming.mkdir()
    long_ago = context.fetcher.wall() - UNCLAIMED_SECONDS - 60
    for name, came in ((NAME, long_ago), (WANTED, long_ago), (YOUNG, long_ago + 3600)):
        (incoming / name).write_bytes(b"x")
        os.utime(incoming / name, (came, came))
    await files.want(WANTED, channel=channel)
    assert await context.sweep() == 1
    assert sorted(path.name for path in incoming.iterdir()) == [YOUNG, WANTED]
