"""How soon the webhook acknowledges while Telegram is silent: `python -m tests.bench.webhook [--seconds 20]`.

At any time 50 citizens write to the real process while no call to Telegram is ever answered; each sends a message
every few seconds (or with `--pause 0` at once after the last is acknowledged), and after four another takes her
place. The times are those of the one who posts, on loopback, in a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from itertools import count
from pathlib import Path

from aiohttp import ClientSession, TCPConnector

from tests.bench.machine import machine
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_faults import ANY, Temper
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port

CITIZENS = 50
MESSAGES_A_TALK = 4
SECRET = "a-secret-that-opens-nothing-else"
WORDS = "lampu jalan di Petung mati sudah dua minggu, tiang nomor {number}"


async def measure(seconds: float, pause: float) -> None:
    """Run it and print what came of it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="lapor-webhook-") as folder:
        async with FakeTelegram() as telegram:
            settings = {
                "telegram_mode": "webhook",
                "telegram_webhook_secret": SECRET,
                "telegram_token": telegram.token,
                "telegram_api_url": telegram.url,
                "public_url": f"http://127.0.0.1:{port}",
            }
            async with running_service(Path(folder), port=port, **settings) as service:
                await service.becomes(status="ready")
                telegram.fail(ANY, Temper.SILENT, times=float("inf"))
                before = cpu_seconds(service)
                times = await write(service, seconds, pause)
                used = cpu_seconds(service) - before
    times.sort()
    print(machine())
    print(f"{len(times)} messages of {CITIZENS} citizens in {seconds:g} s, Telegram silent, LAPOR_NLU=off")
    shown = ", ".join(f"p{part} {1000 * times[len(times) * part // 100]:.1f} ms" for part in (50, 90, 99))
    print(f"acknowledged after: {shown}, longest {1000 * times[-1]:.1f} ms")
    print(f"processor time of the service: {used:.1f} s ({1000 * used / len(times):.2f} ms a message)")


async def write(service: Service, seconds: float, pause: float) -> list[float]:
    """Let everybody write for so long; returns the seconds that each acknowledgement took."""
    times: list[float] = []
    numbers = count(1)
    end = time.monotonic() + seconds

    people = count(6_000_000_001)

    async def citizen(session: ClientSession) -> None:
        await asyncio.sleep(pause * random.random())  # noqa: S311 - dice
        for said in count():
            if said % MESSAGES_A_TALK == 0:
                who = next(people)
            if time.monotonic() >= end:
                return
            body = update(next(numbers), who)
            began = time.monotonic()
            headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
            async with session.post(f"{service.address}/telegram", data=body, headers=headers) as answer:
                answer.raise_for_status()
            times.append(time.monotonic() - began)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - dice

    async with ClientSession(connector=TCPConnector(limit=CITIZENS)) as session, asyncio.TaskGroup() as everybody:
        for _ in range(CITIZENS):
            everybody.create_task(citizen(session))
    return times


def update(number: int, who: int) -> bytes:
    """A message as Telegram posts it."""
    sender = {"id": who, "first_name": "Siti", "is_bot": False, "language_code": "id"}
    chat = {"id": who, "type": "private", "first_name": "Siti"}
    message = {"message_id": number, "date": int(time.time()), "from": sender, "chat": chat}
    return json.dumps({"update_id": number, "message": message | {"text": WORDS.format(number=number)}}).encode()


def cpu_seconds(service: Service) -> float:
    """Processor time that the service has taken so far."""
    words = Path(f"/proc/{service.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--pause", type=float, default=2.0, help="seconds between two messages of one citizen")
    asked = options.parse_args()
    asyncio.run(measure(asked.seconds, asked.pause))
