"""Citizens write through one door to a service that is killed again and again; every story must become one case."""

from __future__ import annotations

import asyncio
import random
import re
import signal
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle, pairwise
from pathlib import Path
from typing import ClassVar

from tests.integration.process.books import Books, rows
from tests.integration.process.kills import MATTERS, patient_regency
from tests.integration.process.service import Service, start
from tests.integration.process.surroundings import free_port

LONGEST_LIFE_SECONDS = 8.0
LAST_LIFE_SECONDS = 600.0
"""How long the service lives on after the last kill, for everybody to be answered; who is not then is never."""
TICKET = re.compile(r"Nomor tiket Anda: (LP-\w{4}-\w{4})")
"""Of her own report; a card may name another's that is alike."""


@dataclass
class Townsfolk[Message](ABC):
    """The citizens, and what became of their stories; a door says how they write and read.

    Attributes:
        told: who told each story, by its number.
        filed: the ticket of each story by its number.
        kills: how often the service was killed.
    """

    citizens: ClassVar[Sequence[str]]
    at_once: ClassVar[int]
    """How many of them report at the same time; each of these tells story after story, every time as somebody else."""
    patience_seconds: ClassVar[float | None] = None
    """After which she says the last thing again that was not answered, as people do; None: she waits."""
    settling_seconds: ClassVar[float] = 0.0
    """What an answer of several messages takes to come."""

    dice: random.Random
    told: dict[int, str] = field(default_factory=dict, init=False)
    filed: dict[int, str] = field(default_factory=dict, init=False)
    kills: int = field(default=0, init=False)
    is_over: bool = field(default=False, init=False)
    _numbers: count[int] = field(default_factory=lambda: count(1001), init=False)

    @abstractmethod
    def heard_by(self, citizen: str) -> Sequence[Message]:
        """All that came to her, without what came again right behind itself: she does not answer that twice."""

    @abstractmethod
    def came_to(self, citizen: str) -> Sequence[tuple[str, str]]:
        """Everything that came to her, again where it came again: its name in the outbox, and what tells it apart."""

    @abstractmethod
    def read(self, heard: Sequence[Message]) -> str:
        """The words of what she heard."""

    @abstractmethod
    async def tells(self, citizen: str, story: str, number: int) -> None:
        """She writes what happened, until it is taken."""

    @abstractmethod
    async def answers(self, citizen: str, heard: Sequence[Message]) -> None:
        """She goes on from what she just heard: Kirim where it is offered, else the first choice."""

    async def repeats(self, citizen: str, heard: Sequence[Message]) -> None:
        """She has waited long, and says again what she said to what she heard last."""
        await self.answers(citizen, heard)

    async def rests(self) -> None:  # noqa: B027 - with most doors nothing does
        """Returns once nothing waits outside the service."""

    async def live(self) -> None:
        """Everybody reports one thing after the other, until it is over."""
        async with asyncio.TaskGroup() as everybody:
            for first in range(self.at_once):
                everybody.create_task(self._report_on_and_on(cycle(self.citizens[first :: self.at_once])))

    async def _report_on_and_on(self, citizens: Iterator[str]) -> None:
        while not self.is_over:
            citizen = next(citizens)
            number, before = next(self._numbers), len(self.heard_by(citizen))
            self.told[number] = citizen
            await self.tells(citizen, self.dice.choice(MATTERS).format(number=number), number)
            self.filed[number] = await self._lead_to_filing(citizen, before)

    async def _lead_to_filing(self, citizen: str, before: int) -> str:
        """Answer what is asked until there is a new number."""
        known, last = self._tickets(self.heard_by(citizen)[:before]), list[Message]()
        while True:
            while not await self._is_answered(citizen, before):
                if last:
                    await self.repeats(citizen, last)
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

    def came_twice(self, sent: Mapping[str, Sequence[str]]) -> Mapping[str, int]:
        """Of each citizen how many messages came again right behind themselves: at most one a kill may.

        `sent`: by citizen, the names in the outbox, which has that under which a message came last.
        """
        return {one: self._again(self.came_to(one), {*sent.get(one, ())}) for one in self.citizens}

    def _again(self, came: Sequence[tuple[str, str]], known: Collection[str]) -> int:
        """Two that only read alike are two rows of the outbox, each with a name of its own."""
        return sum(
            one == another and (name not in known or name == next_name)
            for (name, one), (next_name, another) in pairwise(came)
        )

    def out_of_order(self, sent: Mapping[str, Sequence[str]]) -> list[str]:
        """Who was sent something before what stands above it in the outbox; `sent`: by citizen, its names in order."""
        wrong = []
        for citizen in self.citizens:
            places = {name: place for place, (name, _) in enumerate(self.came_to(citizen))}
            came = [places[name] for name in sent.get(citizen, ()) if name in places]
            if came != sorted(came):
                wrong.append(citizen)
        return wrong

    def wrong(self, stories: Counter[int]) -> dict[int, str]:
        """Stories that are not one case each, or share a number with another; `stories`: how often each is a case."""
        every, numbers = {*self.told, *stories}, Counter(self.filed.values())
        lost = {number: f"{stories[number]} cases" for number in every if stories[number] != 1}
        untold = {number: f"no number, {stories[number]} cases" for number in every - self.filed.keys()}
        return lost | untold | {number: ticket for number, ticket in self.filed.items() if numbers[ticket] > 1}


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


@dataclass(frozen=True)
class AfterKills:
    """What stands in the database at the end.

    Attributes:
        stories: how often each story, by its number, is a case.
        sent: what was sent to each citizen, in the order of the outbox, by the names that the provider gave.
    """

    stories: Counter[int]
    sent: Mapping[str, Sequence[str]]


def silent(_: Townsfolk[object]) -> None:
    """Says nothing after a kill."""


async def kill_behind_a_door(
    door: AbstractAsyncContextManager[OpenDoor],
    folder: Path,
    kills: int,
    after_kill: Callable[[Townsfolk[object]], None] = silent,
) -> tuple[Townsfolk[object], AfterKills]:
    """Kill the service so often; returns its citizens, and what stands in its database."""
    async with door as opened, asyncio.TaskGroup() as people:
        town, settings = opened.town, opened.settings | {"config_dir": patient_regency(folder)}
        living = people.create_task(town.live())
        for _ in range(kills):
            settings |= opened.mended(folder / "var" / "lapor.db")
            async with one_life(folder, opened.port, settings) as service:
                await is_killed(service, living, town.dice.uniform(0.2, LONGEST_LIFE_SECONDS))
                town.kills += 1
                after_kill(town)
        settings |= opened.mended(folder / "var" / "lapor.db")
        async with one_life(folder, opened.port, settings) as service:
            town.is_over = True
            await is_answered(living)
            await town.rests()
            await service.end()
        return town, after_kills(service.database)


async def is_answered(living: asyncio.Task[None]) -> None:
    """Everybody has her number; whoever has none in time stays without, and the verdict names her story."""
    await asyncio.wait({living}, timeout=LAST_LIFE_SECONDS)
    living.cancel()
    with suppress(asyncio.CancelledError):
        await living


def after_kills(books: Books) -> AfterKills:
    """What these books say now."""
    words = rows(books, "SELECT story FROM case_words")
    sent: dict[str, list[str]] = defaultdict(list)
    for chat, name in rows(books, "SELECT chat, message_id FROM outbox WHERE message_id <> '' ORDER BY id"):
        sent[chat].append(name)
    return AfterKills(Counter(int(n[0]) for (story,) in words if (n := re.search(r"\b1\d{3}\b", story))), sent)
