"""Citizens who write SMS through an SMSC."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import ClassVar, override

from tests.fakes.smsc import FakeSmsc, parts_of
from tests.integration.process.door_kills import OpenDoor, Townsfolk

CHOICE = re.compile(r"^(\d+) = (.+)$", re.MULTILINE)
OF_A_SENT_REPORT = "Lihat status"
"""Offered when a report was sent: she does not look at it while she waits for the answer to her next one."""
LONG = ", ceritanya panjang karena sudah berbulan-bulan begini dan tidak ada yang datang memeriksa meskipun diminta"


@dataclass
class SmsTown(Townsfolk[str]):
    """They hear parts; their own come in any order, and some twice."""

    citizens: ClassVar[Sequence[str]] = [f"62812000{number:05}" for number in range(6)]
    at_once: ClassVar[int] = 6
    patience_seconds: ClassVar[float | None] = 10.0  # decision 0064: what that costs
    settling_seconds: ClassVar[float] = 1.5

    smsc: FakeSmsc
    _read: dict[str, int] = field(default_factory=dict, init=False)
    _said: dict[str, str] = field(default_factory=dict, init=False)

    @override
    def heard_by(self, citizen: str) -> Sequence[str]:
        return [one.text for one in self.smsc.submitted if one.to == citizen]

    @override
    def came_to(self, citizen: str) -> Sequence[tuple[str, str]]:
        return [(one.id, f"{one.part} {one.text}") for one in self.smsc.submitted if one.to == citizen]

    @override
    def read(self, heard: Sequence[str]) -> str:
        return "".join(heard)

    @override
    async def tells(self, citizen: str, story: str, number: int) -> None:
        self._read[citizen] = len(self.heard_by(citizen))
        self._said.pop(citizen, None)
        parts = parts_of(story + self.dice.choice(("", LONG)), number % 256)
        self.dice.shuffle(parts)
        for part in (*parts, *parts[: self.dice.randint(0, len(parts) - 1)]):
            await self._bring(citizen, part)

    @override
    async def answers(self, citizen: str, heard: Sequence[str]) -> None:
        """Only where a choice is offered; of an answer in parts she reads them all."""
        every = self.heard_by(citizen)
        offered = CHOICE.findall(self.read(every[self._read[citizen] :]))
        wanted = [number for number, words in offered if words != OF_A_SENT_REPORT]
        sends = [number for number, words in offered if words == "Kirim"]
        if wanted:
            self._read[citizen], self._said[citizen] = len(every), (sends or wanted[:1])[-1]
            await self._bring(citizen, parts_of(self._said[citizen])[0])

    @override
    async def repeats(self, citizen: str, heard: Sequence[str]) -> None:
        if citizen in self._said:
            await self._bring(citizen, parts_of(self._said[citizen])[0])

    async def _bring(self, citizen: str, part: tuple[bytes, int, int]) -> None:
        """Until it is acknowledged, as an SMSC does, in whatever session there is then."""
        while True:
            try:
                if await self.smsc.brings_part(citizen, part) == 0:
                    return
            except Exception:  # noqa: BLE001, S110 - the session ended under it: it is brought again
                pass
            await asyncio.sleep(0.05)


@asynccontextmanager
async def sms_door(dice: random.Random) -> AsyncIterator[OpenDoor]:
    """An SMSC, and who writes through it."""
    async with FakeSmsc() as smsc:
        yield OpenDoor(SmsTown(dice, smsc), {"sms_dialect": "smpp", "sms_gateway_url": smsc.url})
