"""One connection to an SMSC, from binding to its end: requests in a window, and whatever the SMSC asks.

A message is answered after the commit. Whether the answer has arrived is known once the SMSC answers a request that was
written behind it; until then the same message may come again, in the next session.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import structlog
from smpp34 import DeliverSm, SmppError

from bot.channels.sms.smpp.address import SmppAccount
from bot.channels.sms.smpp.pdus import (
    ANSWER,
    HEADER,
    Command,
    CommandStatus,
    Pdu,
    bind,
    delivered,
    pdu,
    read_length,
    read_pdu,
)

log = structlog.get_logger()

CONNECT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 30.0
ENQUIRE_EVERY_SECONDS: Final = 30.0
CONFIRM_AFTER_SECONDS: Final = 1.0
"""So long after an answer its arrival is asked for, where nothing else says so."""
MOST_IN_HAND: Final = 200
"""Messages that wait to be kept; the SMSC is read no further."""


class SessionEnded(Exception):
    """The connection is gone, or says what cannot be."""


class BindRefused(SessionEnded):
    """The SMSC does not let this account in; `status` is its own."""

    def __init__(self, status: int) -> None:
        """Remember why."""
        super().__init__(f"the SMSC refuses to bind ({status:#x})")
        self.status = status


type Take = Callable[[DeliverSm], Awaitable[tuple[int, str]]]
"""Keeps what was delivered; returns the status to answer and, where it may come again unknown, its digest."""
type Confirm = Callable[[list[str]], Awaitable[None]]


@dataclass(slots=True)
class SmppSession:
    """A bound transceiver.

    Attributes:
        take: keeps a message; called one by one, in the order in which they came.
        confirm: hears whose answers have arrived.
    """

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    take: Take
    confirm: Confirm
    window: asyncio.Semaphore
    _sequence: int = 0
    _waiting: dict[int, asyncio.Future[Pdu]] = field(default_factory=dict)
    _delivered: asyncio.Queue[Pdu] = field(default_factory=lambda: asyncio.Queue(MOST_IN_HAND))
    _answered: deque[tuple[int, str]] = field(default_factory=deque)
    _has_answered: asyncio.Event = field(default_factory=asyncio.Event)
    _confirmed: asyncio.Queue[list[str]] = field(default_factory=asyncio.Queue)

    @classmethod
    async def bound(cls, account: SmppAccount, take: Take, confirm: Confirm) -> SmppSession:
        """Connect and bind.

        Raises:
            BindRefused: the account is not let in.
            SessionEnded, OSError, TimeoutError: the SMSC cannot be reached.
        """
        async with asyncio.timeout(CONNECT_SECONDS):
            reader, writer = await asyncio.open_connection(account.host, account.port)
            session = cls(reader, writer, take, confirm, asyncio.Semaphore(account.window))
            try:
                await session._bind(account)
            except BaseException:
                writer.close()
                raise
        return session

    async def _bind(self, account: SmppAccount) -> None:
        self._write(bind(self._next(), account.user, account.password))
        answer = await self._read()
        if answer.status or answer.command != Command.BIND_TRANSCEIVER_RESP:
            raise BindRefused(answer.status)

    async def run(self) -> None:
        """Serve until the connection ends.

        Raises:
            SessionEnded, OSError: it has ended.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen())
                tasks.create_task(self._keep_delivered())
                tasks.create_task(self._enquire())
                tasks.create_task(self._confirm_all())
        except* (SessionEnded, OSError, SmppError, ValueError, TimeoutError) as ended:
            raise SessionEnded(type(ended.exceptions[0]).__name__) from None
        finally:
            self.close()

    def close(self) -> None:
        """Nobody waits for an answer any more."""
        self.writer.close()
        for waiting in self._waiting.values():
            waiting.cancel()
        self._waiting.clear()

    async def request(self, make: Callable[[int], bytes]) -> Pdu:
        """Send a request, once the window has room, and return its answer.

        Raises:
            SessionEnded, TimeoutError: no answer came, and nobody knows whether it was taken.
        """
        async with self.window:
            return await self._ask(make)

    async def unbind(self) -> None:
        """Say goodbye, so that the account is free at once."""
        with suppress(SessionEnded, OSError, TimeoutError):
            async with asyncio.timeout(1.0):
                await self._ask(lambda sequence: pdu(Command.UNBIND, sequence))

    async def _ask(self, make: Callable[[int], bytes]) -> Pdu:
        if self.writer.is_closing():
            raise SessionEnded("closed")
        sequence = self._next()
        answer: asyncio.Future[Pdu] = asyncio.get_running_loop().create_future()
        self._waiting[sequence] = answer
        try:
            self._write(make(sequence))
            async with asyncio.timeout(ANSWER_SECONDS):
                await self.writer.drain()
                return await answer
        except (asyncio.CancelledError, OSError):
            if answer.cancelled() and not _is_cancelled():
                raise SessionEnded("ended") from None
            raise
        finally:
            self._waiting.pop(sequence, None)

    def _next(self) -> int:
        self._sequence = self._sequence % 0x7FFFFFFF + 1
        return self._sequence

    def _write(self, octets: bytes) -> None:
        self.writer.write(octets)

    async def _read(self) -> Pdu:
        try:
            first = await self.reader.readexactly(4)
            rest = await self.reader.readexactly(read_length(first) - len(first))
        except asyncio.IncompleteReadError:
            raise SessionEnded("closed by the SMSC") from None
        try:
            return read_pdu(first + rest)
        except SmppError:
            _, command, status, sequence = HEADER.unpack_from(first + rest)
            log.warning("pdu_unreadable", command=command)
            return Pdu(command, status, sequence)

    async def _listen(self) -> None:
        while True:
            got = await self._read()
            if got.command & ANSWER:
                self._has_come(got)
            elif got.message:
                await self._delivered.put(got)
            elif got.command == Command.ENQUIRE_LINK:
                self._write(pdu(Command.ENQUIRE_LINK_RESP, got.sequence))
            elif got.command == Command.UNBIND:
                self._write(pdu(Command.UNBIND_RESP, got.sequence))
                raise SessionEnded("unbound by the SMSC")
            else:
                self._write(pdu(Command.GENERIC_NACK, got.sequence, status=CommandStatus.INVALID_COMMAND))

    def _has_come(self, answer: Pdu) -> None:
        waiting = self._waiting.get(answer.sequence)
        if waiting and not waiting.done():
            waiting.set_result(answer)
            self._confirm_before(answer.sequence)

    def _confirm_before(self, sequence: int) -> None:
        """The SMSC has read this request, and so every answer of ours that was written before it."""
        digests = list[str]()
        while self._answered and self._answered[0][0] < sequence:  # numbers begin anew after 2 ** 31 requests
            digests.append(self._answered.popleft()[1])
        if digests:
            self._confirmed.put_nowait(digests)

    async def _keep_delivered(self) -> None:
        """Keep and answer, one by one: what one person sent stays in its order."""
        while True:
            got = await self._delivered.get()
            if got.message is None:
                continue
            status, digest = await self.take(got.message)
            self._write(delivered(got.sequence, status))
            await self.writer.drain()
            if digest:
                self._answered.append((self._sequence, digest))
                self._has_answered.set()

    async def _confirm_all(self) -> None:
        while True:
            await self.confirm(await self._confirmed.get())

    async def _enquire(self) -> None:
        """Ask whether the SMSC is there; soon after an answer whose arrival nothing has confirmed."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(ENQUIRE_EVERY_SECONDS):
                    await self._has_answered.wait()
                    await asyncio.sleep(CONFIRM_AFTER_SECONDS)
            self._has_answered.clear()
            await self._ask(lambda sequence: pdu(Command.ENQUIRE_LINK, sequence))


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
