"""The handling of files as `start` opens it: from an upload on the web to its address, with a real child."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest

from bot.assembly import assemble
from bot.conversation.dialogue import File
from bot.file_door import open_files
from bot.settings import Settings
from bot.web.app import make_app
from tests.integration.files.fetching import Desk
from tests.unit.files import parts

NAME = "web-0123456789abcdef"


@pytest.mark.slow
async def test_an_upload_becomes_a_picture_with_an_address(desk: Desk) -> None:
    settings = Settings(_env_file=None, data_dir=desk.folder, nlu="off")  # type: ignore[call-arg]
    service = replace(assemble(settings), database=desk.database)
    incoming = desk.folder / "incoming"
    incoming.mkdir()
    (incoming / NAME).write_bytes(parts.jpeg_with_place())
    door = open_files(service, None, lambda: None)
    await desk.want(NAME, channel="web")
    running = asyncio.create_task(door.fetcher.run())
    async with asyncio.timeout(30):
        while (await desk.row(NAME))["state"] != "kept":
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    [opened] = await door.shelf.of_draft(("web", "5"), [File("photo", NAME)])
    app = make_app([door.router])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lapor") as client:
        for address in (opened.address, opened.thumb):
            answer = await client.get(address)
            assert answer.status_code == 200
            assert answer.content[:3] == b"\xff\xd8\xff"
    assert list(incoming.iterdir()) == []
