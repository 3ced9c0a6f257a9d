"""Fetching updates: nothing is acknowledged before it is committed, whatever goes wrong."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.telegram.polling import PollingState
from bot.conversation.events import Event, Said
from tests.fakes.inbox import ReluctantInbox, RememberingInbox, StuckInbox
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Temper
from tests.integration.telegram.bots import becomes, polling, until
from tests.patience import PATIENCE_SECONDS

type Json = dict[str, Any]


def words(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Said)]


async def test_a_batch_is_committed_at_once_and_in_order() -> None:
    async with FakeTelegram() as telegram:
        siti = telegram.citizen()
        for number in range(150):
            await siti.says(f"pesan {number}")
        inbox = RememberingInbox()
        async with polling(telegram, inbox):
            taken = await inbox.holds(150)
        assert words([arrival.event for arrival in taken]) == [f"pesan {number}" for number in range(150)]
        assert [len(batch) for batch in inbox.batches] == [100, 50]


async def test_nothing_is_acknowledged_before_it_is_committed() -> None:
    async with FakeTelegram() as telegram:
        inbox = StuckInbox()
        async with polling(telegram, inbox):
            await telegram.citizen().says("lampu mati")
            await asyncio.wait_for(inbox.asked.wait(), PATIENCE_SECONDS)
            assert len(telegram.world.updates.unconfirmed) == 1
            inbox.let_go.set()
            await inbox.holds(1)
            await until(lambda: not telegram.world.updates.unconfirmed)


async def test_what_was_not_committed_when_it_ended_comes_again() -> None:
    async with FakeTelegram() as telegram:
        stuck, inbox = StuckInbox(), RememberingInbox()
        await telegram.citizen().says("lampu mati")
        async with polling(telegram, stuck):
            await asyncio.wait_for(stuck.asked.wait(), PATIENCE_SECONDS)
        async with polling(telegram, inbox):
            assert words([arrival.event for arrival in await inbox.holds(1)]) == ["lampu mati"]


@pytest.mark.parametrize("error", [None, RuntimeError("INSERT ... 'lampu mati'")])
async def test_an_inbox_that_fails_is_asked_again_until_it_takes_all(
    error: Exception | None, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FakeTelegram() as telegram:
        inbox = ReluctantInbox(4, error)
        async with polling(telegram, inbox):
            await telegram.citizen().says("lampu mati")
            assert len(await inbox.holds(1)) == 1
        assert inbox.tries == 5
        assert "lampu mati" not in caplog.text + "".join(capsys.readouterr())


async def test_the_same_update_twice_is_the_same_arrival() -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        async with polling(telegram, inbox):
            siti = telegram.citizen()
            await siti.says("lampu mati")
            first = (await inbox.holds(1))[0]
            telegram.resend_update(first.sequence)
            await siti.says("sudah lama")
            await inbox.holds(2)
        again = [arrival for batch in inbox.batches for arrival in batch]
        assert [arrival.update_id for arrival in again].count(first.update_id) == 2
        assert again.count(first) == 2


async def test_an_update_that_cannot_be_read_holds_nobody_up() -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        async with polling(telegram, inbox) as poll:
            telegram.send_update("message", {"message_id": "none", "rubbish": []})
            telegram.send_update("a_kind_of_next_year", {})
            await telegram.citizen().says("lampu mati")
            assert words([arrival.event for arrival in await inbox.holds(1)]) == ["lampu mati"]
            assert poll.state is PollingState.POLLING


async def test_only_the_kinds_that_are_heard_are_asked_for() -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        async with polling(telegram, inbox):
            await telegram.citizen().says("lampu mati")
            await inbox.holds(1)
        assert telegram.world.updates.allowed == {
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
        }
        assert not telegram.calls_of("deleteWebhook")


@pytest.mark.parametrize("temper", [Temper.HALF, Temper.LOST])
async def test_half_an_answer_is_asked_for_again(temper: Temper, caplog: pytest.LogCaptureFixture) -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        telegram.fail("getUpdates", temper, times=2)
        await telegram.citizen().says("lampu mati")
        async with polling(telegram, inbox):
            assert len(await inbox.holds(1)) == 1
        assert not any(word in caplog.text for word in (telegram.token, "lampu mati"))


@pytest.mark.parametrize(
    ("status", "state"),
    [(500, PollingState.UNREACHABLE), (502, PollingState.UNREACHABLE), (401, PollingState.REFUSED)],
)
async def test_trouble_shows_and_ends(status: int, state: PollingState) -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        async with polling(telegram, inbox) as poll:
            telegram.refuse("getUpdates", status, times=float("inf"))
            await telegram.citizen().says("lampu mati")
            await becomes(poll, state)
            telegram.mend()
            await becomes(poll, PollingState.POLLING)
            await telegram.citizen().says("jalan rusak")
            assert len(await inbox.holds(2)) == 2


async def test_a_telegram_that_wants_fewer_calls_gets_fewer() -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        telegram.refuse("getUpdates", 429, retry_after=1)
        await telegram.citizen().says("lampu mati")
        async with polling(telegram, inbox):
            await inbox.holds(1)
        refused, taken = telegram.calls_of("getUpdates")[:2]
        assert taken.at - refused.at >= 1


async def test_a_telegram_that_went_away_is_found_again() -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        async with polling(telegram, inbox) as poll:
            await telegram.stop()
            await becomes(poll, PollingState.UNREACHABLE)
            await telegram.start()
            await telegram.citizen().says("lampu mati")
            assert len(await inbox.holds(1)) == 1
            assert poll.state is PollingState.POLLING


async def test_neither_token_nor_words_reach_the_log(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG", "bot")
    async with FakeTelegram() as telegram:
        telegram.refuse("getUpdates", 502, description="lampu mati")
        telegram.fail("getUpdates", Temper.HALF)
        inbox = ReluctantInbox(1)
        await telegram.citizen().says("lampu mati")
        async with polling(telegram, inbox):
            await inbox.holds(1)
        written = caplog.text + "".join(capsys.readouterr())
        assert not any(word in written for word in (telegram.token, "lampu mati"))
