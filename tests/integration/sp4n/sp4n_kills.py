"""Cases go to SP4N-LAPOR! and come from it while the service is killed again and again: each goes and comes once.

Officers act on what came, and what was handed over moves on there: each side hears of it in order.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from httpx import AsyncClient, HTTPError
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from actions.cases.ports import Chance, Clock
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.engine.tables import cases
from actions.store.integrations.api_keys import ApiKey, add_key
from bot.configuration.clock import clock_of
from bot.integrations.open311.keys import draw_key, key_digest
from bot.integrations.sp4n.queueing import Sp4nQueue
from tests.fakes.sp4n_server import FIRST_NUMBER, KEY, FakeSp4n, fake_sp4n
from tests.integration.process.door_kills import is_killed, one_life
from tests.integration.process.kills import patient_regency
from tests.integration.process.service import Service
from tests.integration.process.surroundings import free_port, until
from tests.talks.acts import OfficeActs
from tests.talks.office import office_does
from tests.talks.world import declared

AN_HOUR = 3600
LONGEST_LIFE_SECONDS = 3.0
PATIENCE_SECONDS = 120.0
STEPS = ("terima", "catat", "catat", "jawab")
"""What an officer does to a case that came from there, one after the other."""
WORDS = "Regu kami memeriksa tiang di lokasi, kabel nomor {number} putus dan diganti besok pagi."
THEIR_WORDS = ("Terverifikasi", "Terdisposisi", "Diproses", "Ditindaklanjuti")
"""What becomes of a case there that was handed over."""
OURS_TO_ANSWER = ("forwarded", "in_progress")
ELSEWHERE = {"service_code": "jalan", "address_string": "Jl. MT Haryono, Balikpapan"}
"""What another authority must answer."""


@dataclass
class Town:
    """Who reports on both sides, and what was filed.

    Attributes:
        filed: the ticket of each report that was acknowledged, by its reference.
        acted: how often officers have acted on each case that came from there.
        moved: where each case that was handed over stood there, in order, by their number.
    """

    fake: FakeSp4n
    address: str
    key: str
    dice: random.Random
    database: Path
    clock: Clock
    filed: dict[str, str] = field(default_factory=dict)
    acted: Counter[str] = field(default_factory=Counter)
    moved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    is_over: bool = False
    _minutes: count[int] = field(default_factory=count)
    _numbers: count[int] = field(default_factory=lambda: count(7001))

    async def lives(self) -> None:
        """One report after the other on each side, and faults of theirs in between."""
        while not self.is_over:
            number = next(self._numbers)
            self.fake.has(str(number), f"Lampu jalan nomor {number} di Waru mati")
            fault = self.dice.choice(("fails", "loses", "halves", "", "", ""))
            if fault:
                setattr(self.fake, fault, 1)
            await self._files(f"R-{number}")
            await self._officer_acts()
            self._moves_there()

    async def _officer_acts(self) -> None:
        """The next step of a case that came from there; one that the service holds just now is left for later."""
        with suppress(OperationalError):
            database = Database(f"sqlite:///{self.database}")
            try:
                async with database.writing() as connection:
                    book, regency = SqlCaseBook(connection), declared().regency
                    query = select(cases.c.ticket).where(cases.c.channel == "sp4n", cases.c.status.in_(OURS_TO_ANSWER))
                    found = [ticket for (ticket,) in await connection.execute(query.order_by(cases.c.id))]
                    if not found:
                        return
                    ticket = self.dice.choice(found[:3])
                    act = OfficeActs(
                        "petugas", STEPS[self.acted[ticket]], ticket, WORDS.format(number=next(self._minutes))
                    )
                    await office_does(book, regency, act, self.clock, Chance(self.dice.randrange, secrets.token_bytes))
                    await book.flush()
                    await Sp4nQueue(regency).tell(connection, book.done, self.clock())
                self.acted[ticket] += 1
            finally:
                await database.close()

    def _moves_there(self) -> None:
        """One of the last that were handed over stands elsewhere now."""
        last = range(len(self.fake.handed_over))[-5:]
        if last:
            number = str(FIRST_NUMBER + self.dice.choice(last))
            word = THEIR_WORDS[len(self.moved[number])] if len(self.moved[number]) < len(THEIR_WORDS) else ""
            if word:
                at = datetime(2026, 11, 27, 10, tzinfo=UTC) + timedelta(minutes=next(self._minutes))
                self.fake.moves(number, word, f"{at:%Y-%m-%d %H:%M:%S}")
                self.moved[number].append(word)

    async def _files(self, reference: str) -> None:
        """Until it is acknowledged, as whoever has a key does."""
        form = ELSEWHERE | {"description": f"Aspal berlubang dalam, laporan {reference}", "api_key": self.key}
        while reference not in self.filed:
            with suppress(HTTPError):
                async with AsyncClient(base_url=self.address) as sender:
                    sent = form | {"attribute[reference]": reference}
                    answer = await sender.post("/open311/v2/requests.json", data=sent)
                if answer.status_code == 200:
                    self.filed[reference] = answer.json()[0]["service_request_id"]
            await asyncio.sleep(0.3)

    def wrong(self, database: Path) -> Mapping[str, object]:
        """What was lost, or went or came twice; nothing when all is well."""
        gone = Counter(sent["external_id"] for sent in self.fake.handed_over)
        told = Counter(sent["external_id"] for sent in self.fake.followed_up)
        known = _known_of_theirs(database)
        with sqlite3.connect(database) as connection:
            came = Counter(row[0] for row in connection.execute("SELECT reporter FROM cases WHERE channel = 'sp4n'"))
            referred = dict(connection.execute("SELECT ticket, status FROM cases WHERE channel <> 'sp4n'").fetchall())
        wanted = {f"sp4n:{one['tracking_id']}" for one in self.fake.for_us}
        found = {
            "handed over not once": [t for t in {*self.filed.values(), *gone} if gone[t] != 1],
            "not referred": [t for t in self.filed.values() if referred.get(t) != "referred"],
            "came not once": [r for r in {*wanted, *came} if came[r] != 1],
            "told twice": [reference for reference, times in told.items() if times > 1],
            "untold": sorted(_queued(database) ^ told.keys()),
            "told there out of order": _out_of_order(list(told)),
            "known here out of order": [n for n, words in self.moved.items() if not _follows(words, known.get(n, []))],
        }
        return {what: which for what, which in found.items() if which}


def _queued(database: Path) -> set[str]:
    """What was to be told there, as it is called there."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT ticket, item FROM sp4n_exchanges WHERE kind = 'progress'").fetchall()
    return {f"{ticket}.{item}" for ticket, item in rows}


def _out_of_order(references: Sequence[str]) -> list[str]:
    """The cases of which a later step was told before an earlier one."""
    steps: dict[str, list[int]] = defaultdict(list)
    for reference in references:
        ticket, _, number = reference.rpartition(".")
        steps[ticket].append(int(number))
    return [ticket for ticket, numbers in steps.items() if numbers != sorted(numbers)]


def _known_of_theirs(database: Path) -> dict[str, list[str]]:
    """Where each case stood there, as it was noted here, in order, by their number."""
    known: dict[str, list[str]] = defaultdict(list)
    query = "SELECT tracking_id, item FROM sp4n_exchanges WHERE kind = 'status' ORDER BY id"
    with sqlite3.connect(database) as connection:
        for number, item in connection.execute(query):
            known[number].append(item.rpartition(" ")[0])
    return known


def _follows(moved: Sequence[str], known: Sequence[str]) -> bool:
    """Whether what is known goes through the same places in the same order, maybe not all, and ends where they end."""
    places = [moved.index(word) for word in known if word in moved]
    return places == sorted(set(places)) and bool(places) and places[-1] == len(moved) - 1


def _mapped(regency: Path) -> Path:
    """The regency knows the topic of what comes, so that the service forwards it and tells them."""
    file = regency / "sp4n.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[topics]", '"7" = "penerangan_jalan"\n\n[topics]', 1), encoding="utf-8")
    return regency


async def _opened(folder: Path, key: str) -> None:
    """A key is in the database before its service runs."""
    database = Database(f"sqlite:///{folder / 'var' / 'lapor.db'}")
    async with database.writing() as connection:
        await add_key(connection, ApiKey("penguji", may_send=True, since=datetime.now(UTC)), key_digest(key))
    await database.close()


def _waits(service: Service) -> int:
    with sqlite3.connect(service.database) as connection:
        return int(connection.execute("SELECT count(*) FROM sp4n_exchanges WHERE state = 'new'").fetchone()[0])


async def kill_sp4n_again_and_again(folder: Path, kills: int, dice: random.Random) -> tuple[Town, Mapping[str, object]]:
    """Kill the service so often while things go both ways; returns who reported, and what came out wrong."""
    async with fake_sp4n() as fake:
        port, key, shift = free_port(), draw_key(secrets.token_bytes), folder / "shift"
        database = folder / "var" / "lapor.db"
        town = Town(fake, f"http://127.0.0.1:{port}", key, dice, database, clock_of(shift))
        settings: dict[str, object] = {
            "nlu": "off",
            "config_dir": _mapped(patient_regency(folder)),
            "sp4n_url": fake.url,
            "sp4n_key": KEY,
            "test_clock": shift,
        }
        living: asyncio.Task[None] | None = None
        for number in range(kills + 1):
            shift.write_text(str(number * AN_HOUR), encoding="utf-8")
            async with one_life(folder, port, settings) as service:
                if living is None:
                    await _opened(folder, key)
                    living = asyncio.create_task(town.lives())
                if number < kills:
                    await is_killed(service, living, dice.uniform(0.2, LONGEST_LIFE_SECONDS))
                else:
                    await _comes_to_rest(town, living, service, shift, number)
                    await service.end()
        return town, town.wrong(service.database)


async def _comes_to_rest(town: Town, living: asyncio.Task[None], service: Service, shift: Path, hours: int) -> None:
    """Nobody reports any more, and time passes until nothing waits on either side."""
    town.is_over = True
    await living
    town.fake.fails = town.fake.loses = town.fake.halves = 0
    wanted = len(town.fake.for_us)

    def came() -> bool:
        with sqlite3.connect(service.database) as connection:
            found = connection.execute("SELECT count(*) FROM cases WHERE channel = 'sp4n'").fetchone()[0]
        return int(found) >= wanted

    await until(came, "everything has come", PATIENCE_SECONDS)
    for later in range(1, 100):
        known = _known_of_theirs(service.database)
        if not _waits(service) and all(_follows(words, known.get(n, [])) for n, words in town.moved.items()):
            return
        shift.write_text(str((hours + 3 * later) * AN_HOUR), encoding="utf-8")
        await asyncio.sleep(1.0)
    raise AssertionError(f"{_waits(service)} things wait for ever, or what became of one there is not known")
