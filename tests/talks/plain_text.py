"""A talk in a channel of plain text: real delivery on SQLite, and another side that brings every message twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from httpx import ASGITransport, AsyncClient

from actions.cases.case import Case
from actions.store.engine.database import Database
from bot.channels.declaration import AnyChannel, ChannelContext, OpenChannel
from bot.configuration.settings import ChannelSettings
from bot.messaging.channel_inbox import ChannelInbox
from bot.messaging.inbox import SqlInbox
from bot.messaging.sender import Sender
from bot.web.shared.app import make_app
from tests.fakes.channel_context import a_context
from tests.fakes.sms import Sms
from tests.talks.acts import Act, Presses, Restarts, Says, SendsSticker, TimePasses
from tests.talks.database import all_cases, before_the_talk, new_database
from tests.talks.messages import Message
from tests.talks.worker import a_worker
from tests.talks.world import World

BUTTON = re.compile(r"(\d+)(?:\)| =) (.+)")
CODE = re.compile(r"^(\d{6})$", re.MULTILINE)
"""Digits that stand alone in a line: whoever has this number sends them back."""

A_LOOK = timedelta(seconds=2)
"""What it takes to read an answer before she writes again."""


def as_they_come(texts: Sequence[str]) -> list[str]:
    """Each text is a message."""
    return list(texts)


class OtherSide(Protocol):
    """What brings messages and takes answers; `FakeGateway` says what each member is."""

    sent: list[Sms]

    async def __aenter__(self) -> Any: ...

    async def __aexit__(self, *_: object) -> None: ...

    async def brings(self, service: AsyncClient, sender: str, text: str, times: int = 1) -> list[int]:
        """Returns a status for each time it was brought."""
        ...


@dataclass(frozen=True, slots=True)
class PlainChannel:
    """A channel of plain text as a talk needs it: its declaration, and its other side.

    Attributes:
        gateway: makes the other side.
        settings: the channel's, to reach that gateway.
        citizen: who writes.
        whole: the messages of which texts are the parts.
    """

    declaration: AnyChannel
    gateway: Callable[[], OtherSide]
    settings: Callable[[Any], ChannelSettings]
    citizen: str
    whole: Callable[[Sequence[str]], list[str]] = as_they_come


class PlainTextStage:
    """Where a talk is held message by message.

    `sends_codes_back`: she sends back at once digits that she is sent, and of those messages nothing is told.
    """

    def __init__(self, world: World, plain: PlainChannel, *, sends_codes_back: bool = True) -> None:
        self._world = world
        self._sends_codes_back = sends_codes_back
        self._plain = plain
        self._gateway = plain.gateway()
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
        declaration, clock = self._plain.declaration, self._world.clock
        charged = declaration.abilities.charged_arrival
        inbox = ChannelInbox(
            SqlInbox(self._database, clock, lambda: None, charged={declaration.name: charged} if charged else {}),
            declaration.name,
        )
        context = self._context(self._plain.settings(self._gateway), inbox)
        opened = await self._running.enter_async_context(declaration.open(context))
        transport = ASGITransport(make_app(list(opened.routers)))
        self._web = await self._running.enter_async_context(AsyncClient(transport=transport, base_url="http://lapor"))
        service = replace(self._world.service(), database=self._database)
        self._worker = a_worker(service, {declaration.name: opened.channel}, self._world.understanding_service())
        self._sender = self._a_sender(opened)
        await self._also_runs(opened)

    def _a_sender(self, opened: OpenChannel) -> Sender:
        """What sends."""
        declaration = self._plain.declaration
        return Sender(
            self._database,
            opened.channel,
            declaration.rate_limit(),
            self._sent_at,
            charges=declaration.abilities.charges,
        )

    def _sent_at(self) -> float:
        """Before she reads it, while the clock of a talk stands still."""
        return (self._world.clock() - A_LOOK).timestamp()

    async def _also_runs(self, opened: OpenChannel) -> None:
        """What else runs of a channel that fetches what comes."""

    def _context(self, settings: ChannelSettings, inbox: ChannelInbox) -> ChannelContext[ChannelSettings]:
        """What the channel is opened with."""
        return a_context(settings, inbox, self._world.clock)

    async def cases(self) -> list[Case]:
        """All that was filed."""
        return await all_cases(self._database)

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these; several are read by the service at once."""
        for command in commands:
            await self._does(command)
        read = await self._is_answered()
        while self._sends_codes_back and (codes := [code for one in read for code in CODE.findall(one.text)]):
            await self._writes(codes[-1])
            read = [one for one in read if not CODE.search(one.text)] + await self._is_answered()
        return read

    async def _is_answered(self) -> list[Message]:
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
                raise TypeError(f"nobody can do that in plain text: {command}")

    async def _writes(self, text: str) -> None:
        assert await self._gateway.brings(self._web, self._plain.citizen, text, times=2) == [200, 200]

    def _read(self) -> list[Message]:
        sent, self._gateway.sent = self._gateway.sent, []
        longest = self._plain.declaration.abilities.longest_text
        assert all(one.to == self._plain.citizen and (not longest or len(one.text) <= longest) for one in sent)
        read = [_message(text) for text in self._plain.whole([one.text for one in sent])]
        if any(numbers for _, numbers in read):
            self._numbers = {label: number for _, numbers in read for number, label in numbers}
        return [message for message, _ in read]


def _message(written: str) -> tuple[Message, list[tuple[str, str]]]:
    lines, numbers = written.split("\n"), list[tuple[str, str]]()
    while lines and (button := BUTTON.fullmatch(lines[-1])):
        numbers.insert(0, (button[1], button[2]))
        lines.pop()
    return Message("\n".join(lines), tuple(label for _, label in numbers)), numbers
