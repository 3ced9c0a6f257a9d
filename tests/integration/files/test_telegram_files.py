"""Files from a Telegram that is slow, down, forgetful, or has a server of its own on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.channels.telegram.connect import LaporBot
from bot.channels.telegram.files import TelegramFiles
from bot.conversation.events import FileRefusal
from bot.files.kinds import FileRefused
from bot.files.ports import FileGone, TryLater
from bot.files.sandbox_pool import SandboxPool
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Temper
from tests.integration.files.fetching import FetchedFiles, fetch_all
from tests.integration.telegram.bots import connected
from tests.unit.files import parts

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 1000
FILE = "file"


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[LaporBot]:
    async with connected(telegram) as made:
        yield made


async def a_photo(telegram: FakeTelegram, content: bytes = PHOTO, size: int | None = None) -> str:
    stored = telegram.citizen().world.store_file("photo", content, "jpg", size)
    return stored.file_id


async def fetched(bot: LaporBot, file_id: str) -> bytes:
    async with aclosing(TelegramFiles(bot).stream(file_id)) as pieces:
        return b"".join([piece async for piece in pieces])


async def test_a_file_comes_piece_by_piece(telegram: FakeTelegram, bot: LaporBot) -> None:
    file_id = await a_photo(telegram)
    async with aclosing(TelegramFiles(bot).stream(file_id)) as pieces:
        sizes = [len(piece) async for piece in pieces]
    assert sum(sizes) == len(PHOTO)
    assert max(sizes) <= 64 * 1024


async def test_a_file_id_that_telegram_does_not_know_is_gone(bot: LaporBot) -> None:
    with pytest.raises(FileGone):
        await fetched(bot, "AgACAgUAAxkBAAIB")


@pytest.mark.parametrize("method", ["getFile", FILE])
async def test_a_404_is_gone(telegram: FakeTelegram, bot: LaporBot, method: str) -> None:
    telegram.refuse(method, 404)
    with pytest.raises(FileGone):
        await fetched(bot, await a_photo(telegram))


@pytest.mark.parametrize("method", ["getFile", FILE])
@pytest.mark.parametrize("status", [500, 502])
async def test_a_fault_of_telegrams_is_tried_later(
    telegram: FakeTelegram, bot: LaporBot, method: str, status: int
) -> None:
    telegram.refuse(method, status)
    file_id = await a_photo(telegram)
    with pytest.raises(TryLater):
        await fetched(bot, file_id)
    assert await fetched(bot, file_id) == PHOTO


@pytest.mark.parametrize(
    ("method", "temper"),
    [
        ("getFile", Temper.SILENT),
        ("getFile", Temper.HALF),
        ("getFile", Temper.LOST),
        (FILE, Temper.SILENT),
        (FILE, Temper.HALF),
    ],
)
async def test_silence_and_half_a_file_are_tried_later(
    telegram: FakeTelegram, bot: LaporBot, method: str, temper: Temper
) -> None:
    telegram.fail(method, temper)
    bot.request._read = 0.2  # type: ignore[attr-defined]
    file_id = await a_photo(telegram)
    with pytest.raises(TryLater):
        await fetched(bot, file_id)
    assert await fetched(bot, file_id) == PHOTO


async def test_telegram_says_how_long_to_wait(telegram: FakeTelegram, bot: LaporBot) -> None:
    telegram.refuse("getFile", 429, retry_after=17)
    with pytest.raises(TryLater) as later:
        await fetched(bot, await a_photo(telegram))
    assert (later.value.seconds, later.value.asked) == (17, True)


async def test_a_token_that_is_no_longer_accepted_costs_no_file(telegram: FakeTelegram, bot: LaporBot) -> None:
    telegram.refuse("getFile", 401)
    with pytest.raises(TryLater):
        await fetched(bot, await a_photo(telegram))


async def test_telegram_gives_out_nothing_above_twenty_megabytes(telegram: FakeTelegram, bot: LaporBot) -> None:
    with pytest.raises(FileRefused) as raised:
        await fetched(bot, await a_photo(telegram, size=21 * 1024 * 1024))
    assert raised.value.refusal is FileRefusal.TOO_BIG


async def test_a_telegram_out_of_reach_is_tried_later(telegram: FakeTelegram, bot: LaporBot) -> None:
    file_id = await a_photo(telegram)
    await telegram.stop()
    with pytest.raises(TryLater):
        await fetched(bot, file_id)
    await telegram.start()


async def test_a_server_of_our_own_names_a_file_on_this_disk(
    telegram: FakeTelegram, bot: LaporBot, tmp_path: Path
) -> None:
    (tmp_path / "file_0.jpg").write_bytes(PHOTO)
    file_id = await a_photo(telegram)
    stored = telegram.citizen().world.files
    stored[file_id] = type(stored[file_id])(file_id, str(tmp_path / "file_0.jpg"), b"", len(PHOTO))
    assert await fetched(bot, file_id) == PHOTO


async def test_what_a_sender_calls_her_file_is_never_used(
    telegram: FakeTelegram, bot: LaporBot, files: FetchedFiles
) -> None:
    siti = telegram.citizen()
    stored = siti.world.store_file("document", b"Jalan rusak", "txt")
    await siti.sends({"document": {"file_id": stored.file_id, "file_name": "../../" + "x" * 1000 + ".html"}})
    await files.want(stored.file_id)
    await fetch_all(files.fetcher(TelegramFiles(bot)))
    [kept] = files.on_disk()
    assert kept.name == (await files.row(stored.file_id))["name"]
    assert kept.read_bytes() == b"Jalan rusak"


async def test_a_photo_from_telegram_is_written_anew(
    telegram: FakeTelegram, bot: LaporBot, files: FetchedFiles
) -> None:
    file_id = await a_photo(telegram, parts.jpeg_with_place())
    await files.want(file_id)
    await fetch_all(files.fetcher(TelegramFiles(bot), SandboxPool()))
    row = await files.row(file_id)
    assert (row["state"], row["media_type"], row["width"], row["height"]) == ("kept", "image/jpeg", 32, 64)
    assert not any(b"Ratna" in path.read_bytes() for path in files.on_disk())
    assert len(files.on_disk()) == 2
