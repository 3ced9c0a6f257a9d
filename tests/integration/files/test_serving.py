"""Kept files are opened by a signed address and by nothing else, and can do nothing in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest

from bot.conversation.events import Refusal
from bot.files.file_views import FileShelf, OpenedFile
from bot.files.kinds import Refused
from bot.files.serving import FileLinks, files_router
from bot.files.store import FileStore
from bot.web.shared.app import make_app
from tests.integration.files.fetching import (
    CHANNEL,
    NOON,
    SITI,
    Desk,
    ReadySource,
    RefusingExaminer,
    TrustingExaminer,
    fetch_all,
)

LINKS = FileLinks(b"a secret of this test")
STORY = b"Jalan rusak di depan rumah.\n" * 100


@dataclass
class Browser:
    """Somebody with an address."""

    client: httpx.AsyncClient
    shelf: FileShelf
    now: datetime = NOON

    async def opened(self, *file_ids: str) -> list[OpenedFile]:
        found = await self.shelf.of_chat((CHANNEL, SITI), file_ids)
        return [found[file_id] for file_id in file_ids]


@pytest.fixture
async def browser(desk: Desk) -> AsyncIterator[Browser]:
    made: Browser
    app = make_app([files_router(desk.database, FileStore(desk.folder / "files"), LINKS, lambda: made.now)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lapor") as client:
        made = Browser(client, FileShelf(desk.database, LINKS, lambda: made.now))
        yield made


async def a_picture(desk: Desk, browser: Browser) -> OpenedFile:
    await desk.want("a")
    await fetch_all(desk.fetcher(ReadySource({"a": STORY}), TrustingExaminer(as_picture=True)))
    [opened] = await browser.opened("a")
    return opened


async def a_document(desk: Desk, browser: Browser) -> OpenedFile:
    await desk.want("b", kind="document")
    await fetch_all(desk.fetcher(ReadySource({"b": STORY})))
    [opened] = await browser.opened("b")
    return opened


async def test_a_picture_is_shown_with_its_thumbnail(desk: Desk, browser: Browser) -> None:
    picture = await a_picture(desk, browser)
    whole, thumb = await browser.client.get(picture.address), await browser.client.get(picture.thumb)
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, STORY, "image/jpeg")
    assert whole.headers["content-length"] == str(len(STORY))
    assert whole.headers["content-disposition"].startswith('inline; filename="lapor-')
    assert (thumb.status_code, thumb.content, thumb.headers["content-type"]) == (200, b"small", "image/jpeg")


async def test_a_document_is_saved_and_not_opened(desk: Desk, browser: Browser) -> None:
    document = await a_document(desk, browser)
    answer = await browser.client.get(document.address)
    assert (document.is_shown, document.thumb) == (False, "")
    assert answer.headers["content-disposition"].startswith('attachment; filename="lapor-')
    assert answer.headers["content-disposition"].endswith('.txt"')
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


async def test_nothing_in_a_file_can_run_in_a_browser(desk: Desk, browser: Browser) -> None:
    headers = (await browser.client.get((await a_picture(desk, browser)).address)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_film_is_given_in_pieces(desk: Desk, browser: Browser) -> None:
    picture = await a_picture(desk, browser)
    answer = await browser.client.get(picture.address, headers={"Range": "bytes=6-10"})
    assert (answer.status_code, answer.content) == (206, STORY[6:11])


async def test_wrong_old_and_unknown_addresses_answer_the_same(desk: Desk, browser: Browser) -> None:
    picture = await a_picture(desk, browser)
    path, _, query = picture.address.partition("?")
    key = query.partition("k=")[2]
    wrong = [
        path,
        f"{path}?{query[:-1]}",
        f"{path}?{query}x",
        f"{path}?until=99999999999&k={key}",
        f"{path}?until=x&k={key}",
        f"{path}?k={key}",
        f"/files/{'0' * 32}?{query}",
        LINKS.file("0" * 32, NOON),
        "/files/secret-key?until=1&k=1",
        "/files/%C3%A9?until=%C3%A9&k=%C3%A9",
    ]
    answers = [await browser.client.get(address) for address in wrong]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, b"")}


async def test_an_address_is_good_for_a_day_or_two(desk: Desk, browser: Browser) -> None:
    picture = await a_picture(desk, browser)
    browser.now = NOON + timedelta(hours=35)
    assert (await browser.client.get(picture.address)).status_code == 200
    browser.now = NOON + timedelta(hours=37)
    assert (await browser.client.get(picture.address)).status_code == 404


async def test_an_address_stays_the_same_all_day() -> None:
    name = "0" * 32
    assert LINKS.thumb(name, NOON) == LINKS.thumb(name, NOON + timedelta(hours=11))


async def test_another_installations_address_opens_nothing(desk: Desk, browser: Browser) -> None:
    await a_picture(desk, browser)
    other = FileLinks(b"another").file(str((await desk.row("a"))["name"]), NOON)
    assert (await browser.client.get(other)).status_code == 404


async def test_a_draft_shows_how_far_each_file_is(desk: Desk, browser: Browser) -> None:
    await a_picture(desk, browser)
    await desk.want("c")
    await fetch_all(desk.fetcher(ReadySource({"c": b"x"}), RefusingExaminer(Refused(Refusal.BROKEN))))
    await desk.want("d")
    opened = await browser.opened("a", "c", "d")
    assert [(one.state, one.refusal) for one in opened] == [
        ("kept", ""),
        ("refused", "file-broken"),
        ("wanted", ""),
    ]
    assert [bool(one.address) for one in opened] == [True, False, False]


async def test_another_chats_files_are_not_on_the_shelf(desk: Desk, browser: Browser) -> None:
    await a_picture(desk, browser)
    assert await browser.shelf.of_chat((CHANNEL, "another"), ["a"]) == {}
