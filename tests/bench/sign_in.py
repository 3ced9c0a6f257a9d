"""Whether the time of an answer tells that a name exists: `python -m tests.bench.sign_in [--tries 400]`.

A running service is asked for names that exist and names that do not, in random order, always with a wrong password and
each time from another address, on loopback. What is told is the middle of both, and how often as large a difference
comes about by chance alone when the same times are dealt out anew.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path
from statistics import median

from aiohttp import ClientSession

from actions.people.roles import Role
from actions.store.engine.database import Database
from bot.configuration.clock import utc_now
from tests.bench.machine import machine
from tests.integration.process.service import Service, running_service
from tests.unit.people.officers import an_officer

PEOPLE = 40
FEWEST_TRIES_OF_A_NAME = 9
DEALT = 2_000


async def measure(tries: int, rounds: int) -> None:
    """Run it and print what came of it."""
    with tempfile.TemporaryDirectory(prefix="lapor-sign-in-") as folder:
        async with running_service(Path(folder), trusted_proxies="127.0.0.1") as service:
            database = Database(f"sqlite:///{service.database}")
            for number in range(PEOPLE):
                await an_officer(database, f"Petugas {number}", Role.TRAINER, at=utc_now())
            await database.close()
            print(machine())
            for number in range(rounds):
                known, unknown = await times_of(service, tries, number)
                say(known, unknown)


async def times_of(service: Service, tries: int, turn: int) -> tuple[list[float], list[float]]:
    """Milliseconds of answers for names that exist, and for names that do not."""
    asked = [(is_known, number % PEOPLE) for number in range(tries) for is_known in (True, False)]
    random.shuffle(asked)
    times: dict[bool, list[float]] = {True: [], False: []}
    async with ClientSession() as session:
        for number, (is_known, who) in enumerate(asked):
            name = f"{'Petugas' if is_known else 'Pegawai'} {who}"
            headers = {"x-forwarded-for": f"10.{turn}.{number // 250}.{number % 250}"}
            fields = {"name": name, "password": "bukan kata sandinya"}
            began = time.perf_counter()
            async with session.post(f"{service.address}/sign-in", data=fields, headers=headers) as answer:
                await answer.read()
                if answer.status != 401:
                    raise RuntimeError(f"{name}: {answer.status}")
            times[is_known].append((time.perf_counter() - began) * 1_000)
    return times[True], times[False]


def say(known: list[float], unknown: list[float]) -> None:
    """Print the middles, and how likely their difference is by chance."""
    found = median(known) - median(unknown)
    both = [*known, *unknown]
    larger = 0
    for _ in range(DEALT):
        random.shuffle(both)
        larger += abs(median(both[: len(known)]) - median(both[len(known) :])) >= abs(found)
    print(
        f"{len(known)} tries each: known {median(known):.2f} ms, unknown {median(unknown):.2f} ms, "
        f"difference {found:+.2f} ms, by chance in {larger / DEALT:.0%} of deals"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=400, help=f"of each kind; at most {PEOPLE * 95} in all rounds")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    asyncio.run(measure(given.tries, given.rounds))
