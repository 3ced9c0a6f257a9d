"""What stops the start with one sentence, and what does not stop it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.channels.telegram.connect import make_bot
from bot.channels.telegram.menus import set_menus
from bot.channels.telegram.patience import TelegramTimeouts
from bot.channels.telegram.polling import Polling, PollingState
from bot.channels.telegram.start import CannotStart
from tests.fakes.inbox import RememberingInbox
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Temper
from tests.integration.telegram.bots import SHORT, becomes, connected, polling, until
from tests.patience import PATIENCE_SECONDS


async def refusal_of(telegram: FakeTelegram, token: str | None = None, patience: TelegramTimeouts = SHORT) -> str:
    """The sentence that ends the start."""
    bot = make_bot(token or telegram.token, telegram.url)
    poll = Polling(bot, RememberingInbox(), patience=patience)
    try:
        await poll.start()
        await asyncio.wait_for(poll.run(), PATIENCE_SECONDS)
    except CannotStart as refused:
        return str(refused)
    finally:
        await bot.shutdown()
    return "it ended without a word"


@pytest.mark.parametrize("token", ["700123:wrong", "no-token-at-all"])
async def test_a_wrong_token_ends_the_start_and_is_not_repeated(token: str) -> None:
    async with FakeTelegram() as telegram:
        sentence = await refusal_of(telegram, token)
        assert "LAPOR_TELEGRAM_TOKEN" in sentence
        assert token not in sentence


async def test_a_webhook_set_elsewhere_ends_the_start_and_is_left_alone() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as other:
        await other.set_webhook("https://other.example/secret-path")
        sentence = await refusal_of(telegram)
        assert "other.example" in sentence
        assert "secret-path" not in sentence
        assert (await other.get_webhook_info()).url == "https://other.example/secret-path"


async def test_another_process_that_fetches_ends_the_start_in_the_end() -> None:
    async with FakeTelegram() as telegram:
        telegram.refuse("getUpdates", 409, times=float("inf"))
        assert "Another process" in await refusal_of(telegram)
        calls = telegram.calls_of("getUpdates")
        assert calls[-1].at - calls[0].at >= SHORT.conflict


async def test_two_that_fetch_at_once_find_each_other() -> None:
    settled = replace(SHORT, conflict=0.0, first_pause=0.1)
    async with FakeTelegram() as telegram, polling(telegram, RememberingInbox(), settled) as first:
        await telegram.citizen().says("lampu mati")
        await until(lambda: not telegram.world.updates.unconfirmed)
        assert "Another process" in await refusal_of(telegram)
        await telegram.citizen().says("jalan rusak")
        await becomes(first, PollingState.POLLING)


async def test_another_process_that_is_just_ending_is_waited_for() -> None:
    async with FakeTelegram() as telegram:
        telegram.refuse("getUpdates", 409, times=3)
        inbox = RememberingInbox()
        async with polling(telegram, inbox) as poll:
            await becomes(poll, PollingState.CONFLICT)
            await telegram.citizen().says("lampu mati")
            await inbox.holds(1)
            assert poll.state is PollingState.POLLING


async def test_another_process_that_comes_later_shows_but_ends_nothing() -> None:
    async with FakeTelegram() as telegram:
        inbox = RememberingInbox()
        async with polling(telegram, inbox, replace(SHORT, conflict=0.0)) as poll:
            await telegram.citizen().says("lampu mati")
            await inbox.holds(1)
            telegram.refuse("getUpdates", 409, times=20)
            await telegram.citizen().says("jalan rusak")
            await becomes(poll, PollingState.CONFLICT)
            telegram.mend()
            await inbox.holds(2)
            await becomes(poll, PollingState.POLLING)


async def test_a_telegram_out_of_reach_does_not_stop_the_start() -> None:
    telegram = FakeTelegram()
    async with telegram:
        pass
    inbox = RememberingInbox()
    async with polling(telegram, inbox) as poll:
        assert poll.state is PollingState.UNREACHABLE
        async with telegram:
            await telegram.citizen().says("lampu mati")
            await inbox.holds(1)
            await becomes(poll, PollingState.POLLING)


async def test_a_silent_telegram_does_not_hold_up_the_start() -> None:
    async with FakeTelegram() as telegram:
        telegram.fail("getMe", Temper.SILENT)
        inbox = RememberingInbox()
        await telegram.citizen().says("lampu mati")
        async with polling(telegram, inbox, replace(SHORT, start=0.05)) as poll:
            assert poll.state is PollingState.UNREACHABLE
            await inbox.holds(1)


async def test_a_wrong_token_that_shows_late_ends_the_run() -> None:
    telegram = FakeTelegram()
    async with telegram:
        pass
    bot = make_bot("700123:wrong", telegram.url)
    poll = Polling(bot, RememberingInbox(), patience=SHORT)
    await poll.start()
    async with telegram:
        with pytest.raises(CannotStart):
            await asyncio.wait_for(poll.run(), PATIENCE_SECONDS)
    await bot.shutdown()


async def test_menus_are_set_for_each_language_in_private_chats() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        await set_menus(bot, {"id": [("lapor", "Buat laporan")], "en": [("lapor", "Make a report")]})
        laporan = [{"command": "lapor", "description": "Buat laporan"}]
        report = [{"command": "lapor", "description": "Make a report"}]
        scope = "all_private_chats"
        assert telegram.world.menus == {(scope, ""): laporan, (scope, "id"): laporan, (scope, "en"): report}
