"""Who floods holds up nobody else: `python -m tests.bench.load [--seconds 30]`.

Three attacks, and what they are compared with, on a real process, LAPOR_NLU=compiled, SQLite, each on data of its own;
the Telegram here does nothing:

- *talk*: 50 talk, and nobody floods, to compare with;
- *flood*: 20 chats write ten messages a second each while 50 others talk; shown is how long the others wait.
- *chats*: one address opens 2,000 web chats and writes in each, while somebody at another address talks.
- *uploads*: one visitor after the other sends photos of 5 MB from one address until nothing more is taken.

Shown besides: how much processor time the service took between a message of the others and its answer; the memory of
the process (resident set) and what its data folder takes on the disk. Everything is bounded in count and time, and what
floods runs in this process, on the processors that it shares with the service.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import uvloop
from aiohttp import ClientSession, CookieJar, FormData, TCPConnector, web
from PIL import Image

from tests.bench.end_to_end import FIRST_CITIZEN, TOKEN, IdleTelegram, telegram_update
from tests.bench.machine import machine
from tests.bench.memory import post, resident_megabytes
from tests.bench.webhook import SECRET, cpu_seconds
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port

FLOODING, A_SECOND, TALKING, TALKS_EVERY = 20, 10, 50, 4.0
CHATS, CHATS_AT_ONCE = 2_000, 20
MOST_UPLOADS, FILES_A_FORM, REFUSALS_TO_STOP = 80, 10, 5
WORDS = "lampu jalan di Petung mati sudah dua minggu, tiang nomor {number}"
LATEST_SECONDS = 60.0
PARTS = ("talk", "flood", "chats", "uploads")
FROM_ONE_ADDRESS = {"X-Forwarded-For": "192.0.2.1"}


@dataclass
class WatchedTelegram(IdleTelegram):
    """Remembers when each chat was told something."""

    heard: dict[int, asyncio.Event] = field(default_factory=dict)

    async def answers(self, request: web.Request) -> web.Response:
        """Any method of the Bot API."""
        answer = await super().answers(request)
        if request.match_info["method"] == "sendMessage":
            given = await request.json() if request.content_type == "application/json" else await request.post()
            self.heard.setdefault(int(str(given["chat_id"])), asyncio.Event()).set()
        return answer


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[Service, WatchedTelegram]]:
    """A service whose Telegram is here, behind a proxy that names who asks."""
    telegram, port, telegram_port = WatchedTelegram(), free_port(), free_port()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", telegram.answers)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", telegram_port).start()
    settings = {
        "telegram_mode": "webhook",
        "telegram_webhook_secret": SECRET,
        "telegram_token": TOKEN,
        "telegram_api_url": f"http://127.0.0.1:{telegram_port}",
        "public_url": f"http://127.0.0.1:{port}",
        "nlu": "compiled",
        "trusted_proxies": "127.0.0.1",
    }
    try:
        async with running_service(folder, port=port, **settings) as service:
            await service.becomes(status="ready")
            yield service, telegram
            await service.end(within_seconds=60)
    finally:
        await runner.cleanup()


def on_disk(folder: Path) -> float:
    """Megabytes that the data folder takes."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def shown(times: list[float]) -> str:
    """Waits, from the middle to the longest."""
    if not times:
        return "nobody was answered"
    times.sort()
    parts = ", ".join(f"p{part} {times[min(len(times) - 1, len(times) * part // 100)]:.2f} s" for part in (50, 95, 99))
    return f"{len(times)} answered: {parts}, longest {times[-1]:.2f} s"


async def flood(service: Service, telegram: WatchedTelegram, seconds: float, flooding: int) -> None:
    """So many flood, fifty talk."""
    numbers, people, used = count(1), count(FIRST_CITIZEN), cpu_seconds(service)
    end, waits, sent, late = time.monotonic() + seconds, list[float](), Counter[str](), 0
    worked = list[float]()

    async def floods(session: ClientSession, who: int) -> None:
        while time.monotonic() < end:
            began = time.monotonic()
            await post(session, service, telegram_update(next(numbers), who, WORDS.format(number=next(numbers))))
            sent["flooding"] += 1
            await asyncio.sleep(max(0.0, 1 / A_SECOND - (time.monotonic() - began)))

    async def talks(session: ClientSession) -> None:
        nonlocal late
        await asyncio.sleep(TALKS_EVERY * random.random())  # noqa: S311 - dice
        while time.monotonic() < end:
            who, began, used_before = next(people), time.monotonic(), cpu_seconds(service)
            heard = telegram.heard[who] = asyncio.Event()
            await post(session, service, telegram_update(next(numbers), who, WORDS.format(number=who % 1000)))
            sent["others"] += 1
            try:
                await asyncio.wait_for(heard.wait(), LATEST_SECONDS)
                waits.append(time.monotonic() - began)
                worked.append(cpu_seconds(service) - used_before)
            except TimeoutError:
                late += 1
            await asyncio.sleep(TALKS_EVERY * random.uniform(0.5, 1.5))  # noqa: S311 - dice

    async with ClientSession(connector=TCPConnector(limit=100)) as session, asyncio.TaskGroup() as everybody:
        for _ in range(flooding):
            everybody.create_task(floods(session, next(people)))
        for _ in range(TALKING):
            everybody.create_task(talks(session))
    print(f"flood: {sent['flooding']} messages of {flooding} chats in {seconds:g} s; {sent['others']} of others")
    print(
        f"  processor time of the service {cpu_seconds(service) - used:.1f} s; told {telegram.sent} messages and edits"
    )
    print(f"  the others: {shown(waits)}; {late} not in {LATEST_SECONDS:g} s")
    print(f"  what the service worked meanwhile, of its processor time: {shown(worked)}")


async def visits(service: Service, address: str, text: str) -> tuple[Counter[int], float]:
    """Somebody at this address opens the chat and writes; the statuses, and the seconds until she has an answer."""
    statuses, headers = Counter[int](), {"X-Forwarded-For": address}
    async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers) as session:
        async with session.get(f"{service.address}/") as page:
            statuses[page.status] += 1
        began = time.monotonic()
        url = f"{service.address}/chat/messages"
        async with session.post(url, data={"text": text}, allow_redirects=False) as answer:
            statuses[answer.status] += 1
        while statuses[303] and time.monotonic() - began < LATEST_SECONDS:
            async with session.get(f"{service.address}/") as page:
                if "Laporan Anda." in await page.text():
                    return statuses, time.monotonic() - began
            await asyncio.sleep(0.1)
    return statuses, time.monotonic() - began


async def open_chats(service: Service) -> None:
    """One address opens many chats; another talks meanwhile."""
    statuses, waits, left, is_over = Counter[int](), list[float](), iter(range(CHATS)), asyncio.Event()

    async def opens() -> None:
        for number in left:
            async with ClientSession(
                headers={"X-Forwarded-For": "192.0.2.1"}, cookie_jar=CookieJar(unsafe=True)
            ) as one:
                async with one.get(f"{service.address}/") as page:
                    statuses[page.status] += 1
                data = {"text": WORDS.format(number=number)}
                async with one.post(f"{service.address}/chat/messages", data=data, allow_redirects=False) as answer:
                    statuses[answer.status] += 1

    async def talks() -> None:
        for number in count(1):
            if is_over.is_set():
                return
            waits.append((await visits(service, f"198.51.100.{number % 250}", WORDS.format(number=number)))[1])

    began, other = time.monotonic(), asyncio.create_task(talks())
    async with asyncio.TaskGroup() as everybody:
        for _ in range(CHATS_AT_ONCE):
            everybody.create_task(opens())
    seconds = time.monotonic() - began
    is_over.set()
    await other
    print(f"chats: {CHATS} of one address in {seconds:.0f} s; statuses {dict(sorted(statuses.items()))}")
    print(f"  somebody elsewhere: {shown(waits)}")


def a_photo() -> bytes:
    """Some 5 MB that cannot be made smaller."""
    written = io.BytesIO()
    Image.frombytes("RGB", (1400, 1200), os.urandom(1400 * 1200 * 3)).save(written, "JPEG", quality=95)
    return written.getvalue()


async def upload(service: Service) -> None:
    """One address sends forms with photos until a form is answered without one of them taken."""
    photo, sent, taken = a_photo(), 0, Counter[int]()
    for number in range(MOST_UPLOADS):
        async with ClientSession(cookie_jar=CookieJar(unsafe=True), headers=FROM_ONE_ADDRESS) as session:
            await (await session.get(f"{service.address}/")).read()
            form = FormData({"text": WORDS.format(number=number)})
            for file in range(FILES_A_FORM):
                form.add_field("files", photo, filename=f"{file}.jpg", content_type="image/jpeg")
            async with session.post(f"{service.address}/chat/messages", data=form, allow_redirects=False) as answer:
                taken[answer.status] += 1
            sent += FILES_A_FORM
        rows = await asyncio.to_thread(files_known, service)
        if taken.total() - rows // FILES_A_FORM >= REFUSALS_TO_STOP:
            break
    print(f"uploads: {sent} photos of {len(photo) / 1e6:.1f} MB in {taken.total()} forms; statuses {dict(taken)}")
    print(f"  {await asyncio.to_thread(files_known, service)} were taken")
    _, wait = await visits(service, "198.51.100.7", WORDS.format(number=1))
    print(f"  somebody elsewhere is answered after {wait:.2f} s")


def files_known(service: Service) -> int:
    """Of how many files the database knows."""
    with closing(sqlite3.connect(service.database, timeout=60)) as connection:
        return int(connection.execute("SELECT count(*) FROM files").fetchone()[0])


async def measure(seconds: float, parts: Sequence[str]) -> None:
    """Run these, and print what came of them."""
    print(machine(), f"· load average before {os.getloadavg()[0]:.1f}")
    for name in parts:
        with tempfile.TemporaryDirectory(prefix="lapor-load-") as made:
            folder = Path(made)
            async with served(folder) as (service, telegram):
                start = resident_megabytes(service), on_disk(folder / "var")
                if name == "flood":
                    await flood(service, telegram, seconds, FLOODING)
                elif name == "talk":
                    await flood(service, telegram, seconds, 0)
                elif name == "chats":
                    await open_chats(service)
                else:
                    await upload(service)
                now = resident_megabytes(service), on_disk(folder / "var")
                print(f"  memory {start[0]:.0f} to {now[0]:.0f} MB, disk {start[1]:.0f} to {now[1]:.0f} MB")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=30.0)
    options.add_argument("--parts", nargs="*", default=PARTS, choices=PARTS)
    chosen = options.parse_args()
    uvloop.run(measure(chosen.seconds, chosen.parts))
