"""An SMSC on a loopback port, by smpp34's server: takes what is submitted, and delivers what citizens write."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import smpp34

from bot.channels.sms.concatenation import Concatenation, read_header
from bot.channels.sms.gsm import ROOM, coding_of, cut, decode, encode, units
from tests.integration.process.surroundings import free_port
from tests.patience import PATIENCE_SECONDS

RECEIPT = 0x04
HEADER = 0x40


@dataclass(frozen=True, slots=True)
class Submitted:
    """A part that the service submitted."""

    id: str
    to: str
    text: str
    coding: int
    part: Concatenation | None


def parts_of(text: str, reference: int = 7) -> list[tuple[bytes, int, int]]:
    """A text as a phone sends it: octets, coding and esm_class of each part."""
    coding = coding_of(text)
    most, room = ROOM[coding]
    if units(text, coding) <= most:
        return [(encode(text, coding), coding.value, 0)]
    pieces = cut(text, coding, room)
    return [
        (Concatenation(reference, len(pieces), number).header() + encode(piece, coding), coding.value, HEADER)
        for number, piece in enumerate(pieces, 1)
    ]


@dataclass
class FakeSmsc:
    """Takes everything, but for what it was told to refuse: statuses, each for the next that is submitted.

    `most_at_once` is how many sessions it has had at the same time; `holds`: it answers nothing that is submitted until
    it lets go of it.
    """

    port: int = field(default_factory=free_port)
    submitted: list[Submitted] = field(default_factory=list)
    refuses: list[int] = field(default_factory=list)
    asked: int = 0
    binds: int = 0
    most_at_once: int = 0
    holds: bool = False
    _held: list[smpp34.SubmitSmEvent] = field(default_factory=list)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _sessions: dict[str, smpp34.Esme] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """As LAPOR_SMS_GATEWAY_URL."""
        return f"smpp://lapor:rahasia@127.0.0.1:{self.port}?from=1708"

    async def __aenter__(self) -> Self:
        """Listen."""
        self._server = smpp34.Server("127.0.0.1", self.port)
        await self._server.start()
        self._serving = asyncio.create_task(self._serve())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        self._serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._serving
        await self._server.stop()

    async def has_held(self, count: int) -> int:
        """How many wait for its answer, once it is so many."""
        await self._until(lambda: len(self._held) >= count)
        return len(self._held)

    async def is_bound(self) -> smpp34.Esme:
        """The session of the service, once there is one."""
        await self._until(lambda: bool(self._sessions))
        return list(self._sessions.values())[-1]

    async def has(self, count: int) -> list[Submitted]:
        """What was submitted, once it is so much."""
        await self._until(lambda: len(self.submitted) >= count)
        return self.submitted

    async def brings(self, sender: str, text: str, reference: int = 7) -> list[int]:
        """Deliver a message, part by part; returns the statuses of the answers."""
        return [await self.brings_part(sender, part) for part in parts_of(text, reference)]

    async def brings_part(self, sender: str, part: tuple[bytes, int, int], ton: int = 1) -> int:
        """Deliver one part."""
        octets, coding, esm_class = part
        session = await self.is_bound()
        answer = await session.deliver_sm(
            "1708", octets, source_addr=sender, source_addr_ton=ton, data_coding=coding, esm_class=esm_class
        )
        return answer.command_status

    async def lets_go(self) -> None:
        """Answer what was held, and hold no more."""
        self.holds = False
        async with self._news:
            while self._held:
                self._submitted(self._held.pop(0))
            self._news.notify_all()

    async def receipt(self, part: str, state: str) -> int:
        """Tell what became of a part."""
        words = f"id:{part} sub:001 dlvrd:001 submit date:2612010800 done date:2612010801 stat:{state} err:000 text:"
        answer = await (await self.is_bound()).deliver_sm("1708", words.encode(), esm_class=RECEIPT)
        return answer.command_status

    async def _serve(self) -> None:
        while True:
            event = await self._server.next()
            async with self._news:
                if isinstance(event, smpp34.Esme):
                    self.binds += 1
                    self._sessions[event.session_id] = event
                    self.most_at_once = max(self.most_at_once, len(self._sessions))
                elif isinstance(event, smpp34.Unbound):
                    self._sessions.pop(event.session_id, None)
                elif self.holds:
                    self._held.append(event)
                else:
                    self._submitted(event)
                self._news.notify_all()

    def _submitted(self, event: smpp34.SubmitSmEvent) -> None:
        self.asked += 1
        if self.refuses:
            event.reject(self.refuses.pop(0))
            return
        name = f"smsc-{next(self._ids)}"
        octets, part = event.short_message, None
        if event.esm_class & HEADER:
            part, octets = read_header(octets)
        text = decode(octets, event.data_coding)
        self.submitted.append(Submitted(name, event.destination_addr, text, event.data_coding, part))
        event.accept(name)

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            await self._news.wait_for(holds)
