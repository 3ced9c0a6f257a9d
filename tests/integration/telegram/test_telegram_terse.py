"""A Bot API server that leaves out of its answers what another version of it may leave out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.telegram.connect import LaporBot, make_bot
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.start import CannotStart, refuse_webhook
from tests.integration.telegram.bots import a_message

ANSWERS: dict[str, Any] = {
    "getWebhookInfo": {"url": ""},
    "getFile": {"file_path": "photos/1.jpg"},
    "sendMessage": {"message_id": 7},
}


@pytest.fixture
async def answers() -> dict[str, Any]:
    return dict(ANSWERS)


@pytest.fixture
async def bot(answers: dict[str, Any]) -> AsyncIterator[LaporBot]:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": answers[request.match_info["method"]]})

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=b"a picture")

    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", answer)
    app.router.add_get("/file/bot{token}/photos/1.jpg", picture)
    async with TestServer(app) as server:
        made = make_bot("700123:a-token", str(server.make_url("")))
        await made.request.initialize()
        yield made
        await made.request.shutdown()


async def test_no_webhook_stands(bot: LaporBot) -> None:
    await refuse_webhook(bot)


async def test_a_webhook_stands(bot: LaporBot, answers: dict[str, Any]) -> None:
    answers["getWebhookInfo"] = {"url": "https://other.example/secret-path"}
    with pytest.raises(CannotStart, match=r"other\.example"):
        await refuse_webhook(bot)


async def test_a_file_is_found(bot: LaporBot) -> None:
    assert b"".join([piece async for piece in TelegramFiles(bot).stream("f1")]) == b"a picture"


async def test_a_message_is_sent_once(bot: LaporBot) -> None:
    assert await TelegramChannel(bot).send("5", a_message()) == "7"
