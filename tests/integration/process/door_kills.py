"""Citizens write through one door to a service that is killed again and again; every story must become one case."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import ClassVar

from tests.integration.process.kills import MATTERS, patient_regency
from tests.integration.process.service import Service, start
from tests.integration.process.surroundings import free_port

LONGEST_LIFE_SECONDS = 8.0
TICKET = re.compile(r"Nomor tiket Anda: (LP-\w{4}-\w{4})")
"""Of her own report; a card may name another's that is alike."""


@dataclass
class Townsfolk[Message](ABC):
    """The citizens, and what became of their stories; a door says how they write and read.

    Attributes:
        filed: the ticket of each story by its number.
        kills: how often the service was killed.
    """

    citizens: ClassVar[Sequence[str]]
    patience_seconds: ClassVar[float | None] = None
    """After which she says the last thing again that was not answered, as people do; None: she waits."""
    settling_seconds: ClassVar[float] = 0.0
    """What an answer of several messages takes to come."""

    dice: random.Random
    filed: dict[int, str] = field(default_factory=dict, init=False)
    kills: int = field(default=0, init=False)
    is_over: bool = field(default=False, init=False)
    _numbers: count[int] = field(default_factory=lambda: count(1001), init=False)

    @abstractmethod
    def heard_by(self, citizen: str) -> Sequence[Message]:
        """All that came to her."""

    @abstractmethod
    def read(self, heard: Sequence[Message]) -> str:
        """The words of what she heard."""

    @abstractmethod
    async def tells(self, citizen: str, story: str, number: int) -> None:
        """She writes what happened, until it is taken."""

    @abstractmethod
    async def answers(self, citizen: str, heard: Sequence[Message]) -> None:
        """She goes on from what she just heard: Kirim where it is offered, else the first choice."""

    async def rests(self) -> None:  # noqa: B027 - with most doors nothing does
        """Returns once nothing waits outside the service."""

    async def live(self) -> None:
        """Everybody reports one thing after the other, until it is over."""
        async with asyncio.TaskGroup() as everybody:
            for citizen in self.citizens:
                everybody.create_task(self._report_on_and_on(citizen))

    async def _report_on_and_on(self, citizen: str) -> None:
        while not self.is_over:
            number, before = next(self._numbers), len(self.heard_by(citizen))
            await self.tells(citizen, self.dice.choice(MATTERS).format(number=number), number)
            self.filed[number] = await self._lead_to_filing(citizen, before)

    async def _lead_to_filing(self, citizen: str, before: int) -> str:
        """Answer what is asked until there is a new number."""
        known, last = self._tickets(self.heard_by(citizen)[:before]), list[Message]()
        while True:
            while not await self._is_answered(citizen, before):
                if last:
                    await self.answers(citizen, last)
            await asyncio.sleep(self.settling_seconds)
            last = list(self.heard_by(citizen)[before:])
            before += len(last)
            if new := self._tickets(last) - known:
                return min(new)
            await self.answers(citizen, last)

    async def _is_answered(self, citizen: str, before: int) -> bool:
        """Whether she hears more than so many messages before she loses patience."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience_seconds):
                while len(self.heard_by(citizen)) == before:
                    await asyncio.sleep(0.05)
        return len(self.heard_by(citizen)) > before

    def _tickets(self, heard: Sequence[Message]) -> set[str]:
        return {str(ticket) for ticket in TICKET.findall(self.read(heard))}

    def heard_twice(self) -> int:
        """How many confirmations reached somebody more than once: at most one a chat and kill may."""
        told = (Counter(TICKET.findall(self.read(self.heard_by(one)))) for one in self.citizens)
        return sum(times - 1 for counted in told for times in counted.values())

    def wrong(self, stories: Counter[int]) -> dict[int, str]:
        """Stories that are not one case each, or share a number with another; `stories`: how often each is a case."""
        told = Counter(self.filed.values())
        lost = {number: f"{stories[number]} cases" for number in {*self.filed, *stories} if stories[number] != 1}
        untold = dict.fromkeys(stories.keys() - self.filed.keys(), "no number")
        return lost | untold | {number: ticket for number, ticket in self.filed.items() if told[ticket] > 1}


def _nothing(database: Path) -> Mapping[str, object]:
    del database
    return {}


@dataclass(frozen=True)
class OpenDoor:
    """A town before one door, with the settings that open it; the service is to listen at this port.

    `mended`: what an admin changes of the settings before the service starts again, having looked at its database.
    """

    town: Townsfolk[object]
    settings: dict[str, object]
    port: int = field(default_factory=free_port)
    mended: Callable[[Path], Mapping[str, object]] = _nothing


@asynccontextmanager
async def one_life(folder: Path, port: int, settings: dict[str, object]) -> AsyncIterator[Service]:
    """The service, ready, until the block ends it or kills it."""
    service = await start(folder, port=port, secret_key="the-same-after-every-start", **settings)
    try:
        await service.becomes()
        yield service
    finally:
        service.kill_all()
        await service.process.wait()


async def is_killed(service: Service, living: asyncio.Task[None], seconds: float) -> None:
    """It works for so long while people live, and is killed with SIGKILL."""
    await asyncio.wait({living}, timeout=seconds)
    assert not living.done(), living.exception()
    await service.end(signal.SIGKILL)
    await service.leaves_nobody()


async def kill_behind_a_door(
    door: AbstractAsyncContextManager[OpenDoor], folder: Path, kills: int
) -> tuple[Townsfolk[object], Counter[int]]:
    """Kill the service so often; returns its citizens, and how often each story is a case."""
    async with door as opened:
        town, settings = opened.town, opened.settings | {"config_dir": patient_regency(folder)}
        living = asyncio.create_task(town.live())
        for _ in range(kills):
            settings |= opened.mended(folder / "var" / "lapor.db")
            async with one_life(folder, opened.port, settings) as service:
                await is_killed(service, living, town.dice.uniform(0.2, LONGEST_LIFE_SECONDS))
                town.kills += 1
        settings |= opened.mended(folder / "var" / "lapor.db")
        async with one_life(folder, opened.port, settings) as service:
            town.is_over = True
            await living
            await town.rests()
            await service.end()
        return town, _stories_filed(service.database)


def _stories_filed(database: Path) -> Counter[int]:
    """How often each story, by its number, is a case."""
    with sqlite3.connect(database) as connection:
        words = connection.execute("SELECT story FROM case_words").fetchall()
    return Counter(int(found[0]) for (story,) in words if (found := re.search(r"\b1\d{3}\b", story)))
