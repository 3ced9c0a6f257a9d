"""What an open page hears: what changed since it was loaded, once, and whatever it missed while it was away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi.sse import ServerSentEvent
from starlette.requests import Request

from bot.channels.web.entries import Cursor
from bot.channels.web.visitors import COOKIE
from bot.web.chat import stream as chat_stream
from bot.web.chat.visit import Visit, visit_of
from tests.patience import PATIENCE_SECONDS
from tests.unit.files.parts import jpeg_with_place
from tests.unit.web.doors import Browser, House, messages_of

STORY = "lampu jalan di jl provinsi km 5 depan masjid al ikhlas mati sudah 2 minggu"


def visit(home: House, browser: Browser) -> Visit:
    headers = [(b"cookie", f"{COOKIE}={browser.client.cookies[COOKIE]}".encode())]
    scope = {"type": "http", "scheme": "http", "path": "/", "headers": headers, "query_string": b"", "client": None}
    return visit_of(Request(scope), home.context)


class Page:
    """An open page."""

    def __init__(self, home: House, browser: Browser, after: str = "", language: str = "id") -> None:
        self._events: AsyncIterator[ServerSentEvent] = chat_stream._events(
            home.context, visit(home, browser), Cursor.read(after), language
        )
        self.cursor = after

    async def hears(self) -> ServerSentEvent:
        event = await asyncio.wait_for(anext(self._events), PATIENCE_SECONDS)
        self.cursor = event.id or self.cursor
        return event

    async def reads(self) -> list[str]:
        event = await self.hears()
        return [message.text.split("\n")[0] for message in messages_of(event.raw_data or "")]

    async def closes(self) -> None:
        await self._events.aclose()  # type: ignore[attr-defined]


async def test_a_page_hears_what_is_said_and_nothing_twice(home: House, siti: Browser) -> None:
    await siti.opens()
    page = Page(home, siti)
    assert await page.reads() == []
    await siti.posts(text=STORY)
    assert await page.reads() == [STORY]
    await home.works()
    welcome, mine, card = await page.reads()
    assert mine == STORY  # it is part of a draft now, and can be edited
    assert (welcome[:5], card) == ("Halo!", "Laporan Anda. Periksa sebentar, lalu tekan Kirim.")
    await page.closes()


async def test_an_answer_that_was_missed_is_there_after_reconnecting(home: House, siti: Browser) -> None:
    await siti.opens()
    page = Page(home, siti)
    await page.hears()
    await siti.posts(text=STORY)
    await page.hears()
    await page.closes()
    await home.works()
    again = Page(home, siti, page.cursor)
    assert (await again.reads())[-1] == "Laporan Anda. Periksa sebentar, lalu tekan Kirim."
    await again.closes()


async def test_a_page_hears_that_a_photo_has_come_without_anybody_telling_it(
    home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_stream, "LOOK_FOR_FILES_SECONDS", 0.01)
    await siti.opens()
    photo = ("jalan.jpg", jpeg_with_place(), "image/jpeg")
    await siti.client.post("/chat/messages", data={"text": STORY}, files=[("files", photo)])
    await home.works()
    page = Page(home, siti)
    await page.hears()
    await home.fetches()
    shown = ""
    while "/thumb?" not in shown:
        shown = (await page.hears()).raw_data or ""
    assert [message.is_hers for message in messages_of(shown)] == [True, False]
    await page.closes()


async def test_a_page_that_knows_everything_hears_nothing(home: House, siti: Browser) -> None:
    await siti.opens()
    await siti.posts(text=STORY)
    await home.works()
    first = Page(home, siti)
    await first.hears()
    await first.closes()
    again = Page(home, siti, first.cursor)
    event = await again.hears()
    assert (event.raw_data, event.id) == (None, first.cursor)
    await again.closes()


async def test_an_answer_that_is_being_prepared_is_shown(home: House, siti: Browser) -> None:
    await siti.opens()
    page = Page(home, siti)
    await page.hears()
    await home.context.channel.show_typing(visit(home, siti).visitor or "")
    assert (await page.hears()).event == "lapor:typing"
    await page.closes()


async def test_news_are_not_lost_behind_an_answer_that_is_being_prepared(home: House, siti: Browser) -> None:
    await siti.opens()
    page = Page(home, siti)
    await page.hears()
    await siti.posts(text=STORY)
    await home.context.channel.show_typing(visit(home, siti).visitor or "")
    assert await page.reads() == [STORY]
    await page.closes()


async def test_a_page_hears_that_it_still_hears(home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_stream, "BEAT_SECONDS", 0.01)
    await siti.opens()
    page = Page(home, siti)
    await page.hears()
    assert (await page.hears()).event == "lapor:beat"
    await page.closes()


async def test_a_page_of_another_language_loads_itself_anew(home: House, siti: Browser) -> None:
    await siti.opens()
    page = Page(home, siti)
    await page.hears()
    english = next(button.press for button in home.context.language_buttons(visit(home, siti).visitor or "") if
        "language:en" in button.press)  # fmt: skip
    await siti.posts(press=english)
    await home.works()
    events = [(await page.hears()).event]
    assert "lapor:reload" in events
    await page.closes()


async def test_pages_are_let_go_when_the_service_ends(home: House, siti: Browser) -> None:
    await siti.opens()
    page = Page(home, siti)
    await page.hears()
    home.context.sse_signals.close()
    with pytest.raises(StopAsyncIteration):
        await page.hears()


async def test_a_stream_needs_a_cookie_and_has_few_pages(home: House, siti: Browser) -> None:
    assert (await siti.client.get("/chat/stream")).status_code == 401
    await siti.opens()
    visitor = visit(home, siti).visitor or ""
    home.context.limits.pages = 1
    with home.context.sse_signals.listen(visitor):
        assert (await siti.client.get("/chat/stream")).status_code == 429
    assert home.context.sse_signals.pages_of(visitor) == 0


async def test_what_another_process_wrote_rings(home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.chat.context.LOOK_EVERY_SECONDS", 0.01)
    await siti.opens()
    await siti.posts(text="/bantuan")
    await home.works()
    page = Page(home, siti)
    await page.hears()
    running = asyncio.create_task(home.context.run())
    await asyncio.sleep(0.05)
    await siti.posts(text=STORY)
    await page.hears()
    while await home.worker.work_batch():
        pass
    assert (await page.reads())[-1].startswith("Laporan Anda")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await page.closes()
