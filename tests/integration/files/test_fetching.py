"""Files are fetched after the turn, as often as it takes, and what becomes of each is written in its row."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from actions.store.cases.files import unwant_files
from bot.conversation.events import FileRefusal, RefusedFile
from bot.files.kinds import MOST_BYTES, FileRefused
from bot.files.ports import FileGone, StorageFull, TryLater
from bot.files.receiving import NoFiles, WebFiles
from tests.integration.files.fetching import (
    BUDI,
    NOON,
    SITI,
    FailingSource,
    FetchedFiles,
    HoldingSource,
    ReadySource,
    RefusingExaminer,
    TrustingExaminer,
    fetch_all,
)
from tests.patience import PATIENCE_SECONDS

STORY = b"Jalan rusak di depan rumah.\n" * 20_000


def refused(*file_ids: str, why: FileRefusal) -> tuple[RefusedFile, ...]:
    return tuple(RefusedFile("photo", file_id, why) for file_id in file_ids)


# Kept -------------------------------------------------------------------------------------------------------


async def test_a_file_is_kept_under_a_random_name_for_its_owner_alone(files: FetchedFiles) -> None:
    await files.want("a")
    await fetch_all(files.fetcher(source := ReadySource({"a": STORY})))
    row = await files.row("a")
    [kept] = files.on_disk()
    assert kept.name == row["name"]
    assert kept.parent.name == str(row["name"])[:2]
    assert kept.read_bytes() == STORY
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert (row["state"], row["media_type"], row["bytes"]) == ("kept", "text/plain", len(STORY))
    assert row["sha256"] == hashlib.sha256(STORY).hexdigest()
    assert source.discarded == ["a"]
    assert await files.told() == []


async def test_of_a_picture_the_new_one_and_the_small_one_are_kept(files: FetchedFiles) -> None:
    await files.want("a")
    await fetch_all(files.fetcher(ReadySource({"a": b"dots"}), TrustingExaminer(as_picture=True)))
    row = await files.row("a")
    assert [path.name for path in files.on_disk()] == [row["name"], f"{row['name']}-thumb"]
    assert (row["width"], row["height"], row["thumb_bytes"]) == (4, 3, 5)


async def test_a_file_is_fetched_once_however_often_it_is_wanted(files: FetchedFiles) -> None:
    fetcher = files.fetcher(source := ReadySource({"a": STORY}))
    for _ in range(2):
        await files.want("a")
        await fetch_all(fetcher)
    assert source.asked == ["a"]


async def test_a_few_are_fetched_at_once_and_one_of_a_chat(files: FetchedFiles) -> None:
    await files.want("a", "b")
    for number in range(20):
        await files.want("c", chat=f"chat {number}")
    fetcher = files.fetcher(source := HoldingSource(dict.fromkeys("abc", STORY)))
    begun = await fetcher.fetch_waiting()
    assert 1 < begun < 10
    assert await fetcher.fetch_waiting() == 0
    source.may_go_on.set()
    await fetcher.settle()
    await fetch_all(fetcher)
    assert len(files.on_disk()) == 22


# Refused ----------------------------------------------------------------------------------------------------


async def test_what_is_refused_leaves_nothing_behind_and_is_told_once(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(source := ReadySource({"a": STORY}), RefusingExaminer(FileRefused(FileRefusal.PROGRAM)))
    for _ in range(3):
        await fetch_all(fetcher)
    row = await files.row("a")
    assert (row["state"], row["refusal"]) == ("refused", "file-program")
    assert files.on_disk() == []
    assert source.discarded == ["a"]
    [event] = await files.told()
    assert (event.files, event.at) == (refused("a", why=FileRefusal.PROGRAM), NOON)
    assert files.meaning == 1


async def test_several_refused_files_of_a_chat_are_told_together(files: FetchedFiles) -> None:
    await files.want("a", "b", "c")
    await files.want("d", chat=BUDI)
    await fetch_all(
        files.fetcher(ReadySource(dict.fromkeys("abcd", b"x")), RefusingExaminer(FileRefused(FileRefusal.BROKEN)))
    )
    assert [event.files for event in await files.told(SITI)] == [refused("a", "b", "c", why=FileRefusal.BROKEN)]
    assert [event.files for event in await files.told(BUDI)] == [refused("d", why=FileRefusal.BROKEN)]


async def test_a_restart_tells_what_the_last_process_did_not(files: FetchedFiles) -> None:
    await files.want("a")
    first = files.fetcher(ReadySource({"a": b"x"}), RefusingExaminer(FileRefused(FileRefusal.BROKEN)))
    await first.fetch_waiting()
    await first.settle()
    assert await files.told() == []
    await fetch_all(files.fetcher(ReadySource({})))
    assert len(await files.told()) == 1


async def test_a_refused_file_that_is_sent_again_gets_another_chance(files: FetchedFiles) -> None:
    await files.want("a")
    await fetch_all(files.fetcher(ReadySource({"a": b"x"}), RefusingExaminer(FileRefused(FileRefusal.BROKEN))))
    await files.want("a")
    await fetch_all(files.fetcher(ReadySource({"a": b"x"})))
    assert (await files.row("a"))["state"] == "kept"


async def test_twenty_one_megabytes_are_not_even_written(files: FetchedFiles) -> None:
    await files.want("a")
    source = ReadySource({"a": bytes(MOST_BYTES + 1)})
    await fetch_all(files.fetcher(source))
    assert (await files.row("a"))["refusal"] == "file-too-big"
    assert files.on_disk() == []


async def test_twenty_megabytes_are_kept(files: FetchedFiles) -> None:
    await files.want("a")
    await fetch_all(files.fetcher(ReadySource({"a": bytes(MOST_BYTES)})))
    assert (await files.row("a"))["bytes"] == MOST_BYTES


# Later ------------------------------------------------------------------------------------------------------


async def test_a_source_that_fails_is_asked_again_after_growing_pauses(files: FetchedFiles) -> None:
    await files.want("a")
    failures = [TryLater(5), OSError(errno.EIO, "a fault"), TryLater(5)]
    fetcher = files.fetcher(source := FailingSource({"a": STORY}, failures=failures))
    pauses = []
    while (row := await files.row("a"))["state"] == "wanted":
        await fetch_all(fetcher)
        pauses.append((await files.row("a"))["not_before"] - files.seconds)
        files.seconds = max(files.seconds, float((await files.row("a"))["not_before"]))
    assert len(source.asked) == 4
    assert pauses[:3] == [5, 10, 20]
    assert row["attempts"] == 4
    assert [path.name for path in files.on_disk()] == [row["name"]]


async def test_seconds_that_a_source_asks_for_are_kept_to_the_letter(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(FailingSource({"a": STORY}, failures=[TryLater(17, asked=True)]))
    await fetch_all(fetcher)
    assert (await files.row("a"))["not_before"] == files.seconds + 17


async def test_a_file_that_is_gone_is_asked_for_a_few_times_and_then_told(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(source := FailingSource({"a": STORY}, failures=[FileGone() for _ in range(9)]))
    for _ in range(9):
        await fetch_all(fetcher)
        files.seconds += 3600
    assert len(source.asked) == 4
    assert [event.files for event in await files.told()] == [refused("a", why=FileRefusal.GONE)]


@pytest.mark.thorough
async def test_a_file_that_ends_us_is_not_tried_for_ever(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(source := ReadySource({"a": STORY}), RefusingExaminer(TryLater(5)))
    for _ in range(60):
        await fetch_all(fetcher)
        files.seconds += 3600
    assert len(source.asked) == 40
    assert (await files.row("a"))["state"] == "refused"


async def test_one_chats_failing_file_holds_nobody_up(files: FetchedFiles) -> None:
    await files.want("a")
    await files.want("b", chat=BUDI)
    fetcher = files.fetcher(FailingSource({"a": STORY, "b": STORY}, failures=[TryLater(5)]))
    await fetch_all(fetcher)
    assert {(await files.row(name))["state"] for name in "ab"} == {"wanted", "kept"}


# A full disk ------------------------------------------------------------------------------------------------


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """What a full disk or a quota does, to this process: writing beyond fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_disk_that_fills_up_refuses_in_words_and_is_tried_again(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(ReadySource({"a": bytes(5_000_000)}))
    with files_no_larger_than(3_000_000):
        await fetch_all(fetcher)
    row = await files.row("a")
    assert (row["state"], row["refusal"]) == ("wanted", "file-disk-full")
    assert [event.files for event in await files.told()] == [refused("a", why=FileRefusal.FULL)]
    assert files.on_disk() == []
    files.seconds = float(row["not_before"])
    await fetch_all(fetcher)
    assert ((await files.row("a"))["state"], (await files.row("a"))["refusal"]) == ("kept", "")
    assert len(await files.told()) == 1


@pytest.mark.thorough
async def test_a_disk_that_stays_full_is_told_once(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(ReadySource({"a": STORY}), RefusingExaminer(StorageFull()))
    for _ in range(60):
        await fetch_all(fetcher)
        files.seconds += 3600
    assert (await files.row("a"))["state"] == "refused"
    assert len(await files.told()) == 1


async def test_the_last_of_the_disk_is_left_to_citizens_words(files: FetchedFiles) -> None:
    await files.want("a")
    await fetch_all(files.fetcher(source := ReadySource({"a": STORY}), reserve_bytes=2**62))
    assert (await files.row("a"))["refusal"] == "file-disk-full"
    assert source.asked == []


# Given up ---------------------------------------------------------------------------------------------------


async def give_up(files: FetchedFiles, file_id: str) -> None:
    row = {
        "channel": "telegram",
        "chat": SITI,
        "file_id": file_id,
        "kind": "photo",
        "name": "0" * 32,
        "created_at": NOON,
    }
    async with files.database.writing() as connection:
        await unwant_files(connection, [row])


async def test_a_file_given_up_with_its_draft_leaves_the_disk(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(ReadySource({"a": STORY}), TrustingExaminer(as_picture=True))
    await fetch_all(fetcher)
    await give_up(files, "a")
    await fetch_all(fetcher)
    assert files.on_disk() == []
    assert (await files.row("a"))["state"] == "gone"
    assert await files.told() == []


async def test_a_file_given_up_while_it_comes_is_not_kept(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(source := HoldingSource({"a": STORY}))
    await fetcher.fetch_waiting()
    await source.half_given.wait()
    await give_up(files, "a")
    source.may_go_on.set()
    await fetcher.settle()
    await fetch_all(fetcher)
    assert files.on_disk() == []
    assert (await files.row("a"))["state"] == "gone"


async def test_a_file_for_which_there_was_no_room_is_discarded(files: FetchedFiles) -> None:
    await give_up(files, "a")
    await fetch_all(files.fetcher(source := ReadySource({})))
    assert source.discarded == ["a"]


# Ended ------------------------------------------------------------------------------------------------------


async def test_a_fetcher_that_is_ended_in_the_middle_leaves_no_half_file(files: FetchedFiles) -> None:
    await files.want("a")
    fetcher = files.fetcher(source := HoldingSource({"a": STORY}))
    running = asyncio.create_task(fetcher.run())
    await source.half_given.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert files.on_disk() == []
    assert (await files.row("a"))["state"] == "wanted"
    files.seconds += 60
    await fetch_all(files.fetcher(ReadySource({"a": STORY})))
    assert [path.read_bytes() for path in files.on_disk()] == [STORY]


async def test_a_running_fetcher_fetches_what_it_is_told_of(files: FetchedFiles) -> None:
    fetcher = files.fetcher(source := HoldingSource({"a": STORY}))
    running = asyncio.create_task(fetcher.run(look_every_seconds=3600))
    await files.want("a")
    fetcher.wake()
    await source.half_given.wait()
    source.may_go_on.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await files.row("a"))["state"] != "kept":
            await asyncio.sleep(0)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


# The web and the terminal -----------------------------------------------------------------------------------


async def test_a_file_of_the_web_leaves_incoming_once_it_is_kept(files: FetchedFiles) -> None:
    incoming = files.folder / "incoming"
    incoming.mkdir()
    (incoming / "web-0123456789abcdef").write_bytes(STORY)
    await files.want("web-0123456789abcdef", channel="web")
    await fetch_all(files.fetcher(WebFiles(incoming), channel="web"))
    assert list(incoming.iterdir()) == []
    assert [path.read_bytes() for path in files.on_disk()] == [STORY]


@pytest.mark.parametrize("name", ["../secret-key", "web-../../secret-key", "/etc/passwd", "web-" + "a" * 1000, ""])
async def test_a_name_that_leads_elsewhere_leads_nowhere(files: FetchedFiles, name: str) -> None:
    (files.folder / "incoming").mkdir()
    (files.folder / "secret-key").write_text("secret")
    source = WebFiles(files.folder / "incoming")
    with pytest.raises(FileGone):
        await anext(source.stream(name))
    await source.discard(name)
    assert (files.folder / "secret-key").exists()


async def test_a_terminal_has_no_files_and_nobody_is_told(files: FetchedFiles) -> None:
    await files.want("terminal-1", channel="terminal")
    await fetch_all(files.fetcher(NoFiles(), channel="terminal"))
    assert (await files.row("terminal-1"))["state"] == "gone"
    assert await files.told() == []


async def test_files_of_a_channel_that_is_not_open_wait(files: FetchedFiles) -> None:
    await files.want("a", channel="telegram")
    await fetch_all(files.fetcher(NoFiles(), channel="terminal"))
    assert (await files.row("a"))["state"] == "wanted"
