"""The trainers' pages with much to do: `python -m tests.bench.trainers [--messages 1000000] [--rows 100000]`.

An inbox is filled with so many messages, a twentieth of them of cases, and its page is asked for through the app; a
trainer has had her say on the first thousand. Then a file of so many rows is imported, saved as one change, and the
data is checked with all of them in it.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from httpx import AsyncClient
from sqlalchemy import insert

from actions.store.training.tables import sample_labels, samples
from bot.training.corpus.rows import Columns
from bot.training.samples.labelling import who
from tests.bench.machine import machine
from tests.talks.database import new_database
from tests.unit.trainers.rooms import OfficersSession, a_room

ROWS_AT_ONCE = 5_000
SAID_BEFORE = 1_000
TIMES = 200
LATER_PAGES = 10
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
THINGS = (
    "lampu jalan",
    "selokan",
    "jembatan kayu",
    "tumpukan sampah",
    "pipa air",
    "pohon tua",
    "trotoar",
    "gorong gorong",
)
TROUBLES = ("mati", "mampet", "lapuk", "menumpuk", "bocor", "tumbang", "pecah", "ambles", "bau", "gelap")
PLACES = ("depan pasar", "dekat sekolah", "di gang kami", "samping masjid", "arah pelabuhan", "belakang kantor desa")
SLUGS = ("jalan", "sampah", "penerangan_jalan", "drainase_banjir", "air_bersih", "pohon_taman")


def rows_of(first: int, last: int) -> Iterator[dict[str, Any]]:
    """Messages with a worth of their own, most of them open."""
    for number in range(first, last):
        mixed = number * 2_654_435_761 % 2**32
        slug = SLUGS[mixed % len(SLUGS)]
        yield {
            "text": f"{words_of(mixed)} nomor {number}",
            "kin": f"{number:016x}",
            "channel": "web",
            "at": BEGINNING + timedelta(seconds=number),
            "intent": "complaint",
            "intent_confidence": 0.9,
            "category": slug,
            "category_confidence": mixed / 2**32,
            "ranking": f'[["{slug}", 0.5], ["jalan", 0.2], ["sampah", 0.1]]',
            "is_sure": False,
            "worth": round(mixed / 2**29, 4),
            "reason": "unsure",
            "state": "twin" if number % 10 == 0 else "open",
            "wanted": 2 if number % 5 == 0 else 1,
        }


def words_of(mixed: int) -> str:
    """What somebody might write."""
    thing, rest = THINGS[mixed % len(THINGS)], mixed // len(THINGS)
    trouble, rest = TROUBLES[rest % len(TROUBLES)], rest // len(TROUBLES)
    return f"{thing} {trouble} {PLACES[rest % len(PLACES)]}"


async def fill(room: OfficersSession, count: int) -> None:
    """So many messages wait."""
    for first in range(0, count, ROWS_AT_ONCE):
        async with room.gate.database.writing() as connection:
            await connection.execute(insert(samples), list(rows_of(first, min(first + ROWS_AT_ONCE, count))))


async def has_said(room: OfficersSession, name: str) -> None:
    """A trainer has skipped the messages that stand first."""
    said = {"who": who(room.gate.people[name]), "at": room.gate.now(), "label": ""}
    first = (await room.inbox())[:SAID_BEFORE]
    async with room.gate.database.writing() as connection:
        await connection.execute(insert(sample_labels), [{**said, "sample": sample.id} for sample in first])


async def timed(browser: AsyncClient, addresses: list[str]) -> list[tuple[float, float]]:
    """Milliseconds of each answer, by the clock and of the processor."""
    found = []
    for address in addresses:
        began, worked = time.perf_counter(), time.process_time()
        answer = await browser.get(address)
        found.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
        answer.raise_for_status()
    return found


async def later_page(browser: AsyncClient) -> str:
    """The address of the tenth page."""
    address = "/trainer"
    for _ in range(LATER_PAGES):
        page = (await browser.get(address)).text
        address = page.partition('href="/trainer?after=')[2].partition('"')[0]
        address = f"/trainer?after={address}"
    return address


def shown(name: str, milliseconds: list[tuple[float, float]]) -> None:
    """Median and 99th percentile, and of the processor the median."""
    clock = sorted(one for one, _ in milliseconds)
    worked = statistics.median(cpu for _, cpu in milliseconds)
    last = clock[int(len(clock) * 0.99)]
    print(f"{name:30} p50 {statistics.median(clock):6.1f} ms  p99 {last:6.1f} ms  processor {worked:6.1f} ms")


async def pages(room: OfficersSession, messages: int) -> None:
    """Ask for the inbox."""
    browser = await room.trainer("Rina")
    await fill(room, messages)
    await has_said(room, "Rina")
    await timed(browser, ["/trainer"] * 5)
    shown(f"inbox, {messages:,} messages", await timed(browser, ["/trainer"] * TIMES))
    shown("its tenth page", await timed(browser, [await later_page(browser)] * TIMES))


def write_file(file: Path, rows: int) -> None:
    """A file of labelled messages, each said once."""
    with file.open("w", encoding="utf-8", newline="") as out:
        written = csv.writer(out)
        written.writerow(["nomor", "isi", "bidang"])
        for number in range(rows):
            mixed = number * 2_654_435_761 % 2**32
            slug = SLUGS[mixed % len(SLUGS)] if number % 100 else "tidak ada"
            written.writerow([number, f"{words_of(mixed)} kilometer {number}", slug])


def imports(room: OfficersSession, folder: Path, rows: int) -> None:
    """Import a file, and check what then stands there."""
    file = folder / "rows.csv"
    write_file(file, rows)
    importer, began, worked = room.imports.importer, time.perf_counter(), time.process_time()
    begun = importer.begin(file, file.name, Columns("isi", "", "bidang"), "Rina", "impor", room.gate.now())
    for step in importer.steps(begun):
        begun = step
    read = time.perf_counter()
    room.handlers.folder.save(importer.change(begun, room.gate.now()))
    saved = time.perf_counter()
    print(f"{begun.rows:,} rows read: {begun.accepted:,} accepted, {begun.refused:,} refused, {read - began:.1f} s")
    print(f"saved as one change, checked before: {saved - read:.1f} s")
    print(f"processor, of both: {time.process_time() - worked:.1f} s")
    fresh = type(room.handlers.folder.reader)(room.base, room.own)
    began = time.perf_counter()
    corpus = fresh.read()
    faults = corpus.faults(room.handlers.folder.categories)
    print(f"checked again from the files: {time.perf_counter() - began:.1f} s, {len(faults)} faults")


async def main() -> None:
    """Fill, ask, import, check."""
    parser = argparse.ArgumentParser(description="Times the trainers' pages.")
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=100_000)
    words = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        room = await a_room(Path(folder), await new_database())
        if words.messages:
            await pages(room, words.messages)
        if words.rows:
            await asyncio.to_thread(imports, room, Path(folder), words.rows)
        await room.gate.house.closes()
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    asyncio.run(main())
