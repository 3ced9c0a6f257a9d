"""Citizens talk to a service that is killed again and again; at the end every report must be one case, and no more.

What must hold then is in `verdict.py`.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Citizen
from tests.integration.process.books import Books, waiting
from tests.integration.process.door import one_door
from tests.integration.process.reporting import lead_to_filing, tell, tickets_of
from tests.integration.process.service import Service, start
from tests.integration.process.surroundings import CHECKOUT, free_port, until

CITIZENS = 12
MOST_CALLS = 60
"""Of the bot's in one life; what it does in a second or two, on a busy machine in more."""
LONGEST_LIFE_SECONDS, END_SECONDS = 20.0, 30.0
SILENT_SECONDS = 2.0
"""Longer than any message waits for its pace."""
PATIENCE_SECONDS = 600.0
"""How long a citizen waits for an answer: through many lives, each of which may be too short for it."""
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
        self.heard_at_kills.append({one.id: len(one.private.meaning) for one in self.citizens})

    async def falls_silent(self) -> None:
        """Wait until what was under way to citizens when the database went has arrived; nothing new can follow."""
        meaning = -1
        while meaning != (now := sum(len(one.private.meaning) for one in self.citizens)):
            meaning = now
            await asyncio.sleep(SILENT_SECONDS)

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
        updates = self.telegram.world.updates
        await until(lambda: not updates.are_on_their_way(citizen.id), "all she told is taken", PATIENCE_SECONDS)
        ticket = await lead_to_filing(
            citizen,
            first,
            filed_before=before,
            knows_category=self.dice.random() < 0.7,
            presses_twice=self.dice.random() < 0.3,
            patience_seconds=PATIENCE_SECONDS,
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


@dataclass(frozen=True, slots=True)
class Setup:
    """How the service is run.

    Attributes:
        mode: "polling" or "webhook".
        database_url: a PostgreSQL database; "" is SQLite in the service's own folder.
        processes: how many run at once; more than one need PostgreSQL.
    """

    mode: str = "polling"
    database_url: str = ""
    processes: int = 1

    def books(self, folder: Path) -> Books:
        """Where the service writes."""
        return self.database_url or folder / "1" / "var" / "lapor.db"


@dataclass
class House:
    """The processes of one installation, each in a folder and on a port of its own, behind one address."""

    folder: Path
    setup: Setup
    settings: Mapping[str, object]
    services: list[Service] = field(default_factory=list)
    ports: list[int] = field(default_factory=list)

    async def start(self) -> None:
        """Start every process that does not run."""
        for number in range(self.setup.processes):
            if number == len(self.services):
                self.ports.append(free_port())
                (self.folder / f"{number + 1}").mkdir()
                self.services.append(await self._start(number))
            elif self.services[number].has_ended:
                self.services[number] = await self._start(number)

    async def _start(self, number: int) -> Service:
        return await start(self.folder / f"{number + 1}", port=self.ports[number], **self.settings)

    async def is_ready(self) -> None:
        """Wait until each of them answers."""
        for service in self.services:
            await service.becomes()

    async def kill(self, service: Service) -> None:
        """One of them is gone, and leaves nobody."""
        assert not service.has_ended, f"it ended with {service.process.returncode}: {service.stderr.splitlines()[-1:]}"
        await service.end(signal.SIGKILL)
        await service.leaves_nobody()

    async def close(self) -> None:
        """Leave nobody, whatever happened."""
        for service in self.services:
            service.kill_all()
            await service.process.wait()

    @property
    def errors(self) -> list[str]:
        """What any of them has logged as an error, in all its lives."""
        logged = [line for service in self.services for line in service.stderr.splitlines()]
        return [line for line in logged if '"level": "error"' in line]


@asynccontextmanager
async def running_house(folder: Path, setup: Setup, telegram: FakeTelegram, **more: object) -> AsyncIterator[House]:
    """The processes, behind one door where Telegram posts; nothing is started yet, and nobody left at the end."""
    settings: dict[str, object] = {
        "telegram_token": telegram.token,
        "telegram_api_url": telegram.url,
        "config_dir": patient_regency(folder),
        "secret_key": "the-same-after-every-start",
        "database_url": setup.database_url or None,
        **more,
    }
    house = House(folder, setup, settings)
    try:
        if setup.mode == "polling":
            yield house
            return
        async with one_door(house.ports) as address:
            house.settings = {
                **settings,
                "telegram_mode": "webhook",
                "telegram_webhook_secret": "a-secret-that-opens-nothing-else",
                "public_url": address,
            }
            yield house
    finally:
        await house.close()


async def kill_again_and_again(
    folder: Path,
    kills: int,
    dice: random.Random,
    setup: Setup = Setup(),
) -> tuple[Town, House]:
    """Let the town live through so many kills, and come to rest; returns it, and the house as it ended."""
    async with FakeTelegram() as telegram, running_house(folder, setup, telegram) as house:
        town = Town(telegram, dice, [telegram.citizen(f"Warga{number}") for number in range(CITIZENS)])
        living = asyncio.create_task(town.live())
        try:
            for number in range(kills):
                await _kill_one(town, house, while_starting=number % 5 == 4)
                if living.done():
                    break
            town.closing_time = True
            await house.start()
            await house.is_ready()
            await living
            await until(lambda: waiting(setup.books(folder)) == 0, "everything is worked and sent", 60)
            for service in house.services:
                assert await service.end(within_seconds=END_SECONDS) == 0
        finally:
            living.cancel()
        return town, house


async def _kill_one(town: Town, house: House, *, while_starting: bool) -> None:
    """Start what does not run, and kill one at a random moment, at times before it has begun to work."""
    telegram, dice = town.telegram, town.dice
    called = len(telegram.calls)
    await house.start()
    victim = dice.choice(house.services)
    if not while_starting:
        await until(lambda: victim.has_ended or len(telegram.calls) > called, "they call", 60)
        calls = len(telegram.calls) + dice.randrange(MOST_CALLS)
        with suppress(TimeoutError):
            await until(
                lambda: victim.has_ended or len(telegram.calls) >= calls, "they call more", LONGEST_LIFE_SECONDS
            )
    await asyncio.sleep(dice.uniform(0.0, 2.0 if while_starting else 0.05))
    await house.kill(victim)
    town.killed()
    if telegram.world.updates.all and dice.random() < 0.5:
        telegram.resend_update(dice.choice(list(telegram.world.updates.all)))
