"""A talk by WhatsApp: real delivery on SQLite, and a Cloud API that brings every message twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

from httpx import ASGITransport, AsyncClient

from actions.cases.case import Case
from actions.regency.prices import Prices
from actions.store.engine.database import Database
from bot.channels.declaration import ChannelState
from bot.channels.meta.declaration import WHATSAPP, WINDOW, open_whatsapp
from bot.channels.meta.settings import WhatsAppSettings
from bot.messaging.channel_inbox import ChannelInbox
from bot.messaging.inbox import SqlInbox
from bot.messaging.message_receipts import SqlReceipts
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.reply_gate import ReplyGate, budget_of
from bot.messaging.sender import Sender
from bot.web.shared.app import make_app
from tests.fakes.channel_context import a_context
from tests.fakes.whatsapp import SITI, FakeWhatsApp, asks_for_place, choices_of, is_list, words_of
from tests.talks.acts import (
    Act,
    DaysPass,
    OfficeActs,
    Presses,
    Restarts,
    Says,
    SendsFiles,
    SendsSticker,
    SharesPlace,
    TimePasses,
)
from tests.talks.database import all_cases, before_the_talk, days_pass, new_database, office_acts
from tests.talks.messages import Message
from tests.talks.plain_text import A_LOOK
from tests.talks.worker import a_worker
from tests.talks.world import World

MORE = "Pilihan lain"
NO_PRICES = Prices()
NUMBER = re.compile(r"^\d+\. ")
LINE = re.compile(r"\d+\) (.+)")
FILES: Mapping[str, str] = {"photo": "image", "video": "video", "voice": "audio", "document": "document"}


def settings_of(provider: FakeWhatsApp) -> WhatsAppSettings:
    """Those that open the channel over this provider."""
    return WhatsAppSettings(_env_file=None, **provider.settings)


class WhatsAppStage:
    """Where a talk is held over HTTP. A press of what stands behind *Pilihan lain* opens that first, as she would."""

    def __init__(self, world: World, prices: Prices = NO_PRICES) -> None:
        self._world = world
        self._prices = prices
        self.provider = FakeWhatsApp(lambda: world.clock().timestamp())
        self._choices: dict[str, tuple[str, bool]] = {}
        self._read_until = 0

    async def opens(self) -> None:
        """Begin."""
        self._file = await new_database()
        await self.provider.__aenter__()
        await self._start()
        await before_the_talk(self._world, self._database)

    @property
    def database(self) -> Database:
        """Where everything is."""
        return self._database

    @property
    def clock(self) -> Callable[[], datetime]:
        """What time it is there."""
        return self._world.clock

    @property
    def web(self) -> AsyncClient:
        """Where the provider posts."""
        return self._web

    @property
    def state(self) -> ChannelState:
        """How it stands with the channel."""
        return self._opened.state()

    async def closes(self) -> None:
        """End."""
        await self._running.aclose()
        await self.provider.__aexit__(None, None, None)
        self._file.unlink()

    async def _start(self) -> None:
        self._running = AsyncExitStack()
        self._database = Database(f"sqlite:///{self._file}")
        self._running.push_async_callback(self._database.close)
        clock, name = self._world.clock, WHATSAPP.name
        inbox = ChannelInbox(SqlInbox(self._database, clock, lambda: None, frozenset({name})), name)
        service = replace(self._world.service(), database=self._database)
        receipts = SqlReceipts(self._database, name, clock)
        context = a_context(settings_of(self.provider), inbox, clock, receipts=receipts, documents=service.documents)
        self._opened = opened = await self._running.enter_async_context(open_whatsapp(context))
        transport = ASGITransport(make_app(list(opened.routers)))
        self._web = await self._running.enter_async_context(AsyncClient(transport=transport, base_url="http://lapor"))
        self._worker = a_worker(service, {name: opened.channel}, self._world.understanding_service())
        self._sender = Sender(
            self._database,
            opened.channel,
            RateLimiter(),
            self._sent_at,
            has_receipts=True,
            charges=WHATSAPP.abilities.charges,
            gate=ReplyGate(self._database, WINDOW, budget_of(name, self._prices)),
            free_a_month=self._prices.free.get(name, 0),
        )

    def _sent_at(self) -> float:
        """Before she reads it, while the clock of a talk stands still."""
        return (self._world.clock() - A_LOOK).timestamp()

    async def cases(self) -> list[Case]:
        """All that was filed."""
        return await all_cases(self._database)

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these; several are read by the service at once."""
        for command in commands:
            await self._does(command)
        return await self.reads()

    async def reads(self) -> list[Message]:
        """What the service answers to all that came."""
        while await self._worker.work_batch():
            pass
        await self.sends()
        return self._news()

    async def sends(self) -> None:
        """Send what waits."""
        while await self._sender.send_waiting():
            await self._sender.settle()

    def _news(self) -> list[Message]:
        news = self.provider.sent[self._read_until :]
        self._read_until += len(news)
        assert all(one["to"] == SITI for one in news)
        read = [_message(one) for one in news]
        if any(choices_of(one) for one in news):
            self._choices = {words: (press, is_list(one)) for one in news for words, press in _labelled(one)}
        return read

    async def _does(self, command: Act) -> None:
        match command:
            case Says():
                await self._posts(self.provider.said(command.text))
            case Presses():
                await self._presses(command.label)
            case SharesPlace():
                await self._posts(
                    self.provider.message("location", {"latitude": command.lat, "longitude": command.lon})
                )
            case SendsFiles():
                for number in range(command.count):
                    caption = command.caption if number == 0 else ""
                    content = {"id": self.provider.new_file(b"file"), "caption": caption}
                    await self._posts(self.provider.message(FILES[command.kind], content))
            case SendsSticker():
                await self._posts(self.provider.message("sticker", {"id": "1", "mime_type": "image/webp"}))
            case _:
                await self._happens(command)

    async def _happens(self, command: Act) -> None:
        match command:
            case TimePasses():
                self._world.clock.passes(command.span)
            case OfficeActs():
                await office_acts(self._world, self._database, command)
            case DaysPass():
                await days_pass(self._world, self._database, command.days, self.sends)
            case Restarts():
                await self._running.aclose()
                await self._start()
            case _:
                raise TypeError(f"nobody can do that in WhatsApp: {command}")

    async def _presses(self, label: str) -> None:
        """A button that she sees; one that stands behind another is looked for there first."""
        while label not in self._choices and MORE in self._choices:
            await self._press(MORE)
            await self.reads()
        await self._press(label)

    async def _press(self, label: str) -> None:
        if label not in self._choices:
            await self._posts(self.provider.said(label))
            return
        press, in_list = self._choices[label]
        await self._posts(self.provider.pressed(press, label, in_list=in_list))

    async def _posts(self, message: dict[str, Any]) -> None:
        assert await self.provider.posts(self._web, message, name=self._world.settings.name, times=2) == [200, 200]


def _labelled(sent: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What she can press, in whole words, and what that says; the number before a row is left out."""
    return [(NUMBER.sub("", words), press) for words, press in choices_of(sent)]


def _message(sent: Mapping[str, Any]) -> Message:
    """A message as she reads it; what else can be pressed where a position is asked for are lines of it."""
    labels = [words for words, _ in _labelled(sent)]
    lines = words_of(sent).split("\n")
    while asks_for_place(sent) and (button := LINE.fullmatch(lines[-1])):
        labels.insert(0, button[1])
        lines.pop()
    return Message("\n".join(lines), tuple(labels))
