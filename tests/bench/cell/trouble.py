"""Takes a primary away from under a cell's load, again and again, and says how long it took to write again."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from tests.bench.cell.machines import Machine
from tests.bench.cell.raising import Cell
from tests.bench.cell.town import SECRET_KEY, WebTown, what_is_wrong
from tests.integration.process.books import waiting
from tests.integration.process.commands import lapor
from tests.integration.process.kills import House, Setup, patient_regency
from tests.integration.process.surroundings import until

PROCESSES = 3
LONGEST_SECONDS = 120.0
"""So long is waited for the first acknowledgement; a run that takes longer has failed."""
PROBE = "INSERT INTO probe.written VALUES (%s)"
PROBE_SECONDS = 15.0


@dataclass
class Run:
    """What was seen: seconds to the first acknowledgement each time, and what a thawed primary took at its own door."""

    seconds: list[float] = field(default_factory=list)
    probed: int = 0
    probes_acknowledged: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


@asynccontextmanager
async def served(cell: Cell) -> AsyncIterator[House]:
    """Three processes of the service in front of the cell, in the role that an operator gives them."""
    folder = cell.folder / "service"
    folder.mkdir()
    upgraded = await lapor(folder, "db", "upgrade", database_url=cell.url(), migrating_database_url=cell.url("owner"))
    assert upgraded.code == 0, upgraded.stderr
    settings = {
        "database_url": cell.url(),
        "secret_key": SECRET_KEY,
        "config_dir": patient_regency(folder),
        "nlu": "compiled",
    }
    house = House(folder, Setup("polling", cell.url(), PROCESSES), settings)
    try:
        await house.start()
        await house.is_ready()
        yield house
    finally:
        await house.close()


type Trouble = Callable[[Cell, WebTown, Run], Awaitable[None]]


def kills(what: str) -> Trouble:
    """SIGKILL to the primary's `server` alone, to its whole `machine`, or to the machine of the `standby`."""

    async def kill(cell: Cell, town: WebTown, run: Run) -> None:
        primary = await cell.becomes_whole()
        victim = await synchronous(cell) if what == "standby" else primary
        began = time.monotonic()
        victim.kill_server() if what == "server" else victim.kill()
        await _counts(town, run, began, victim)
        victim.start()

    return kill


def freezes(what: str) -> Trouble:
    """SIGSTOP to the primary's `server` or `machine`; when another writes it goes on, and is written to directly."""

    async def freeze(cell: Cell, town: WebTown, run: Run) -> None:
        primary = await cell.becomes_whole()
        with _at_its_own_door(cell, primary) as connection:
            began = time.monotonic()
            primary.freeze(server_only=what == "server")
            await _counts(town, run, began, primary)
            await asyncio.sleep(town.dice.uniform(0.0, 5.0))
            run.probed += 1
            probing = asyncio.create_task(asyncio.to_thread(_takes, connection, run.probed))
            primary.thaw()
            with suppress(psycopg.Error, TimeoutError):
                await asyncio.wait_for(probing, PROBE_SECONDS)
                run.probes_acknowledged.append(run.probed)

    return freeze


async def _counts(town: WebTown, run: Run, began: float, victim: Machine) -> None:
    gone, stalled = time.monotonic(), len(town.stalls)
    async with asyncio.timeout(LONGEST_SECONDS):
        again = await town.writes_again(gone)
    run.seconds.append(again - began)
    stood = sum(town.stalls[stalled:])
    stalls = f", of which this machine stood still for {stood:.1f}" if stood else ""
    print(f"{len(run.seconds)}: {victim.name}, writing again after {again - began:.1f} s{stalls}", flush=True)


async def synchronous(cell: Cell) -> Machine:
    """The machine that each commit waits for."""
    roles = await cell.roles()
    return next(one for one in cell.machines if roles[one.name][0] == "sync_standby")


def _at_its_own_door(cell: Cell, machine: Machine) -> psycopg.Connection:
    password, port = cell.cell["passwords"]["owner"], machine.ports["postgres"]
    url = f"postgresql://lapor_owner:{password}@127.0.0.1:{port}/lapor"
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE SCHEMA IF NOT EXISTS probe")
    connection.execute("CREATE TABLE IF NOT EXISTS probe.written (number integer)")
    return connection


def _takes(connection: psycopg.Connection, number: int) -> None:
    connection.execute(PROBE, (number,))


async def trouble_again_and_again(cell: Cell, trouble: Trouble, times: int, dice: random.Random) -> tuple[WebTown, Run]:
    """Let it happen so often under load, come to rest, and look at what stands in the database."""
    run = Run()
    async with served(cell) as house:
        town = WebTown([service.address for service in house.services], dice)
        living = asyncio.create_task(town.live())
        try:
            for _ in range(times):
                await asyncio.sleep(dice.uniform(2.0, 6.0))
                await trouble(cell, town, run)
                assert not living.done(), living.exception()
            await cell.becomes_whole()
            town.is_over = True
            await asyncio.wait_for(living, LONGEST_SECONDS)
            await until(lambda: waiting(cell.url()) == 0, "everything is worked", LONGEST_SECONDS)
        finally:
            living.cancel()
        run.wrong = what_is_wrong(town, cell.url()) + _lost_probes(cell, run)
        run.errors = Counter(json.loads(line)["event"] for line in house.errors)
    return town, run


def _lost_probes(cell: Cell, run: Run) -> list[str]:
    if not run.probed:
        return []
    with psycopg.connect(cell.url("owner")) as connection:
        kept = {number for (number,) in connection.execute("SELECT number FROM probe.written")}
    return [f"lost: what the thawed primary acknowledged, {one}" for one in run.probes_acknowledged if one not in kept]
