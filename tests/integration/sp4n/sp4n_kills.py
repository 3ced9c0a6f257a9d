"""Cases go to SP4N-LAPOR! and come from it while the service is killed again and again: each goes and comes once."""

from __future__ import annotations

import asyncio
import random
import secrets
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from httpx import AsyncClient, HTTPError

from actions.store.engine.database import Database
from actions.store.integrations.api_keys import ApiKey, add_key
from bot.integrations.open311.keys import draw_key, key_digest
from tests.fakes.sp4n_server import KEY, FakeSp4n, fake_sp4n
from tests.integration.process.door_kills import is_killed, one_life
from tests.integration.process.kills import patient_regency
from tests.integration.process.service import Service
from tests.integration.process.surroundings import free_port, until

AN_HOUR = 3600
LONGEST_LIFE_SECONDS = 3.0
PATIENCE_SECONDS = 120.0
ELSEWHERE = {"service_code": "jalan", "address_string": "Jl. MT Haryono, Balikpapan"}
"""What another authority must answer."""


@dataclass
class Town:
    """Who reports on both sides, and what was filed.

    Attributes:
        filed: the ticket of each report that was acknowledged, by its reference.
    """

    fake: FakeSp4n
    address: str
    key: str
    dice: random.Random
    filed: dict[str, str] = field(default_factory=dict)
    is_over: bool = False
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
        with sqlite3.connect(database) as connection:
            came = Counter(row[0] for row in connection.execute("SELECT reporter FROM cases WHERE channel = 'sp4n'"))
            referred = dict(connection.execute("SELECT ticket, status FROM cases WHERE channel <> 'sp4n'").fetchall())
        wanted = {f"sp4n:{one['tracking_id']}" for one in self.fake.for_us}
        found = {
            "handed over not once": [t for t in {*self.filed.values(), *gone} if gone[t] != 1],
            "not referred": [t for t in self.filed.values() if referred.get(t) != "referred"],
            "came not once": [r for r in {*wanted, *came} if came[r] != 1],
            "told twice": [reference for reference, times in told.items() if times > 1],
            "untold": len(told) != len(wanted),
        }
        return {what: which for what, which in found.items() if which}


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
        town = Town(fake, f"http://127.0.0.1:{port}", key, dice)
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
        if not _waits(service):
            return
        shift.write_text(str((hours + 3 * later) * AN_HOUR), encoding="utf-8")
        await asyncio.sleep(1.0)
    raise AssertionError(f"{_waits(service)} things wait for ever")
