"""A talk in the terminal: real delivery on SQLite, one line in, the answer out."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import override

from actions.cases.case import Case
from actions.store.engine.database import Database
from bot.channels.terminal.channel import TerminalChannel
from bot.channels.terminal.lines import arrival_of_line
from bot.main.terminal import Conversation
from bot.messaging.inbox import SqlInbox
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from tests.talks.acts import KINDS, Act, Presses, Restarts, Says, SendsFiles, SharesPlace, TimePasses
from tests.talks.database import all_cases, before_the_talk, new_database
from tests.talks.messages import Message
from tests.talks.worker import a_worker
from tests.talks.world import World

BUTTON = re.compile(r"\[(\d+)\] (.+?)(?=  \[\d+\] |$)")
WORDS_OF_KIND = {kind: word for word, kind in KINDS.items()}


class Paper(io.StringIO):
    """What is written on, message by message."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    @override
    def write(self, written: str) -> int:
        self.messages.append(written.removesuffix("\n\n"))
        return len(written)


class TerminalStage:
    """Where a talk is held line by line."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._paper = Paper()
        self._numbers: dict[str, str] = {}

    async def opens(self) -> None:
        """Begin."""
        self._file = await new_database()
        self._start(self._file)
        await before_the_talk(self._world, self._database)

    async def closes(self) -> None:
        """End."""
        await self._database.close()
        self._file.unlink()

    def _start(self, file: Path) -> None:
        self._database = Database(f"sqlite:///{file}")
        service = replace(self._world.service(), database=self._database)
        channel = TerminalChannel(self._paper)
        worker = a_worker(service, {channel.name: channel}, self._world.understanding_service())
        self._inbox = SqlInbox(self._database, self._world.clock, lambda: None)
        self._talk = Conversation(service, worker, Sender(self._database, channel, RateLimiter()))

    async def cases(self) -> list[Case]:
        """All that was filed."""
        return await all_cases(self._database)

    async def plays(self, commands: Sequence[Act]) -> list[Message]:
        """What she reads after these lines; several are read by the service at once."""
        lines = [line for command in commands for line in self._lines(command)]
        if any(isinstance(command, Restarts) for command in commands):
            await self._database.close()
            self._start(self._file)
        elif len(lines) == 1:
            await self._talk.hear(lines[0])
        else:
            await self._inbox.put([arrival_of_line(line, self._world.clock()) for line in lines])
            await self._talk.catch_up()
        return self._read()

    def _lines(self, command: Act) -> list[str]:
        match command:
            case Says():
                return [command.text]
            case Presses():
                return [self._numbers.get(command.label, command.label)]
            case SharesPlace():
                return [f"/lokasi {command.lat}, {command.lon}"]
            case SendsFiles():
                first = f"/{WORDS_OF_KIND[command.kind]} {command.caption}".strip()
                return [first] + [f"/{WORDS_OF_KIND[command.kind]}"] * (command.count - 1)
            case TimePasses():
                self._world.clock.passes(command.span)
            case Restarts():
                pass
            case _:
                raise TypeError(f"nobody can do that in a terminal: {command}")
        return []

    def _read(self) -> list[Message]:
        written, self._paper.messages = self._paper.messages, []
        messages = [_message(one) for one in written]
        if any(numbers for _, numbers in messages):
            self._numbers = {label: number for _, numbers in messages for number, label in numbers}
        return [message for message, _ in messages]


def _message(written: str) -> tuple[Message, list[tuple[str, str]]]:
    lines = written.split("\n")
    rows = list[str]()
    while lines and re.match(r"\[\d+\] ", lines[-1]):
        rows.insert(0, lines.pop())
    numbers = [found for row in rows for found in BUTTON.findall(row)]
    return Message("\n".join(lines), tuple(label for _, label in numbers)), numbers
