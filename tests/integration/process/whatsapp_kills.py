"""Citizens write by WhatsApp to a service that is killed again and again; every story must become one case."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from httpx import AsyncClient, HTTPError

from tests.fakes.whatsapp import FakeWhatsApp, Json, choices_of, is_list, words_of
from tests.integration.process.kills import MATTERS, patient_regency
from tests.integration.process.service import start
from tests.integration.process.sms_kills import stories_filed
from tests.integration.process.surroundings import free_port

CITIZENS = 8
LONGEST_LIFE_SECONDS = 8.0
TICKET = re.compile(r"Nomor tiket Anda: (LP-\w{4}-\w{4})")


@dataclass
class WhatsAppTown:
    """The citizens, and what became of their stories.

    Attributes:
        filed: the ticket of each story by its number.
        kills: how often the service was killed.
    """

    meta: FakeWhatsApp
    service: AsyncClient
    dice: random.Random
    filed: dict[int, str] = field(default_factory=dict)
    kills: int = 0
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
            before = len(self.heard_by(citizen))
            await self._bring(self.meta.said(self.dice.choice(MATTERS).format(number=number), citizen))
            self.filed[number] = await self._lead_to_filing(citizen, before)

    async def _lead_to_filing(self, citizen: str, before: int) -> str:
        """Press Kirim where it is offered, and the first of other choices, until there is a new number."""
        while True:
            while len(self.heard_by(citizen)) == before:
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.3)  # what follows the first message of an answer
            heard = self.heard_by(citizen)[before:]
            before += len(heard)
            if new := TICKET.findall("".join(map(words_of, heard))):
                return str(new[-1])
            offered = {title: (press, is_list(one)) for one in heard for title, press in choices_of(one)}
            if offered:
                title = "Kirim" if "Kirim" in offered else next(iter(offered))
                press, in_list = offered[title]
                await self._bring(self.meta.pressed(press, title, citizen, in_list=in_list))
            else:
                await self._bring(self.meta.said("kirim", citizen))

    async def _bring(self, message: Json) -> None:
        """Until it is acknowledged, as the provider does, and now and then once more."""
        times = 1 + (self.dice.random() < 0.3)
        while times:
            with suppress(HTTPError):
                times -= (await self.meta.posts(self.service, message))[0] == 200
            await asyncio.sleep(0.05)

    def heard_by(self, citizen: str) -> list[Json]:
        """The messages that were sent to this number."""
        return [one for one in self.meta.sent if one["to"] == citizen]

    def heard_twice(self) -> int:
        """How many messages reached somebody more than once: at most one a chat and kill may."""
        filings = Counter((one["to"], found) for one in self.meta.sent for found in TICKET.findall(words_of(one)))
        return sum(times - 1 for times in filings.values())

    @property
    def wrong(self) -> dict[int, str]:
        """Tickets that were told for more than one story."""
        told = Counter(self.filed.values())
        return {number: ticket for number, ticket in self.filed.items() if told[ticket] > 1}


async def kill_whatsapp_again_and_again(
    folder: Path, kills: int, dice: random.Random
) -> tuple[WhatsAppTown, Counter[int]]:
    """Kill the service so often; returns its citizens, and how often each story is a case."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with FakeWhatsApp(time.time) as meta, AsyncClient(base_url=address, timeout=15) as client:
        town = WhatsAppTown(meta, client, dice)
        settings = {
            **meta.settings,
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
                    town.kills += 1
                    await service.leaves_nobody()
            finally:
                service.kill_all()
                await service.process.wait()
        return town, stories_filed(service.database)
