"""Citizens write SMS through an SMSC to a service that is killed again and again; every story must become one case."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.fakes.smsc import FakeSmsc, parts_of
from tests.integration.process.kills import MATTERS, patient_regency
from tests.integration.process.service import start
from tests.integration.process.surroundings import free_port

CITIZENS = 6
LONGEST_LIFE_SECONDS = 8.0
PATIENCE_SECONDS = 10.0
"""After which she writes a number again that was not answered, as people do (decision 0064: what it costs)."""
SEND = re.compile(r"(\d+) = Kirim$", re.MULTILINE)
TICKET = re.compile(r"Nomor tiket Anda: (LP-\w{4}-\w{4})")
"""Of her own report; a card may name another's that is alike."""
LONG = ", ceritanya panjang karena sudah berbulan-bulan begini dan tidak ada yang datang memeriksa meskipun diminta"


@dataclass
class Townsfolk:
    """The citizens, and what became of their stories.

    Attributes:
        filed: the ticket of each story by its number.
    """

    smsc: FakeSmsc
    dice: random.Random
    filed: dict[int, str] = field(default_factory=dict)
    is_over: bool = False
    _numbers: count[int] = field(default_factory=lambda: count(1001))

    async def live(self) -> None:
        """Everybody reports one thing after the other, until it is over."""
        async with asyncio.TaskGroup() as everybody:
            for number in range(CITIZENS):
                everybody.create_task(self._report_on_and_on(f"62812000{number:05}"))

    async def _report_on_and_on(self, citizen: str) -> None:
        while not self.is_over:
            number = next(self._numbers)
            story = self.dice.choice(MATTERS).format(number=number) + self.dice.choice(("", LONG))
            parts = parts_of(story, number % 256)
            self.dice.shuffle(parts)
            before = len(self.heard_by(citizen))
            for part in (*parts, *parts[: self.dice.randint(0, len(parts) - 1)]):
                await self._bring(citizen, part)
            self.filed[number] = await self._lead_to_filing(citizen, before)

    async def _lead_to_filing(self, citizen: str, before: int) -> str:
        """Press Kirim where it is offered, and the first of other choices, until there is a new number."""
        known, pressed = set(TICKET.findall("".join(self.heard_by(citizen)[:before]))), ""
        while True:
            while not await self._is_answered(citizen, before):
                if pressed:
                    await self._bring(citizen, parts_of(pressed)[0])
            await asyncio.sleep(0.5)  # the parts of one answer, and what follows it
            heard = "".join(self.heard_by(citizen)[before:])
            before = len(self.heard_by(citizen))
            if new := set(TICKET.findall(heard)) - known:
                return min(new)
            offered = SEND.findall(heard)
            pressed = offered[-1] if offered else "1"
            await self._bring(citizen, parts_of(pressed)[0])

    async def _is_answered(self, citizen: str, before: int) -> bool:
        """Whether she hears more than so many parts before she loses patience."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(self.heard_by(citizen)) == before:
                    await asyncio.sleep(0.05)
        return len(self.heard_by(citizen)) > before

    async def _bring(self, citizen: str, part: tuple[bytes, int, int]) -> None:
        """Until it is acknowledged, as an SMSC does, in whatever session there is then."""
        while True:
            try:
                if await self.smsc.brings_part(citizen, part) == 0:
                    return
            except Exception:  # noqa: BLE001, S110 - the session ended under it: it is brought again
                pass
            await asyncio.sleep(0.05)

    def heard_by(self, citizen: str) -> list[str]:
        """The parts that were submitted to this number."""
        return [one.text for one in self.smsc.submitted if one.to == citizen]


def stories_filed(database: Path) -> Counter[int]:
    """How often each story, by its number, is a case."""
    with sqlite3.connect(database) as connection:
        words = connection.execute("SELECT story FROM case_words").fetchall()
    return Counter(int(found[0]) for (story,) in words if (found := re.search(r"\b1\d{3}\b", story)))


async def kill_sms_again_and_again(folder: Path, kills: int, dice: random.Random) -> tuple[Townsfolk, Counter[int]]:
    """Kill the service so often; returns its citizens, and how often each story is a case."""
    async with FakeSmsc() as smsc:
        town, port = Townsfolk(smsc, dice), free_port()
        settings = {
            "sms_dialect": "smpp",
            "sms_gateway_url": smsc.url,
            "config_dir": patient_regency(folder),
            "secret_key": "the-same-after-every-start",
        }
        living = asyncio.create_task(town.live())
        for number in range(kills + 1):
            service = await start(folder, port=port, **settings)
            try:
                await service.becomes()
                if number == kills:
                    town.is_over = True
                    await living
                    await service.end()
                else:
                    await asyncio.wait({living}, timeout=dice.uniform(0.2, LONGEST_LIFE_SECONDS))
                    assert not living.done(), living.exception()
                    await service.end(signal.SIGKILL)
                    await service.leaves_nobody()
            finally:
                service.kill_all()
                await service.process.wait()
        return town, stories_filed(service.database)
