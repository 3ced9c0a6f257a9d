"""Files as they come in: to disk and no further, within number, size and kind; her words are kept whatever happens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import select

from actions.store.engine.tables import inbox
from bot.conversation.events import SentPhoto
from bot.messaging.records import read_event
from bot.web.chat import multipart as chat_multipart
from bot.web.chat.forms import kind_of
from bot.web.chat.visit import NOTICE_COOKIE
from bot.web.shared.rate_limits import Bucket, ChatLimits
from tests.unit.web.doors import Browser, House, house

STORY = "jalan rusak di Petung"
PHOTO = ("jalan.jpg", b"\xff\xd8 not really", "image/jpeg")


async def sends(browser: Browser, *files: tuple[str, bytes, str], **fields: str) -> Response:
    return await browser.client.post("/chat/messages", data=fields, files=[("files", file) for file in files])


async def files_of(home: House) -> list[SentPhoto]:
    async with home.database.reading() as connection:
        events = [read_event(row) for row in (await connection.execute(select(inbox.c.event))).scalars()]
    return [event for event in events if isinstance(event, SentPhoto)]


def kept(home: House) -> list[Path]:
    return sorted(home.context.uploads.folder.iterdir())


async def test_photos_wait_under_names_that_nobody_can_guess(home: House, siti: Browser) -> None:
    await siti.opens()
    answer = await sends(siti, PHOTO, ("b.pdf", b"%PDF", "application/pdf"), text=STORY)
    assert answer.status_code == 303
    files = await files_of(home)
    assert [(file.kind, file.caption) for file in files] == [("photo", STORY), ("document", "")]
    assert sorted(file.file_id for file in files) == [path.name for path in kept(home)]
    assert all(len(path.name) == len("web-") + 32 for path in kept(home))
    assert {path.read_bytes() for path in kept(home)} == {PHOTO[1], b"%PDF"}
    assert {oct(path.stat().st_mode & 0o777) for path in kept(home)} == {"0o600"}


async def test_the_same_form_sent_again_keeps_its_files_once(home: House, siti: Browser) -> None:
    await siti.opens()
    for _ in range(3):
        await sends(siti, PHOTO, text=STORY, token="jabcdefgh12345")
    assert [path.name for path in kept(home)] == [file.file_id for file in await files_of(home)]
    assert len(kept(home)) == 1


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/jpeg", "photo"),
        ("image/heic", "photo"),
        ("IMAGE/PNG; x=y", "photo"),
        ("video/mp4", "video"),
        ("audio/ogg", "voice"),
        ("application/pdf", "document"),
        ("text/plain; charset=utf-8", "document"),
        ("application/octet-stream", "document"),
        ("", "document"),
        ("image/svg+xml", None),
        ("text/html", None),
        ("application/x-msdownload", None),
        ("application/javascript", None),
        ("application/zip", None),
        ("application/x-sh", None),
    ],
)
def test_what_a_browser_calls_it_says_the_kind(media_type: str, kind: str | None) -> None:
    assert kind_of(media_type) == kind


async def test_a_kind_that_is_never_taken_is_refused_in_words_and_the_story_kept(home: House, siti: Browser) -> None:
    await siti.opens()
    await sends(siti, ("x.exe", b"MZ", "application/x-msdownload"), PHOTO, text=STORY)
    assert [(file.kind, file.caption) for file in await files_of(home)] == [("photo", STORY)]
    assert (
        "Tidak bisa diterima: x.exe. Cerita Anda tetap tersimpan; kirim foto, video, suara, atau dokumen"
        in await siti.opens()
    )


async def test_of_several_files_it_is_said_which_were_not_taken(home: House, siti: Browser) -> None:
    await siti.opens()
    bad = [
        (name, b"MZ", "application/x-msdownload") for name in (r"C:\ku\a.exe", "a.exe", "b <i>.exe", "c.exe", "d.exe")
    ]
    await sends(siti, *bad, PHOTO, (f"{'x' * 90}.jpg", b"\xff\xd8", "image/jpeg"), text=STORY)
    assert "Tidak bisa diterima: a.exe, b &lt;i&gt;.exe, c.exe. Cerita" in await siti.opens()
    assert "Tidak bisa diterima" not in await siti.opens()


@pytest.mark.parametrize("told", ["web-file-too-big-of-x", "web-file-kind", "web-file-kind-of-%FF", "-of-", "nothing"])
async def test_what_a_browser_made_of_the_notice_breaks_no_page(siti: Browser, told: str) -> None:
    await siti.opens()
    siti.client.cookies.set(NOTICE_COOKIE, told)
    assert (await siti.client.get("/")).status_code == 200


async def test_a_file_that_is_too_big_is_left_out_and_the_story_kept(
    home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat_multipart, "MOST_BYTES_OF_A_FILE", 1000)
    await siti.opens()
    await sends(siti, ("big.jpg", bytes(100_000), "image/jpeg"), text=STORY)
    assert kept(home) == []
    page = await siti.opens()
    assert STORY in page
    assert "lebih dari 20 MB" in page.partition('id="notice"')[2].partition("</div>")[0]


async def test_on_a_disk_that_is_almost_full_a_file_is_left_out_and_the_story_kept(
    home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await siti.opens()
    almost_full = replace(home.context.uploads, reserve_bytes=2**62)
    monkeypatch.setattr(home.context, "uploads", almost_full)
    await sends(siti, ("a.jpg", b"\xff\xd8\xff", "image/jpeg"), text=STORY)
    assert (kept(home), list(almost_full.folder.iterdir())) == ([], [])
    page = await siti.opens()
    assert STORY in page
    assert "nanti" in page.partition('id="notice"')[2].partition("</div>")[0]


async def test_more_files_than_a_form_may_have_are_left_out(home: House, siti: Browser) -> None:
    await siti.opens()
    await sends(siti, *[(f"{number}.jpg", bytes([number]), "image/jpeg") for number in range(13)])
    assert len(kept(home)) == 10
    assert "Paling banyak 10 berkas" in (await siti.opens()).partition('id="notice"')[2].partition("</div>")[0]


async def test_files_have_a_measure_of_their_own(tmp_path: Path) -> None:
    async with house(tmp_path, limits=ChatLimits(files=Bucket(3, 0.0))) as home:
        siti = home.browser()
        await siti.opens()
        for name in "ab":
            await sends(siti, (name, name.encode(), "image/jpeg"), (f"{name}2", f"{name}2".encode(), "image/jpeg"))
        assert len(kept(home)) == 3
        assert "sudah banyak untuk saat ini" in await siti.opens()


async def test_one_who_may_send_nothing_now_leaves_no_file(tmp_path: Path) -> None:
    async with house(tmp_path, limits=ChatLimits(messages=Bucket(0, 0.0))) as home:
        siti = home.browser()
        await siti.opens()
        answer = await sends(siti, PHOTO, text=STORY)
        assert answer.status_code == 429
        assert f"{STORY}</textarea>" in answer.text
        assert kept(home) == []


async def test_a_full_disk_keeps_the_story(home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    await siti.opens()

    def no_space(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", no_space)
    await sends(siti, PHOTO, text=STORY)
    monkeypatch.undo()
    assert STORY in [message.text for message in await siti.reads()]
    assert "belum dapat disimpan" in await siti.opens() or siti.answer is not None


async def test_an_empty_file_is_none(home: House, siti: Browser) -> None:
    await siti.opens()
    await sends(siti, ("", b"", "application/octet-stream"), ("empty.jpg", b"", "image/jpeg"), text=STORY)
    assert kept(home) == []
    assert STORY in [message.text for message in await siti.reads()]


async def test_a_body_larger_than_any_form_is_refused_before_it_is_read(siti: Browser) -> None:
    await siti.opens()
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": str(300 * 1024 * 1024)}
    answer = await siti.client.post("/chat/messages", content=b"--x--\r\n", headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
async def test_a_field_is_never_longer_than_a_field_may_be(siti: Browser, home: House, kind: str) -> None:
    await siti.opens()

    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\n' if "multi" in kind else b"text="
        for _ in range(100):
            yield b"a" * 10_000

    answer = await siti.client.post("/chat/messages", content=endless(), headers={"content-type": kind})
    assert answer.status_code == 413
    assert len(await siti.reads()) == 1


async def test_a_connection_that_breaks_leaves_nothing(home: House, siti: Browser) -> None:
    await siti.opens()

    async def broken() -> AsyncIterator[bytes]:
        yield b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.jpg"\r\n'
        yield b"content-type: image/jpeg\r\n\r\n"
        yield b"half a photo"
        raise ConnectionResetError

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = await siti.client.post("/chat/messages", content=broken(), headers=headers)
    assert (answer.status_code, kept(home)) == (500, [])
