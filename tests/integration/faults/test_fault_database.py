"""Another process holds the database for ten seconds: nothing is lost, and everything is answered after."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.integration.faults.house import CARD, STORY, House, a_house, by_webhook, hears, sends_it, tells, times_heard
from tests.integration.faults.visitor import visitor
from tests.integration.process.processes import die_with_the_test

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

LOCKED_SECONDS = 10
HOLD = """
import sqlite3, sys, time
holding = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
holding.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
holding.execute("ROLLBACK")
"""


@asynccontextmanager
async def locked(house: House, seconds: float) -> AsyncIterator[asyncio.subprocess.Process]:
    """Another process holds the database for so long from now on; at the end it has let go."""
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLD, str(house.service.database), str(seconds)),
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=die_with_the_test,
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    yield holder
    assert await holder.wait() == 0


def no_settings() -> dict[str, object]:
    """A service that polls."""
    return {}


@pytest.mark.alert("LaporDatabaseDown")
@pytest.mark.parametrize("mode", [no_settings, by_webhook], ids=["polling", "webhook"])
async def test_what_is_said_and_pressed_while_it_is_locked_is_answered_after(
    tmp_path: Path, mode: Callable[[], dict[str, object]]
) -> None:
    async with a_house(tmp_path, **mode()) as house:
        siti, budi, tono = (house.citizen(name) for name in ("Siti", "Budi", "Tono"))
        budis, tonos = await tells(budi), await tells(tono)
        await tono.presses("Tidak tahu")
        await hears(tono)
        async with locked(house, LOCKED_SECONDS) as holder:
            sitis = await siti.says(STORY)
            await budi.says("tiangnya juga miring")
            await tono.presses("Kirim")
            assert (await house.service.becomes(database="ok"))["status"] == "ready"
            assert house.cases_of(tono) == []
            assert holder.returncode is None
        await hears(siti, CARD)
        tickets = [await sends_it(citizen, since) for citizen, since in ((siti, sitis), (budi, budis), (tono, tonos))]
        assert [house.cases_of(citizen) for citizen in (siti, budi, tono)] == [[ticket] for ticket in tickets]
        assert house.story_of(tickets[1]) == f"{STORY}\ntiangnya juga miring"
        assert times_heard(siti, CARD) == 1


async def test_in_the_web_chat_she_is_told_and_keeps_what_she_typed(tmp_path: Path) -> None:
    async with a_house(tmp_path) as house, visitor(house) as siti:
        async with locked(house, 5):
            status, page = await siti.says(STORY)
        assert (status, STORY in page) == (503, True)
        assert "Tidak ada yang hilang: kirim lagi sebentar lagi." in page
        status, page = await siti.says(STORY)
        assert (status, page.count(STORY) > 0) == (200, True)
        assert len(house.rows("SELECT id FROM inbox")) == 1
