"""Citizens talk to a service that is killed again and again; at the end every report must be one case, and no more.

What must hold then is in `verdict.py`.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Citizen
from tests.integration.process.reporting import lead_to_filing, tell, tickets_of
from tests.integration.process.service import Service, running_service, start
from tests.integration.process.surroundings import CHECKOUT, free_port, until

CITIZENS = 12
MOST_CALLS = 60
"""Of the bot's in one life; what it does in a second or two, on a busy machine in more."""
MATTERS = (
    "lampu jalan di Petung mati, tiang nomor {number}",
    "jalan berlubang di depan rumah nomor {number}, sudah ada yang jatuh",
    "sampah menumpuk di gang nomor {number} sudah berhari-hari tidak diangkut",
    "air ledeng keruh di rumah pelanggan nomor {number} sejak kemarin",
    "pohon tumbang menutup jalan di Babulu Darat dekat tiang {number}",
)
AFTERTHOUGHT = "tolong, petunjuk arahnya angka {number} di pagar hijau"


@dataclass(frozen=True, slots=True)
class Report:
    """What one citizen reported: the messages of her story, how many photos, and the number that she was given."""

    reporter: str
    parts: tuple[str, ...]
    photos: int
    ticket: str


@dataclass
class Town:
    """The citizens, their reports, and what each had heard when the service was killed."""

    telegram: FakeTelegram
    dice: random.Random
    citizens: list[Citizen]
    reports: list[Report] = field(default_factory=list)
    heard_at_kills: list[dict[int, int]] = field(default_factory=list)
    closing_time: bool = False
    _numbers: count[int] = field(default_factory=lambda: count(1001))

    @property
    def kills(self) -> int:
        """How often the service was killed."""
        return len(self.heard_at_kills)

    def killed(self) -> None:
        """Remember what everybody has heard so far."""
        self.heard_at_kills.append({one.id: len(one.private.heard) for one in self.citizens})

    async def live(self) -> None:
        """Everybody reports one thing after the other, until it is time to close."""
        async with asyncio.TaskGroup() as everybody:
            for citizen in self.citizens:
                everybody.create_task(self._report_on_and_on(citizen))

    async def _report_on_and_on(self, citizen: Citizen) -> None:
        while not self.closing_time:
            self.reports.append(await self._report(citizen))

    async def _report(self, citizen: Citizen) -> Report:
        number = next(self._numbers)
        parts = [self.dice.choice(MATTERS).format(number=number)]
        if self.dice.random() < 0.3:
            parts.append(AFTERTHOUGHT.format(number=number))
        photos = self.dice.choice((0, 0, 1, 2))
        before = tickets_of(citizen)
        first = await tell(citizen, parts, photos, self.dice)
        ticket = await lead_to_filing(
            citizen,
            first,
            filed_before=before,
            knows_category=self.dice.random() < 0.7,
            presses_twice=self.dice.random() < 0.3,
        )
        return Report(f"telegram:{citizen.id}", tuple(parts), photos, ticket)


def patient_regency(folder: Path) -> Path:
    """The project's own regency, but that nobody reports too much."""
    regency = folder / "regency"
    shutil.copytree(CHECKOUT / "data", regency, ignore=shutil.ignore_patterns("nlu"))
    limits = regency / "limits.toml"
    text = limits.read_text(encoding="utf-8")
    limits.write_text(
        text.replace("filed_an_hour = 5", "filed_an_hour = 10000").replace("filed_a_day = 20", "filed_a_day = 10000"),
        encoding="utf-8",
    )
    return regency


async def kill_again_and_again(folder: Path, kills: int, dice: random.Random) -> tuple[Town, Service]:
    """Let the town live through so many kills, and come to rest; returns it, and the service as it ended."""
    async with FakeTelegram() as telegram:
        town = Town(telegram, dice, [telegram.citizen(f"Warga{number}") for number in range(CITIZENS)])
        settings = {
            "telegram_token": telegram.token,
            "telegram_api_url": telegram.url,
            "config_dir": patient_regency(folder),
            "secret_key": "the-same-after-every-start",
        }
        living = asyncio.create_task(town.live())
        try:
            for number in range(kills):
                await _kill_one(folder, town, settings, while_starting=number % 5 == 4)
                if living.done():
                    break
            town.closing_time = True
            async with running_service(folder, **settings) as service:
                await living
                await until(lambda: waiting(service.database) == 0, "everything is worked and sent", 60)
        finally:
            living.cancel()
        return town, service


async def _kill_one(folder: Path, town: Town, settings: Mapping[str, object], *, while_starting: bool) -> None:
    """Start the service and kill it at a random moment, at times before it has begun to work."""
    telegram, dice = town.telegram, town.dice
    polled = telegram.world.updates.polled
    service = await start(folder, port=free_port(), **settings)
    try:
        if not while_starting:
            await until(lambda: service.has_ended or telegram.world.updates.polled > polled, "it polls", 60)
            calls = len(telegram.calls) + dice.randrange(MOST_CALLS)
            with suppress(TimeoutError):
                await until(lambda: service.has_ended or len(telegram.calls) >= calls, "it calls", 4)
        await asyncio.sleep(dice.uniform(0.0, 2.0 if while_starting else 0.05))
        assert not service.has_ended, f"it ended with {service.process.returncode}"
        await service.end(signal.SIGKILL)
        await service.leaves_nobody()
    finally:
        service.kill_all()
    town.killed()
    if telegram.world.updates.all and dice.random() < 0.5:
        telegram.resend_update(dice.choice(list(telegram.world.updates.all)))


def waiting(database: Path) -> int:
    """Rows that are still to be worked or sent."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        [[inbox]] = reading.execute("SELECT count(*) FROM inbox WHERE state = 'new'")
        [[outbox]] = reading.execute("SELECT count(*) FROM outbox WHERE state = 'new'")
    return int(inbox) + int(outbox)
