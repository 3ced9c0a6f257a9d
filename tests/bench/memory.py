"""Memory of the service in a long run: `python -m tests.bench.memory [--turns 100000]`.

Citizens hold whole talks by webhook with the real process, LAPOR_NLU=off, as fast as it takes them; a Telegram on
loopback takes what it sends at Telegram's pace, so that what is not sent yet grows all the while. Shown is what the
process has in memory (resident set) at each tenth of the run; a run is flat when the later ones do not grow.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import uvloop
from aiohttp import ClientSession, TCPConnector, web

from tests.bench.end_to_end import FIRST_CITIZEN, TALK, TOKEN, IdleTelegram, telegram_update
from tests.bench.machine import machine
from tests.bench.webhook import SECRET, cpu_seconds
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port

AT_ONCE = 50
STEPS = 10


@asynccontextmanager
async def idle_telegram() -> AsyncIterator[str]:
    """The address of a Telegram that takes every message."""
    port = free_port()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", IdleTelegram().answers)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def measure(turns: int) -> None:
    """Run it and print what came of it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="lapor-memory-") as folder:
        async with idle_telegram() as url:
            settings = {
                "telegram_mode": "webhook",
                "telegram_webhook_secret": SECRET,
                "telegram_token": TOKEN,
                "telegram_api_url": url,
                "public_url": f"http://127.0.0.1:{port}",
                "nlu": "off",
            }
            async with running_service(Path(folder), port=port, **settings) as service:
                await service.becomes(status="ready")
                print(machine())
                print(f"{turns} turns, LAPOR_NLU=off, SQLite; at the start {resident_megabytes(service):.0f} MB")
                await run(service, turns)
                await service.end(within_seconds=60)


async def run(service: Service, turns: int) -> None:
    """Let citizens talk, and tell after each tenth how much memory is taken."""
    numbers, people = count(1), count(FIRST_CITIZEN)
    async with ClientSession(connector=TCPConnector(limit=AT_ONCE)) as session:

        async def talks(many: int) -> None:
            for _ in range(many):
                who = next(people)
                for words, _ in TALK:
                    await post(session, service, telegram_update(next(numbers), who, words))
                    await asyncio.sleep(0.3)  # else what she writes at once is one turn

        for step in range(1, STEPS + 1):
            began, used = time.monotonic(), cpu_seconds(service)
            async with asyncio.TaskGroup() as everybody:
                for _ in range(AT_ONCE):
                    everybody.create_task(talks(turns // STEPS // AT_ONCE // len(TALK)))
            seconds, used = time.monotonic() - began, cpu_seconds(service) - used
            memory = resident_megabytes(service)
            print(
                f"after {step * turns // STEPS:7d}: {memory:.0f} MB ({seconds:.0f} s, {used:.0f} s of processor time)"
            )


async def post(session: ClientSession, service: Service, body: object) -> None:
    """As Telegram posts an update."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with session.post(f"{service.address}/telegram", json=body, headers=headers) as answer:
        answer.raise_for_status()


def resident_megabytes(service: Service) -> float:
    """What the process has in memory now."""
    status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=100_000)
    uvloop.run(measure(options.parse_args().turns))
