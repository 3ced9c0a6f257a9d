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
from bot.conversation.events import Refusal, RefusedFile
from bot.files.kinds import MOST_BYTES, Refused
from bot.files.ports import FileGone, StorageFull, TryLater
from bot.files.receiving import NoFiles, WebFiles
from tests.integration.files.fetching import (
    BUDI,
    NOON,
    SITI,
    Desk,
    FailingSource,
    HoldingSource,
    ReadySource,
    RefusingExaminer,
    TrustingExaminer,
    fetch_all,
)
from tests.patience import PATIENCE_SECONDS

STORY = b"Jalan rusak di depan rumah.\n" * 20_000


def refused(*file_ids: str, why: Refusal) -> tuple[RefusedFile, ...]:
    return tuple(RefusedFile("photo", file_id, why) for file_id in file_ids)


# Kept -------------------------------------------------------------------------------------------------------


async def test_a_file_is_kept_under_a_random_name_for_its_owner_alone(desk: Desk) -> None:
    await desk.want("a")
    await fetch_all(desk.fetcher(source := ReadySource({"a": STORY})))
    row = await desk.row("a")
    [kept] = desk.on_disk()
    assert kept.name == row["name"]
    assert kept.parent.name == str(row["name"])[:2]
    assert kept.read_bytes() == STORY
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert (row["state"], row["media_type"], row["bytes"]) == ("kept", "text/plain", len(STORY))
    assert row["sha256"] == hashlib.sha256(STORY).hexdigest()
    assert source.discarded == ["a"]
    assert await desk.told() == []


async def test_of_a_picture_the_new_one_and_the_small_one_are_kept(desk: Desk) -> None:
    await desk.want("a")
    await fetch_all(desk.fetcher(ReadySource({"a": b"dots"}), TrustingExaminer(as_picture=True)))
    row = await desk.row("a")
    assert [path.name for path in desk.on_disk()] == [row["name"], f"{row['name']}-thumb"]
    assert (row["width"], row["height"], row["thumb_bytes"]) == (4, 3, 5)


async def test_a_file_is_fetched_once_however_often_it_is_wanted(desk: Desk) -> None:
    fetcher = desk.fetcher(source := ReadySource({"a": STORY}))
    for _ in range(2):
        await desk.want("a")
        await fetch_all(fetcher)
    assert source.asked == ["a"]


async def test_a_few_are_fetched_at_once_and_one_of_a_chat(desk: Desk) -> None:
    await desk.want("a", "b")
    for number in range(20):
        await desk.want("c", chat=f"chat {number}")
    fetcher = desk.fetcher(source := HoldingSource(dict.fromkeys("abc", STORY)))
    begun = await fetcher.fetch_waiting()
    assert 1 < begun < 10
    assert await fetcher.fetch_waiting() == 0
    source.may_go_on.set()
    await fetcher.settle()
    await fetch_all(fetcher)
    assert len(desk.on_disk()) == 22


# Refused ----------------------------------------------------------------------------------------------------


async def test_what_is_refused_leaves_nothing_behind_and_is_told_once(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(source := ReadySource({"a": STORY}), RefusingExaminer(Refused(Refusal.PROGRAM)))
    for _ in range(3):
        await fetch_all(fetcher)
    row = await desk.row("a")
    assert (row["state"], row["refusal"]) == ("refused", "file-program")
    assert desk.on_disk() == []
    assert source.discarded == ["a"]
    [event] = await desk.told()
    assert (event.files, event.at) == (refused("a", why=Refusal.PROGRAM), NOON)
    assert desk.heard == 1


async def test_several_refused_files_of_a_chat_are_told_together(desk: Desk) -> None:
    await desk.want("a", "b", "c")
    await desk.want("d", chat=BUDI)
    await fetch_all(desk.fetcher(ReadySource(dict.fromkeys("abcd", b"x")), RefusingExaminer(Refused(Refusal.BROKEN))))
    assert [event.files for event in await desk.told(SITI)] == [refused("a", "b", "c", why=Refusal.BROKEN)]
    assert [event.files for event in await desk.told(BUDI)] == [refused("d", why=Refusal.BROKEN)]


async def test_a_restart_tells_what_the_last_process_did_not(desk: Desk) -> None:
    await desk.want("a")
    first = desk.fetcher(ReadySource({"a": b"x"}), RefusingExaminer(Refused(Refusal.BROKEN)))
    await first.fetch_waiting()
    await first.settle()
    assert await desk.told() == []
    await fetch_all(desk.fetcher(ReadySource({})))
    assert len(await desk.told()) == 1


async def test_a_refused_file_that_is_sent_again_gets_another_chance(desk: Desk) -> None:
    await desk.want("a")
    await fetch_all(desk.fetcher(ReadySource({"a": b"x"}), RefusingExaminer(Refused(Refusal.BROKEN))))
    await desk.want("a")
    await fetch_all(desk.fetcher(ReadySource({"a": b"x"})))
    assert (await desk.row("a"))["state"] == "kept"


async def test_twenty_one_megabytes_are_not_even_written(desk: Desk) -> None:
    await desk.want("a")
    source = ReadySource({"a": bytes(MOST_BYTES + 1)})
    await fetch_all(desk.fetcher(source))
    assert (await desk.row("a"))["refusal"] == "file-too-big"
    assert desk.on_disk() == []


async def test_twenty_megabytes_are_kept(desk: Desk) -> None:
    await desk.want("a")
    await fetch_all(desk.fetcher(ReadySource({"a": bytes(MOST_BYTES)})))
    assert (await desk.row("a"))["bytes"] == MOST_BYTES


# Later ------------------------------------------------------------------------------------------------------


async def test_a_source_that_fails_is_asked_again_after_growing_pauses(desk: Desk) -> None:
    await desk.want("a")
    failures = [TryLater(5), OSError(errno.EIO, "a fault"), TryLater(5)]
    fetcher = desk.fetcher(source := FailingSource({"a": STORY}, failures=failures))
    pauses = []
    while (row := await desk.row("a"))["state"] == "wanted":
        await fetch_all(fetcher)
        pauses.append((await desk.row("a"))["not_before"] - desk.seconds)
        desk.seconds = max(desk.seconds, float((await desk.row("a"))["not_before"]))
    assert len(source.asked) == 4
    assert pauses[:3] == [5, 10, 20]
    assert row["attempts"] == 4
    assert [path.name for path in desk.on_disk()] == [row["name"]]


async def test_seconds_that_a_source_asks_for_are_kept_to_the_letter(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(FailingSource({"a": STORY}, failures=[TryLater(17, asked=True)]))
    await fetch_all(fetcher)
    assert (await desk.row("a"))["not_before"] == desk.seconds + 17


async def test_a_file_that_is_gone_is_asked_for_a_few_times_and_then_told(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(source := FailingSource({"a": STORY}, failures=[FileGone() for _ in range(9)]))
    for _ in range(9):
        await fetch_all(fetcher)
        desk.seconds += 3600
    assert len(source.asked) == 4
    assert [event.files for event in await desk.told()] == [refused("a", why=Refusal.GONE)]


async def test_a_file_that_ends_us_is_not_tried_for_ever(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(source := ReadySource({"a": STORY}), RefusingExaminer(TryLater(5)))
    for _ in range(60):
        await fetch_all(fetcher)
        desk.seconds += 3600
    assert len(source.asked) == 40
    assert (await desk.row("a"))["state"] == "refused"


async def test_one_chats_failing_file_holds_nobody_up(desk: Desk) -> None:
    await desk.want("a")
    await desk.want("b", chat=BUDI)
    fetcher = desk.fetcher(FailingSource({"a": STORY, "b": STORY}, failures=[TryLater(5)]))
    await fetch_all(fetcher)
    assert {(await desk.row(name))["state"] for name in "ab"} == {"wanted", "kept"}


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


async def test_a_disk_that_fills_up_refuses_in_words_and_is_tried_again(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(ReadySource({"a": bytes(5_000_000)}))
    with files_no_larger_than(3_000_000):
        await fetch_all(fetcher)
    row = await desk.row("a")
    assert (row["state"], row["refusal"]) == ("wanted", "file-disk-full")
    assert [event.files for event in await desk.told()] == [refused("a", why=Refusal.FULL)]
    assert desk.on_disk() == []
    desk.seconds = float(row["not_before"])
    await fetch_all(fetcher)
    assert ((await desk.row("a"))["state"], (await desk.row("a"))["refusal"]) == ("kept", "")
    assert len(await desk.told()) == 1


async def test_a_disk_that_stays_full_is_told_once(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(ReadySource({"a": STORY}), RefusingExaminer(StorageFull()))
    for _ in range(60):
        await fetch_all(fetcher)
        desk.seconds += 3600
    assert (await desk.row("a"))["state"] == "refused"
    assert len(await desk.told()) == 1


async def test_the_last_of_the_disk_is_left_to_citizens_words(desk: Desk) -> None:
    await desk.want("a")
    await fetch_all(desk.fetcher(source := ReadySource({"a": STORY}), reserve_bytes=2**62))
    assert (await desk.row("a"))["refusal"] == "file-disk-full"
    assert source.asked == []


# Given up ---------------------------------------------------------------------------------------------------


async def give_up(desk: Desk, file_id: str) -> None:
    row = {
        "channel": "telegram",
        "chat": SITI,
        "file_id": file_id,
        "kind": "photo",
        "name": "0" * 32,
        "created_at": NOON,
    }
    async with desk.database.writing() as connection:
        await unwant_files(connection, [row])


async def test_a_file_given_up_with_its_draft_leaves_the_disk(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(ReadySource({"a": STORY}), TrustingExaminer(as_picture=True))
    await fetch_all(fetcher)
    await give_up(desk, "a")
    await fetch_all(fetcher)
    assert desk.on_disk() == []
    assert (await desk.row("a"))["state"] == "gone"
    assert await desk.told() == []


async def test_a_file_given_up_while_it_comes_is_not_kept(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(source := HoldingSource({"a": STORY}))
    await fetcher.fetch_waiting()
    await source.half_given.wait()
    await give_up(desk, "a")
    source.may_go_on.set()
    await fetcher.settle()
    await fetch_all(fetcher)
    assert desk.on_disk() == []
    assert (await desk.row("a"))["state"] == "gone"


async def test_a_file_for_which_there_was_no_room_is_discarded(desk: Desk) -> None:
    await give_up(desk, "a")
    await fetch_all(desk.fetcher(source := ReadySource({})))
    assert source.discarded == ["a"]


# Ended ------------------------------------------------------------------------------------------------------


async def test_a_fetcher_that_is_ended_in_the_middle_leaves_no_half_file(desk: Desk) -> None:
    await desk.want("a")
    fetcher = desk.fetcher(source := HoldingSource({"a": STORY}))
    running = asyncio.create_task(fetcher.run())
    await source.half_given.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert desk.on_disk() == []
    assert (await desk.row("a"))["state"] == "wanted"
    desk.seconds += 60
    await fetch_all(desk.fetcher(ReadySource({"a": STORY})))
    assert [path.read_bytes() for path in desk.on_disk()] == [STORY]


async def test_a_running_fetcher_fetches_what_it_is_told_of(desk: Desk) -> None:
    fetcher = desk.fetcher(source := HoldingSource({"a": STORY}))
    running = asyncio.create_task(fetcher.run(look_every_seconds=3600))
    await desk.want("a")
    fetcher.wake()
    await source.half_given.wait()
    source.may_go_on.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await desk.row("a"))["state"] != "kept":
            await asyncio.sleep(0)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


# The web and the terminal -----------------------------------------------------------------------------------


async def test_a_file_of_the_web_leaves_incoming_once_it_is_kept(desk: Desk) -> None:
    incoming = desk.folder / "incoming"
    incoming.mkdir()
    (incoming / "web-0123456789abcdef").write_bytes(STORY)
    await desk.want("web-0123456789abcdef", channel="web")
    await fetch_all(desk.fetcher(WebFiles(incoming), channel="web"))
    assert list(incoming.iterdir()) == []
    assert [path.read_bytes() for path in desk.on_disk()] == [STORY]


@pytest.mark.parametrize("name", ["../secret-key", "web-../../secret-key", "/etc/passwd", "web-" + "a" * 1000, ""])
async def test_a_name_that_leads_elsewhere_leads_nowhere(desk: Desk, name: str) -> None:
    (desk.folder / "incoming").mkdir()
    (desk.folder / "secret-key").write_text("secret")
    source = WebFiles(desk.folder / "incoming")
    with pytest.raises(FileGone):
        await anext(source.stream(name))
    await source.discard(name)
    assert (desk.folder / "secret-key").exists()


async def test_a_terminal_has_no_files_and_nobody_is_told(desk: Desk) -> None:
    await desk.want("terminal-1", channel="terminal")
    await fetch_all(desk.fetcher(NoFiles(), channel="terminal"))
    assert (await desk.row("terminal-1"))["state"] == "gone"
    assert await desk.told() == []


async def test_files_of_a_channel_that_is_not_open_wait(desk: Desk) -> None:
    await desk.want("a", channel="telegram")
    await fetch_all(desk.fetcher(NoFiles(), channel="terminal"))
    assert (await desk.row("a"))["state"] == "wanted"
