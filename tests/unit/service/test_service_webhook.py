"""Where Telegram posts: the secret before the body, and 200 only after the commit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.channels.telegram.connect import make_bot
from bot.channels.telegram.routes import MOST_BYTES, webhook_router
from bot.channels.telegram.webhook import SECRET_HEADER
from bot.messaging.ports import Inbox, InboxUnavailable
from bot.web.shared.app import make_app
from tests.fakes.inbox import ReluctantInbox, RememberingInbox
from tests.unit.actions.builders import NOON

UPDATE: dict[str, Any] = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1772424000,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "Siti"},
        "text": "lampu mati",
    },
}
RIGHT = {SECRET_HEADER: "sesame"}


def posting_to(inbox: Inbox) -> httpx.AsyncClient:
    app = make_app([webhook_router(make_bot("123:abc"), inbox, "sesame", lambda: NOON)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lapor")


async def test_an_update_is_in_the_inbox_when_it_is_acknowledged() -> None:
    inbox = RememberingInbox()
    async with posting_to(inbox) as client:
        answer = await client.post("/telegram", json=UPDATE, headers=RIGHT)
    assert (answer.status_code, [arrival.update_id for arrival in inbox.arrivals]) == (200, ["123:7"])


async def test_an_update_that_concerns_nobody_is_acknowledged() -> None:
    inbox = RememberingInbox()
    async with posting_to(inbox) as client:
        answer = await client.post("/telegram", json={"update_id": 8, "poll": {}}, headers=RIGHT)
    assert (answer.status_code, inbox.arrivals) == (200, [])


async def test_an_update_that_was_not_written_is_not_acknowledged() -> None:
    async with posting_to(ReluctantInbox(1, InboxUnavailable("locked"))) as client:
        answers = [await client.post("/telegram", json=UPDATE, headers=RIGHT) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [503, 200]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "sesam"}])
async def test_without_the_secret_the_body_is_not_even_read(headers: dict[str, str]) -> None:
    read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        read = True
        yield b"{}"

    async with posting_to(RememberingInbox()) as client:
        answer = await client.post("/telegram", content=body(), headers=headers)
    assert (answer.status_code, read) == (401, False)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff"])
async def test_what_is_no_update_is_refused(body: bytes) -> None:
    async with posting_to(RememberingInbox()) as client:
        assert (await client.post("/telegram", content=body, headers=RIGHT)).status_code == 400


async def test_what_is_larger_than_any_update_is_refused() -> None:
    async with posting_to(RememberingInbox()) as client:
        answer = await client.post("/telegram", content=b" " * (MOST_BYTES + 1), headers=RIGHT)
    assert answer.status_code == 413
