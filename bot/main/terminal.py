"""Holds the talk in a terminal, with the same parts as everywhere: inbox, turn, outbox."""

from __future__ import annotations

import asyncio
import sys
from typing import TextIO

from sqlalchemy.exc import SQLAlchemyError

from actions.store.engine import schema
from bot.channels.terminal.channel import TerminalChannel
from bot.channels.terminal.lines import arrival_of_line
from bot.configuration.settings import Settings
from bot.main.assembly import Service, assemble
from bot.main.failures import CommandFailed
from bot.main.single_process import only_one_talk
from bot.main.understanding_wiring import understanding_for_a_visit
from bot.messaging.inbox import SqlInbox
from bot.messaging.ports import InboxUnavailable
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from bot.messaging.turns import TurnWorker
from bot.understanding.port import Understanding

OWN_DATA = "own-data"
"""The folder of the data dir into which a citizen's own data is put for her."""
HINT = "Ketik pesan Anda, lalu Enter. Tombol: ketik nomornya atau katanya. Selesai: Ctrl-D."


async def talk_in_terminal(settings: Settings, lines: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
    """Answer line by line until the input ends.

    Raises:
        CommandFailed: the database was away in the middle of the talk, or another such talk is open.
    """
    service = assemble(settings)
    try:
        await service.database.check()
        await schema.upgrade(service.database)
        async with only_one_talk(service.database), understanding_for_a_visit(service) as understanding:
            await _talk(service, understanding, lines, out)
    except (InboxUnavailable, SQLAlchemyError) as error:
        raise CommandFailed(
            f"the database does not take what was said ({type(error).__name__}); what was answered is kept, "
            "start ./lapor chat again and repeat the last line"
        ) from error
    finally:
        await service.database.close()


async def _talk(service: Service, understanding: Understanding, lines: TextIO, out: TextIO) -> None:
    folder = service.settings.data_dir / OWN_DATA
    channel = TerminalChannel(out, documents=service.documents, folder=folder)
    worker = service.worker({channel.name: channel}, understanding, lambda _: None)
    conversation = Conversation(service, worker, Sender(service.database, channel, RateLimiter()))
    if lines.isatty():
        out.write(HINT + "\n\n")
    await conversation.catch_up()
    while (line := await asyncio.to_thread(_next_line, lines, out)) is not None:
        await conversation.hear(line)


class Conversation:
    """One lasting citizen, answered at once."""

    def __init__(self, service: Service, worker: TurnWorker, sender: Sender) -> None:
        """Everything is worked in step with the lines: nothing runs in the background."""
        self._clock = service.clock
        self._inbox = SqlInbox(service.database, service.clock, lambda: None)
        self._worker = worker
        self._sender = sender

    async def hear(self, line: str) -> None:
        """Take one line in and write the whole answer out."""
        await self._inbox.put([arrival_of_line(line, self._clock())])
        await self.catch_up()

    async def catch_up(self) -> None:
        """Work and write whatever waits, also what an earlier talk left behind."""
        while await self._worker.work_batch():
            pass
        while await self._sender.send_waiting():
            await self._sender.settle()


def _next_line(lines: TextIO, out: TextIO) -> str | None:
    """The next line that says something; None at the end."""
    while True:
        if lines.isatty():
            out.write("> ")
            out.flush()
        line = lines.readline()
        if not line:
            return None
        if line.strip():
            return line.rstrip("\r\n")
