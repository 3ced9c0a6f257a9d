"""A talk by SMS: real delivery on SQLite, and a gateway over HTTP that brings every message twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

from httpx import ASGITransport, AsyncClient

from actions.cases.case import Case
from actions.store.engine.database import Database
from bot.configuration.settings import Settings
from bot.main.sms_wiring import open_sms
from bot.messaging.inbox import SqlInbox
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from bot.web.shared.app import make_app
from tests.fakes.sms import FakeGateway
from tests.talks.acts import Act, Presses, Restarts, Says, SendsSticker, TimePasses
from tests.talks.database import all_cases, before_the_talk, new_database
from tests.talks.messages import Message
from tests.talks.worker import a_worker
from tests.talks.world import World

SITI = "+6281234567890"
PART = re.compile(r"(\d+)/(\d+) ")
BUTTON = re.compile(r"(\d+)\) (.+)")


class SmsStage:
    """Where a talk is held message by message."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._gateway = FakeGateway()
        self._numbers: dict[str, str] = {}

    async def opens(self) -> None:
        """Begin."""
        self._file = await new_database()
        await self._gateway.__aenter__()
        await self._start()
        await before_the_talk(self._world, self._database)

    @property
    def database(self) -> Database:
        """Where everything is."""
        return self._database

    async def closes(self) -> None:
        """End."""
        await self._running.aclose()
        await self._gateway.__aexit__(None, None, None)
        self._file.unlink()

    async def _start(self) -> None:
        self._running = AsyncExitStack()
        self._database = Database(f"sqlite:///{self._file}")
        self._running.push_async_callback(self._database.close)
        settings = Settings(_env_file=None, sms_gateway_url=self._gateway.url, sms_secret=self._gateway.secret)
        inbox = SqlInbox(self._database, self._world.clock, lambda: None)
        context = await self._running.enter_async_context(open_sms(settings, inbox, self._world.clock))
        assert context
        transport = ASGITransport(make_app([context.router]))
        self._web = await self._running.enter_async_context(AsyncClient(transport=transport, base_url="http://lapor"))
        service = replace(self._world.service(), database=self._database)
        self._worker = a_worker(service, {context.channel.name: context.channel}, self._world.understanding_service())
        self._sender = Sender(self._database, context.channel, RateLimiter())

    async def cases(self) -> list[Case]:
        """All that was filed."""
        return await all_cases(self._database)

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these; several are read by the service at once."""
        for command in commands:
            await self._does(command)
        while await self._worker.work_batch():
            pass
        while await self._sender.send_waiting():
            await self._sender.settle()
        return self._read()

    async def _does(self, command: Act) -> None:
        match command:
            case Says():
                await self._writes(command.text)
            case Presses():
                await self._writes(self._numbers.get(command.label, command.label))
            case SendsSticker():
                await self._writes("")
            case TimePasses():
                self._world.clock.passes(command.span)
            case Restarts():
                await self._running.aclose()
                await self._start()
            case _:
                raise TypeError(f"nobody can do that by SMS: {command}")

    async def _writes(self, text: str) -> None:
        assert await self._gateway.brings(self._web, SITI, text, times=2) == [200, 200]

    def _read(self) -> list[Message]:
        sent, self._gateway.sent = self._gateway.sent, []
        assert all(sms.to == SITI and len(sms.text) <= 160 for sms in sent)
        read = [_message(text) for text in joined([sms.text for sms in sent])]
        if any(numbers for _, numbers in read):
            self._numbers = {label: number for _, numbers in read for number, label in numbers}
        return [message for message, _ in read]


def joined(texts: Sequence[str]) -> list[str]:
    """The messages of which these are the parts, in order."""
    whole = list[str]()
    for text in texts:
        part = PART.match(text)
        if part is None or part[1] == "1":
            whole.append("")
        whole[-1] += text[part.end() :] if part else text
    return whole


def _message(written: str) -> tuple[Message, list[tuple[str, str]]]:
    lines, numbers = written.split("\n"), list[tuple[str, str]]()
    while lines and (button := BUTTON.fullmatch(lines[-1])):
        numbers.insert(0, (button[1], button[2]))
        lines.pop()
    return Message("\n".join(lines), tuple(label for _, label in numbers)), numbers
