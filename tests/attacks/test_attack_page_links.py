"""Threat: somebody finds the link to a reporter's own page, in a log or over her shoulder."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.attacks.services import OWN_PAGE, SEND, browser, shown
from tests.integration.process.service import running_service

pytestmark = pytest.mark.slow

MARK = "zubarkahmark"
STORY = f"lampu jalan di depan pasar {MARK} petung mati sudah dua minggu"
RENEWED = re.compile(rf"Tautan baru.*?({OWN_PAGE.pattern})", re.DOTALL)


async def reads(stranger: AsyncClient, address: str) -> bool:
    """Whether somebody without her cookies reads her words there."""
    page = await stranger.get(address)
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in page.headers["cache-control"]
    return MARK in page.text


async def test_a_link_that_somebody_has_seen_ends_when_she_asks_for_another_and_no_log_has_any(tmp_path: Path) -> None:
    async with running_service(tmp_path, nlu="compiled", log="debug") as service:
        async with browser(service) as citizen, browser(service) as stranger:
            await citizen.get("/")
            await citizen.post("/chat/messages", data={"text": STORY})
            await citizen.post("/chat/messages", data={"press": html.unescape((await shown(citizen, SEND))[1])})
            seen = html.unescape((await shown(citizen, OWN_PAGE))[0])
            assert await reads(stranger, seen)
            await citizen.post("/chat/messages", data={"text": "tautan baru"})
            own = html.unescape((await shown(citizen, RENEWED))[1])
            assert own != seen
            assert [await reads(stranger, address) for address in (seen, own)] == [False, True]
        keys = [address.partition("?k=")[2] for address in (seen, own)]
        assert await service.end() == 0
        assert [key for key in keys if key in service.stderr + service.stdout] == []
