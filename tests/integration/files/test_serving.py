"""Kept files are opened by a signed address and by nothing else, and can do nothing in a browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest

from bot.conversation.events import FileRefusal
from bot.files.file_views import FileRegistry, OpenedFile
from bot.files.kinds import FileRefused
from bot.files.serving import FileLinks, files_router
from bot.files.store import FileStore
from bot.web.shared.app import make_app
from tests.integration.files.fetching import (
    CHANNEL,
    NOON,
    SITI,
    FetchedFiles,
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
    file_registry: FileRegistry
    now: datetime = NOON

    async def opened(self, *file_ids: str) -> list[OpenedFile]:
        found = await self.file_registry.of_chat((CHANNEL, SITI), file_ids)
        return [found[file_id] for file_id in file_ids]


@pytest.fixture
async def browser(files: FetchedFiles) -> AsyncIterator[Browser]:
    made: Browser
    app = make_app([files_router(files.database, FileStore(files.folder / "files"), LINKS, lambda: made.now)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lapor") as client:
        made = Browser(client, FileRegistry(files.database, LINKS, lambda: made.now))
        yield made


async def a_picture(files: FetchedFiles, browser: Browser) -> OpenedFile:
    await files.want("a")
    await fetch_all(files.fetcher(ReadySource({"a": STORY}), TrustingExaminer(as_picture=True)))
    [opened] = await browser.opened("a")
    return opened


async def a_document(files: FetchedFiles, browser: Browser) -> OpenedFile:
    await files.want("b", kind="document")
    await fetch_all(files.fetcher(ReadySource({"b": STORY})))
    [opened] = await browser.opened("b")
    return opened


async def test_a_picture_is_shown_with_its_thumbnail(files: FetchedFiles, browser: Browser) -> None:
    picture = await a_picture(files, browser)
    whole, thumb = await browser.client.get(picture.address), await browser.client.get(picture.thumb)
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, STORY, "image/jpeg")
    assert whole.headers["content-length"] == str(len(STORY))
    assert whole.headers["content-disposition"].startswith('inline; filename="lapor-')
    assert (thumb.status_code, thumb.content, thumb.headers["content-type"]) == (200, b"small", "image/jpeg")


async def test_a_document_is_saved_and_not_opened(files: FetchedFiles, browser: Browser) -> None:
    document = await a_document(files, browser)
    answer = await browser.client.get(document.address)
    assert (document.is_shown, document.thumb) == (False, "")
    assert answer.headers["content-disposition"].startswith('attachment; filename="lapor-')
    assert answer.headers["content-disposition"].endswith('.txt"')
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


async def test_nothing_in_a_file_can_run_in_a_browser(files: FetchedFiles, browser: Browser) -> None:
    headers = (await browser.client.get((await a_picture(files, browser)).address)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_film_is_given_in_pieces(files: FetchedFiles, browser: Browser) -> None:
    picture = await a_picture(files, browser)
    answer = await browser.client.get(picture.address, headers={"Range": "bytes=6-10"})
    assert (answer.status_code, answer.content) == (206, STORY[6:11])


async def test_wrong_old_and_unknown_addresses_answer_the_same(files: FetchedFiles, browser: Browser) -> None:
    picture = await a_picture(files, browser)
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


async def test_an_address_is_good_for_a_day_or_two(files: FetchedFiles, browser: Browser) -> None:
    picture = await a_picture(files, browser)
    browser.now = NOON + timedelta(hours=35)
    assert (await browser.client.get(picture.address)).status_code == 200
    browser.now = NOON + timedelta(hours=37)
    assert (await browser.client.get(picture.address)).status_code == 404


async def test_an_address_stays_the_same_all_day() -> None:
    name = "0" * 32
    assert LINKS.thumb(name, NOON) == LINKS.thumb(name, NOON + timedelta(hours=11))


async def test_another_installations_address_opens_nothing(files: FetchedFiles, browser: Browser) -> None:
    await a_picture(files, browser)
    other = FileLinks(b"another").file(str((await files.row("a"))["name"]), NOON)
    assert (await browser.client.get(other)).status_code == 404


async def test_a_draft_shows_how_far_each_file_is(files: FetchedFiles, browser: Browser) -> None:
    await a_picture(files, browser)
    await files.want("c")
    await fetch_all(files.fetcher(ReadySource({"c": b"x"}), RefusingExaminer(FileRefused(FileRefusal.BROKEN))))
    await files.want("d")
    opened = await browser.opened("a", "c", "d")
    assert [(one.state, one.refusal) for one in opened] == [
        ("kept", ""),
        ("refused", "file-broken"),
        ("wanted", ""),
    ]
    assert [bool(one.address) for one in opened] == [True, False, False]


async def test_another_chats_files_are_not_on_the_shelf(files: FetchedFiles, browser: Browser) -> None:
    await a_picture(files, browser)
    assert await browser.file_registry.of_chat((CHANNEL, "another"), ["a"]) == {}
