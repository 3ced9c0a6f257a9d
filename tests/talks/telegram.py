"""A talk in Telegram: real delivery on SQLite, our polling and sending, and the fake Telegram over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from actions.cases.case import Case
from actions.store.engine.database import Database
from bot.channels.telegram.connect import LaporBot, make_bot
from bot.channels.telegram.outgoing import TelegramChannel
from bot.channels.telegram.polling import Polling, TelegramTimeouts
from bot.messaging.batching import BatchInterval
from bot.messaging.inbox import SqlInbox
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from bot.messaging.turns import TurnWorker
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import FakeChat, Meaning, inline, labels
from tests.patience import PATIENCE_SECONDS
from tests.talks.acts import (
    Act,
    BringsBotIntoGroup,
    DaysPass,
    Edits,
    OfficeActs,
    Presses,
    Replies,
    Restarts,
    Says,
    SaysInGroup,
    SendsFiles,
    SendsSticker,
    SharesPlace,
    TimePasses,
)
from tests.talks.database import all_cases, before_the_talk, days_pass, new_database, office_acts
from tests.talks.messages import Message
from tests.talks.worker import a_worker
from tests.talks.world import World

PATIENCE = TelegramTimeouts(poll=5, conflict=5, first_pause=0.01, longest_pause=0.1, longest_commit_pause=0.1)
NO_NAME = " "
"""Telegram asks for a first name; this is as good as none."""


def at_once(polling: Polling) -> Polling:
    """The same, but a batch begins when the one before has ended: here nobody writes beside her."""
    polling._batch_interval = BatchInterval(sleep=lambda _: asyncio.sleep(0))
    return polling


class TelegramStage:
    """Where a talk is held over HTTP."""

    _database: Database
    _bot: LaporBot
    _worker: TurnWorker
    _sender: Sender
    _polling: asyncio.Task[None]

    def __init__(self, world: World, url: str = "") -> None:
        """`url`: of an empty database; without one the talk has a SQLite file of its own."""
        self._world = world
        self._url = url
        self._file: Path | None = None
        self._telegram = FakeTelegram(clock=lambda: world.clock().timestamp())
        settings = world.settings
        self._siti = self._telegram.citizen(settings.name or NO_NAME, language=settings.language or None)
        self._group: FakeChat | None = None
        self._sent: list[int] = []
        self._read: dict[int, int] = {}
        self._buttons: dict[str, tuple[int, str]] = {}
        self._steps = 0
        self.letters_left: list[int] = []

    @property
    def unanswered_presses(self) -> set[str]:
        """Pressed buttons that still turn."""
        return self._telegram.world.waiting_presses

    async def opens(self) -> None:
        """Begin."""
        if not self._url:
            self._file = await new_database()
            self._url = f"sqlite:///{self._file}"
        await self._telegram.start()
        await self._start()
        await before_the_talk(self._world, self._database)

    async def closes(self) -> None:
        """End."""
        await self._stop()
        await self._telegram.stop()
        if self._file:
            self._file.unlink()

    async def _start(self) -> None:
        self._database = Database(self._url)
        self._bot = make_bot(self._telegram.token, self._telegram.url)
        service = replace(self._world.service(), database=self._database)
        channel = TelegramChannel(self._bot)
        self._worker = a_worker(service, {channel.name: channel}, self._world.understanding_service())
        self._sender = Sender(self._database, channel, RateLimiter())
        inbox = SqlInbox(self._database, self._world.clock, lambda: None)
        polling = at_once(Polling(self._bot, inbox, clock=self._world.clock, patience=PATIENCE))
        await polling.start()
        self._polling = asyncio.create_task(polling.run())

    async def _stop(self) -> None:
        self._polling.cancel()
        with suppress(asyncio.CancelledError):
            await self._polling
        await self._bot.shutdown()
        await self._database.close()

    async def cases(self) -> list[Case]:
        """All that was filed."""
        return await all_cases(self._database)

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these, all of which the service finds in its inbox at once."""
        for command in commands:
            await self._does(command)
        await self._all_is_in_the_inbox()
        while await self._worker.work_batch():
            pass
        await self._all_is_sent()
        news = self._news()
        self._look_below(news)
        return news

    async def _all_is_sent(self) -> None:
        while await self._sender.send_waiting():
            await self._sender.settle()

    def _look_below(self, news: Sequence[Message]) -> None:
        """Note the steps after which buttons stand where the letters are that the last message did not bring."""
        below = tuple(labels(self._siti.private.letters))
        if below and news and news[-1].labels != below:
            self.letters_left.append(self._steps)
        self._steps += 1

    async def _does(self, command: Act) -> None:
        match command:
            case Says():
                self._sent.append(await self._siti.says(command.text))
            case Presses():
                await self._presses(command)
            case SharesPlace():
                await self._siti.shares_place(command.lat, command.lon)
            case SendsFiles():
                await self._sends(command)
            case SendsSticker():
                self._sent.append(await self._siti.sends_sticker())
            case Replies():
                message_id, _ = self._buttons[command.label]
                self._sent.append(await self._siti.says(command.text, reply_to=message_id))
            case Edits():
                await self._siti.edits(self._sent[command.number - 1], command.text)
            case _:
                await self._does_around(command)

    async def _does_around(self, command: Act) -> None:
        match command:
            case BringsBotIntoGroup():
                self._group = self._telegram.group()
                await self._siti.adds_bot(self._group)
            case SaysInGroup():
                await self._siti.says(command.text, chat=self._group)
            case TimePasses():
                self._world.clock.passes(command.span)
            case OfficeActs():
                await office_acts(self._world, self._database, command)
            case DaysPass():
                await days_pass(self._world, self._database, command.days, self._all_is_sent)
            case Restarts():
                await self._stop()
                await self._start()

    async def _presses(self, command: Presses) -> None:
        if command.old:
            message_id, data = self._buttons[command.label]
            await self._siti.presses_data(data, message_id=message_id)
        elif not await self._siti.presses(command.label):
            self._sent.append(max(self._siti.private.messages))

    async def _sends(self, command: SendsFiles) -> None:
        match command.kind:
            case "photo" if command.count > 1:
                self._sent += await self._siti.sends_album(command.count, command.caption)
            case "photo":
                self._sent.append(await self._siti.sends_photo(command.caption))
            case "voice":
                self._sent.append(await self._siti.sends_voice())
            case "video":
                self._sent.append(await self._siti.sends_video(command.caption))
            case _:
                self._sent.append(await self._siti.sends_document(command.caption))

    async def _all_is_in_the_inbox(self) -> None:
        """An update that is confirmed was committed before."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._telegram.world.updates.unconfirmed:
                if self._polling.done():
                    self._polling.result()
                await asyncio.sleep(0.001)

    def _news(self) -> list[Message]:
        news = list[Meaning]()
        for chat in self._telegram.world.chats.values():
            news += chat.meaning[self._read.get(chat.id, 0) :]
            self._read[chat.id] = len(chat.meaning)
            for number, message in chat.messages.items():
                pressable = (button for row in inline(message) for button in row if "callback_data" in button)
                self._buttons |= {button["text"]: (number, button["callback_data"]) for button in pressable}
        return [Message(meaning.text, tuple(meaning.labels)) for meaning in news]
