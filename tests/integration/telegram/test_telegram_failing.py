"""Sending that fails, and what the outbox is told to do about it."""

from __future__ import annotations

import pytest

from bot.channels.telegram.connect import make_bot
from bot.channels.telegram.outgoing import TelegramChannel
from bot.messaging.outbox_message import OutboxMessage, WordedButton
from bot.messaging.ports import Impossible, NeverAgain, NotNow, SendingFailed
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import Temper
from tests.integration.telegram.bots import a_message, connected


async def test_a_citizen_who_blocked_the_bot_is_left_alone() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        await siti.blocks_bot()
        with pytest.raises(NeverAgain):
            await TelegramChannel(bot).send(str(siti.id), a_message())


async def test_a_chat_that_does_not_exist_is_given_up() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        with pytest.raises(NeverAgain):
            await TelegramChannel(bot).send("404", a_message())


@pytest.mark.parametrize(
    "outgoing",
    [
        a_message(" "),
        a_message("Kartu", WordedButton("Kirim", "x" * 65)),
        a_message("Kartu", WordedButton(" ", "x")),
    ],
)
async def test_a_message_that_telegram_never_takes_is_impossible(outgoing: OutboxMessage) -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        with pytest.raises(Impossible):
            await TelegramChannel(bot).send(str(siti.id), outgoing)


async def test_too_many_messages_wait_as_long_as_telegram_says() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti = telegram.citizen()
        await siti.says("/start")
        telegram.refuse("sendMessage", 429, retry_after=17)
        with pytest.raises(NotNow) as caught:
            await TelegramChannel(bot).send(str(siti.id), a_message())
        assert (caught.value.seconds, caught.value.everybody) == (17, False)


async def test_a_chat_gets_no_more_than_its_share() -> None:
    async with FakeTelegram() as telegram, connected(telegram) as bot:
        siti, channel = telegram.citizen(), TelegramChannel(bot)
        await siti.says("/start")
        telegram.limit_sending(2)
        await channel.send(str(siti.id), a_message())
        await channel.send(str(siti.id), a_message())
        with pytest.raises(NotNow):
            await channel.send(str(siti.id), a_message())


async def failure_of(telegram: FakeTelegram, text: str = "Laporan Anda") -> SendingFailed:
    """What sending raises."""
    siti = telegram.citizen()
    await siti.says("/start")
    async with connected(telegram) as bot:
        bot.request._read = 0.2  # type: ignore[attr-defined]
        with pytest.raises(SendingFailed) as caught:
            await TelegramChannel(bot).send(str(siti.id), a_message(text))
    return caught.value


@pytest.mark.parametrize("temper", [Temper.SILENT, Temper.HALF, Temper.LOST])
async def test_an_answer_that_does_not_come_whole_means_later(temper: Temper) -> None:
    async with FakeTelegram() as telegram:
        telegram.fail("sendMessage", temper)
        failure = await failure_of(telegram)
        assert isinstance(failure, NotNow)
        assert (failure.seconds, failure.everybody) == (1, False)


@pytest.mark.parametrize("status", [500, 502, 409])
async def test_a_telegram_in_trouble_means_later(status: int) -> None:
    async with FakeTelegram() as telegram:
        telegram.refuse("sendMessage", status)
        assert isinstance(await failure_of(telegram), NotNow)


async def test_a_telegram_out_of_reach_makes_everybody_wait_and_shows_nothing() -> None:
    telegram = FakeTelegram()
    async with telegram:
        pass
    bot = make_bot(telegram.token, telegram.url)
    await bot.request.initialize()
    with pytest.raises(NotNow) as caught:
        await TelegramChannel(bot).send("1", a_message("lampu mati"))
    await bot.request.shutdown()
    assert caught.value.everybody
    assert not any(word in str(caught.value) for word in (telegram.token, "lampu"))
