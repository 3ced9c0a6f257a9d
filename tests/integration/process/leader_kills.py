"""Two processes on one PostgreSQL and one account at an SMSC: who holds the session is killed, the other goes on."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.fakes.smsc import FakeSmsc
from tests.integration.process.door_kills import AfterKills, after_kills, is_answered
from tests.integration.process.kills import House, Setup, patient_regency
from tests.integration.process.service import Service
from tests.integration.process.sms_kills import SmsTown
from tests.integration.process.surroundings import until

END_SECONDS, TAKEOVER_SECONDS = 30.0, 120.0
BOUND = '"smpp_bound"'


async def kill_leaders(
    folder: Path, kills: int, dice: random.Random, database_url: str
) -> tuple[SmsTown, FakeSmsc, AfterKills]:
    """Kill the leader so often, each time until the other has filed reports; returns who wrote, and what came of it."""
    setup = Setup(database_url=database_url, processes=2)
    async with FakeSmsc() as smsc:
        settings = {
            "config_dir": patient_regency(folder),
            "secret_key": "the-same-after-every-start",
            "database_url": database_url,
            "sms_dialect": "smpp",
            "sms_gateway_url": smsc.url,
        }
        house, town = House(folder, setup, settings), SmsTown(dice, smsc)
        try:
            await _live(house, town, kills)
        finally:
            await house.close()
        return town, smsc, after_kills(database_url)


async def _live(house: House, town: SmsTown, kills: int) -> None:
    async with asyncio.TaskGroup() as people:
        await house.start()
        await house.is_ready()
        living = people.create_task(town.live())
        for number in range(kills):
            leader = await _leader(house, binds=number + 1)
            await _reports_are_filed(town)
            await house.kill(leader)
            town.kills += 1
            await _reports_are_filed(town)
            await house.start()
            await house.is_ready()
        town.is_over = True
        await is_answered(living)
    for service in sorted(house.services, key=_bound_at):  # the leader last, or another would take over once more
        assert await service.end(within_seconds=END_SECONDS) == 0


async def _leader(house: House, binds: int) -> Service:
    """Who has begun the last of so many sessions."""
    await until(
        lambda: sum(one.stderr.count(BOUND) for one in house.services) >= binds, "one is bound", TAKEOVER_SECONDS
    )
    return max(house.services, key=_bound_at)


def _bound_at(service: Service) -> str:
    """When it was bound last."""
    lines = [line for line in service.stderr.splitlines() if BOUND in line]
    return lines[-1].rpartition('"timestamp": ')[2] if lines else ""


async def _reports_are_filed(town: SmsTown) -> None:
    """Two more: of what is on its way now one may have been worked before."""
    wanted = len(town.filed) + 2
    await until(lambda: len(town.filed) >= wanted, "reports are filed", TAKEOVER_SECONDS)
