"""A bot of ours at the fake Telegram, and polling that does not wait long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from bot.channels.telegram.connect import LaporBot, make_bot
from bot.channels.telegram.patience import TelegramTimeouts
from bot.channels.telegram.polling import Polling, PollingState
from bot.messaging.outbox_message import Keyboard, OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.ports import Inbox
from tests.fakes.telegram import FakeTelegram
from tests.patience import PATIENCE_SECONDS

SHORT = TelegramTimeouts(poll=5, conflict=0.6, first_pause=0.02, longest_pause=0.1, longest_commit_pause=0.1)
KIRIM = WordedButton("Kirim", "send@t1")


@asynccontextmanager
async def connected(telegram: FakeTelegram) -> AsyncIterator[LaporBot]:
    """A bot that knows who it is."""
    bot = make_bot(telegram.token, telegram.url)
    await bot.initialize()
    try:
        yield bot
    finally:
        await bot.shutdown()


@asynccontextmanager
async def polling(telegram: FakeTelegram, inbox: Inbox, patience: TelegramTimeouts = SHORT) -> AsyncIterator[Polling]:
    """Polling that runs; what ends it is raised at the end."""
    bot = make_bot(telegram.token, telegram.url)
    poll = Polling(bot, inbox, patience=patience)
    await poll.start()
    running = asyncio.create_task(poll.run())
    try:
        yield poll
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await bot.shutdown()


async def becomes(poll: Polling, state: PollingState, within_seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until it stands so with Telegram."""
    await until(lambda: poll.state is state, within_seconds)


async def until(condition: Callable[[], bool], within_seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds that nobody announces."""
    async with asyncio.timeout(within_seconds):
        while not condition():
            await asyncio.sleep(0.005)


def a_message(text: str = "Laporan Anda", *buttons: WordedButton, keyboard: Keyboard | None = None) -> OutboxMessage:
    """A message, with one row of buttons if any."""
    where = keyboard or (Keyboard.INLINE if buttons else Keyboard.NONE)
    return OutboxMessage(OutboxMessageKind.MESSAGE, text, (buttons,) if buttons else (), where)


def an_edit(target: str, text: str = "Laporan Anda", *buttons: WordedButton) -> OutboxMessage:
    """An edit of an earlier message."""
    where = Keyboard.INLINE if buttons else Keyboard.NONE
    return OutboxMessage(OutboxMessageKind.EDIT, text, (buttons,) if buttons else (), where, target)


def an_answer(target: str, text: str = "") -> OutboxMessage:
    """The end of a press's waiting."""
    return OutboxMessage(OutboxMessageKind.ANSWER, text, target=target)
