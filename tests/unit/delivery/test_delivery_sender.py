"""The sender: each chat in its order, and no chat waiting for another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from bot.configuration.clock import steady_wall
from bot.messaging.ports import Impossible, NeverAgain, NotNow
from bot.messaging.rate_limiter import TOGETHER_SECONDS, RateLimiter
from bot.messaging.sender import (
    LONGEST_PAUSE_OF_ALL_SECONDS,
    LONGEST_PAUSE_SECONDS,
    MOST_AT_ONCE,
    Sender,
)
from tests.fakes.channels import MoodyChannel, StuckChannel
from tests.patience import PATIENCE_SECONDS
from tests.unit.delivery.town import Town


async def sends(sender: Sender) -> None:
    """Everything whose time has come."""
    while await sender.send_waiting():
        await sender.settle()


async def waits_until(town: Town) -> list[float]:
    """When each message that waits may be sent."""
    query = select(outbox.c.not_before).where(outbox.c.state == "new").order_by(outbox.c.id)
    async with town.database.reading() as connection:
        return list((await connection.execute(query)).scalars())


@pytest.fixture
def moody(town: Town) -> MoodyChannel:
    channel = MoodyChannel()
    town.channel = channel
    return channel


async def test_a_chat_reads_in_the_order_in_which_it_was_written_to(town: Town) -> None:
    for number in range(5):
        await town.is_to_read(f"{number}")
    await sends(town.sender())
    assert town.channel.texts("siti") == ["0", "1", "2", "3", "4"]


async def test_to_a_chat_that_is_sent_much_messages_go_behind_those_to_others(town: Town) -> None:
    sender = town.sender()
    for _ in range(9):
        await town.is_to_read("flood", chat="flooding")
    await sends(sender)
    await town.is_to_read("flood", chat="flooding")
    await town.is_to_read("hello", chat="siti")
    await sends(sender)
    assert [chat for chat, _ in town.channel.sent][-2:] == ["siti", "flooding"]


async def test_a_message_that_fails_holds_up_what_is_behind_it_in_its_chat(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [NotNow(60)]
    await town.is_to_read("first")
    await town.is_to_read("second")
    await sends(town.sender())
    assert moody.tried == ["siti"]


async def test_a_failing_chat_delays_no_other(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [NotNow(60)]
    await town.is_to_read("hers")
    await town.is_to_read("his", "budi")
    await sends(town.sender())
    assert moody.texts("budi") == ["his"]


async def test_a_chat_that_is_stuck_delays_no_other(town: Town) -> None:
    stuck = town.channel = StuckChannel()
    await town.is_to_read("hers")
    sender = town.sender()
    await sender.send_waiting()
    await town.is_to_read("his", "budi")
    assert await sender.send_waiting() == 1
    stuck.let_go.set()
    await sender.settle()
    assert sorted(chat for chat, _ in stuck.sent) == ["budi", "siti"]


async def test_however_many_chats_are_stuck_the_next_is_written_to(town: Town) -> None:
    stuck = town.channel = StuckChannel()
    for number in range(MOST_AT_ONCE):
        await town.is_to_read("hers", f"stuck{number}")
    sender = town.sender()
    await sender.send_waiting()
    await town.is_to_read("his", "budi")
    assert await sender.send_waiting() == 1
    stuck.let_go.set()
    await sender.settle()


async def test_no_more_messages_than_may_wait_are_taken_out_of_the_outbox(town: Town) -> None:
    may_go = asyncio.Event()

    async def sleep(_: float) -> None:
        await may_go.wait()

    for number in range(MOST_AT_ONCE + 5):
        await town.is_to_read("hers", f"citizen{number}")
    sender = town.sender(rate_limiter=RateLimiter(most=1, seconds=1.0, sleep=sleep))
    first = await sender.send_waiting()
    while len(town.channel.sent) < 1:  # the first need not wait
        await asyncio.sleep(0)
    assert (first, await sender.send_waiting()) == (MOST_AT_ONCE, 1)
    may_go.set()
    await sender.settle()
    await sends(sender)
    assert len(town.channel.sent) == MOST_AT_ONCE + 5


async def test_the_seconds_that_a_channel_names_are_kept_to_the_letter(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [NotNow(1), NotNow(1), NotNow(7, asked=True)]
    await town.is_to_read("hers")
    now = [1000.0]
    sender = town.sender(wall=lambda: now[0])
    for later in (1001.0, 1003.0, 0.0):
        await sends(sender)
        now[0] = later or now[0]
    assert await waits_until(town) == [1003.0 + 7]


@pytest.mark.parametrize(
    ("everybody", "longest"), [(False, LONGEST_PAUSE_SECONDS), (True, LONGEST_PAUSE_OF_ALL_SECONDS)]
)
async def test_pauses_grow_up_to_a_longest(town: Town, moody: MoodyChannel, everybody: bool, longest: float) -> None:  # noqa: FBT001
    moody.moods["siti"] = [NotNow(1.5, everybody=everybody) for _ in range(12)]
    await town.is_to_read("hers")
    now, pauses = [0.0], list[float]()
    sender = town.sender(wall=lambda: now[0], rate_limiter=RateLimiter(now=lambda: now[0], sleep=_at_once))
    for _ in range(12):
        await sends(sender)
        [until] = await waits_until(town)
        pauses.append(until - now[0])
        now[0] = until
    assert pauses[:4] == [1.5, 3.0, 6.0, 12.0]
    assert max(pauses) == longest


async def _at_once(seconds: float) -> None:
    """Nobody waits in a test."""


async def test_when_the_whole_channel_must_pause_the_pace_is_told(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [NotNow(4, everybody=True)]
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    rate_limiter = RateLimiter(now=lambda: 0.0, sleep=wait)
    await town.is_to_read("hers")
    sender = town.sender(rate_limiter=rate_limiter)
    await sends(sender)
    await town.is_to_read("his", "budi")
    await sends(sender)
    [seconds] = waited
    assert 4 <= seconds < 4 + TOGETHER_SECONDS


async def test_a_chat_that_blocked_the_bot_is_left_alone(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [NeverAgain("blocked")]
    await town.is_to_read("first")
    await town.is_to_read("second")
    await town.is_to_read("his", "budi")
    await sends(town.sender())
    assert await town.unsent() == [("siti", "failed"), ("siti", "failed"), ("budi", "sent")]


async def test_a_chat_that_comes_back_is_written_to_again(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [NeverAgain("blocked")]
    await town.is_to_read("first")
    await sends(town.sender())
    await town.is_to_read("second")
    await sends(town.sender())
    assert moody.texts("siti") == ["second"]


async def test_a_message_that_can_never_be_sent_is_skipped(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [Impossible("empty")]
    await town.is_to_read("first")
    await town.is_to_read("second")
    await sends(town.sender())
    assert await town.unsent() == [("siti", "failed"), ("siti", "sent")]


async def test_a_message_that_no_version_wrote_is_skipped(town: Town) -> None:
    await town.is_to_read("first")
    await town.is_to_read("second")
    async with town.database.writing() as connection:
        await connection.execute(text("UPDATE outbox SET message = '[]' WHERE id = 1"))
    await asyncio.wait_for(sends(town.sender()), timeout=PATIENCE_SECONDS)
    assert await town.unsent() == [("siti", "failed"), ("siti", "sent")]


async def test_a_fault_of_ours_in_sending_waits_like_any_other(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [KeyError("chat"), OSError("broken pipe")]
    await town.is_to_read("hers")
    now, tried = [0.0], list[int]()
    sender = town.sender(wall=lambda: now[0])
    for now[0] in (0.0, 0.5, 1.0, 2.0, 3.0):
        await sends(sender)
        tried.append(len(moody.tried))
    assert tried == [1, 1, 2, 2, 3]


# Edits --------------------------------------------------------------------------------------------------------


async def test_an_edit_aims_at_the_message_it_names(town: Town) -> None:
    await town.is_to_read("another")
    await town.is_to_read("the card", ref="7.0")
    await town.is_to_read("the card, changed", edits="7.0")
    await sends(town.sender())
    assert town.channel.sent[-1][1].target == "2"


async def test_an_edit_aims_at_what_was_sent_in_the_place_of_a_message_that_is_gone(town: Town) -> None:
    await town.is_to_read("the card", ref="7.0")
    await town.is_to_read("sent anew", edits="7.0")
    await town.is_to_read("changed once more", edits="7.0")
    await sends(town.sender())
    assert [outgoing.target for _, outgoing in town.channel.sent] == ["", "1", "2"]


async def test_an_edit_of_what_never_arrived_has_nothing_to_aim_at(town: Town, moody: MoodyChannel) -> None:
    moody.moods["siti"] = [Impossible("empty")]
    await town.is_to_read("the card", ref="7.0")
    await town.is_to_read("the card, changed", edits="7.0")
    await sends(town.sender())
    assert [outgoing.target for _, outgoing in moody.sent] == [""]


# Once, also when something fails -------------------------------------------------------------------------------


async def test_what_a_dead_process_left_is_sent_by_the_next(town: Town) -> None:
    stuck = town.channel = StuckChannel()
    await town.is_to_read("hers")
    dead = town.sender()
    await dead.send_waiting()
    await stuck.asked.wait()
    for task in dead._in_flight.values():
        task.cancel()
    await dead.settle()
    stuck.let_go.set()
    await sends(town.sender())
    assert stuck.texts("siti") == ["hers"]


class RefusingDatabase(Database):
    """Takes nothing, so many times."""

    refusals = 3

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        if self.refusals:
            self.refusals -= 1
            raise OSError("the disk is full")
        async with super().writing() as connection:
            yield connection


async def test_a_message_is_sent_once_although_the_database_does_not_take_what_became_of_it(
    town: Town, database_url: str
) -> None:
    await town.is_to_read("hers")
    database = RefusingDatabase(database_url)
    sender = town.sender(database=database)
    while database.refusals:
        await sender.send_waiting()
        await asyncio.sleep(0)
    await sender.settle()
    await sends(sender)
    await database.close()
    assert (town.channel.texts("siti"), await town.unsent()) == (["hers"], [("siti", "sent")])


class HesitantDatabase(Database):
    """Has read, but does not say so until it is let go."""

    def hesitate(self) -> None:
        self.has_read, self.let_go = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        async with super().reading() as connection:
            yield connection
        if hasattr(self, "has_read"):
            self.has_read.set()
            await self.let_go.wait()


async def test_what_lands_while_the_outbox_is_read_is_not_sent_again(town: Town, database_url: str) -> None:
    stuck = town.channel = StuckChannel()
    database = HesitantDatabase(database_url)
    await town.is_to_read("hers")
    sender = town.sender(database=database)
    await sender.send_waiting()
    await stuck.asked.wait()
    database.hesitate()
    looking = asyncio.create_task(sender.send_waiting())
    await database.has_read.wait()
    stuck.let_go.set()
    await sender.settle()
    database.let_go.set()
    begun = await looking
    await sender.settle()
    await database.close()
    assert (begun, stuck.texts("siti")) == (0, ["hers"])


async def test_a_sender_that_is_told_to_end_begins_nothing_more(town: Town) -> None:
    stuck = town.channel = StuckChannel()
    await town.is_to_read("hers")
    await town.is_to_read("his", "budi")
    rate_limiter = RateLimiter(most=1, seconds=3600.0)
    running = asyncio.create_task(town.sender(rate_limiter=rate_limiter).run())
    await stuck.asked.wait()
    running.cancel()
    stuck.let_go.set()
    await asyncio.wait({running})
    assert [chat for chat, _ in stuck.sent] == ["siti"]
    assert sorted(await town.unsent()) == [("budi", "new"), ("siti", "sent")]


async def test_a_sender_that_is_told_to_end_writes_down_what_is_on_its_way(town: Town) -> None:
    stuck = town.channel = StuckChannel()
    await town.is_to_read("hers")
    running = asyncio.create_task(town.sender().run())
    await stuck.asked.wait()
    running.cancel()
    stuck.let_go.set()
    with suppress(asyncio.CancelledError):
        await running
    assert await town.unsent() == [("siti", "sent")]


async def test_a_sender_that_is_told_to_end_does_not_wait_for_ever(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.messaging.sender.END_WITHIN_SECONDS", 0)
    stuck = town.channel = StuckChannel()
    await town.is_to_read("hers")
    sender = town.sender()
    running = asyncio.create_task(sender.run())
    await stuck.asked.wait()
    running.cancel()
    await asyncio.wait({running}, timeout=PATIENCE_SECONDS)
    await sender.settle()
    assert (running.cancelled(), await town.unsent()) == (True, [("siti", "new")])


async def test_running_goes_on_when_the_outbox_cannot_be_read(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = iter([OSError("the disk's"), ZeroDivisionError("ours")])
    look = Sender.send_waiting

    async def send_waiting(self: Sender) -> int:
        for fault in faults:
            raise fault
        return await look(self)

    monkeypatch.setattr(Sender, "send_waiting", send_waiting)
    await town.is_to_read("hers")
    running = asyncio.create_task(town.sender().run(look_every_seconds=0))
    while not town.channel.sent:
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert town.channel.texts("siti") == ["hers"]


def test_the_clock_of_pauses_does_not_jump_with_the_machines() -> None:
    wall = steady_wall()
    before = wall()
    with time_machine.travel(0, tick=False):
        assert wall() >= before
