"""What a million old cases cost the next citizen: `python -m tests.bench.million [--cases 1000000]`.

An installation is filled with cases, two inbox rows and two outbox rows a case, all done with but every nineteenth
case, which is being worked on. On it, and on one of a thousand cases, the same is timed: a status look-up, the list of
one citizen's cases, what is reported already near a draft whose category is in doubt, a turn, and what a start reads
before it answers.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert

from actions.cases.case import Location, ReportType
from actions.cases.nearby import NearbyQuery
from actions.cases.supporting import find_nearby
from actions.cases.ticket import SYMBOLS
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import case_events, case_words, cases, dialogues, inbox, outbox
from actions.store.messages.messages import backlog
from bot.configuration.settings import read_settings
from bot.main.assembly import assemble
from bot.understanding.normalise import normalise
from tests.bench.machine import machine
from tests.bench.turns import bench_of

ROWS_AT_ONCE = 5_000
CASES_OF_A_CITIZEN = 4
TIMES = 200
OPEN_IS_ONE_IN = 19
CATEGORIES = ("penerangan_jalan", "jalan", "sampah", "air_bersih", "drainase_banjir")
VILLAGES = 10
DISTRICTS = ("64.09.01", "64.09.02", "64.09.03", "64.09.04")
BEGINNING = datetime(2021, 1, 1, tzinfo=UTC)
EVENT = '{"event": "Said", "id": "t1", "at": "2021-01-01T00:00:00Z", "text": "lampu jalan mati", "ref": "1"}'
MESSAGE = '{"kind": "message", "text": "Laporan terkirim."}'


def ticket_of(number: int) -> str:
    """Something like a ticket number, of its own for each case; nobody checks it."""
    symbols = ""
    for _ in range(8):
        number, digit = divmod(number, len(SYMBOLS))
        symbols += SYMBOLS[digit]
    return f"LP-{symbols[:4]}-{symbols[4:]}"


def citizen_of(number: int) -> str:
    """Who filed a case."""
    return str(1_000_000 + number // CASES_OF_A_CITIZEN)


async def fill(database: Database, count: int) -> None:
    """Write that many old cases and everything around them."""
    for first in range(0, count, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, count))
        async with database.writing() as connection:
            for table, rows in _rows(numbers):
                await connection.execute(insert(table), rows)


def _rows(numbers: Sequence[int]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    yield cases, [case_row(number) for number in numbers]
    yield case_words, [{"ticket": ticket_of(n), "story": "lampu jalan mati " * 8, "salt": "0" * 32} for n in numbers]
    yield case_events, [_event(number) for number in numbers]
    yield inbox, [_came(number, part) for number in numbers for part in (0, 1)]
    yield outbox, [_went(number, part) for number in numbers for part in (0, 1)]
    starts = [number for number in numbers if number % CASES_OF_A_CITIZEN == 0]
    yield (
        dialogues,
        [{"channel": "telegram", "chat": citizen_of(n), "record": "{}", "changed_at": BEGINNING} for n in starts],
    )


def case_row(number: int) -> dict[str, Any]:
    at = BEGINNING + timedelta(minutes=2 * number)
    return {
        "ticket": ticket_of(number),
        "draft_key": f"telegram:{citizen_of(number)}:d{number}",
        "status": "closed" if number % OPEN_IS_ONE_IN else "in_progress",
        "type": "complaint",
        "category": CATEGORIES[number % len(CATEGORIES)],
        "handling_class": "ordinary",
        "agency": "dishub",
        "reason": "rule",
        "district": DISTRICTS[number // 7 % len(DISTRICTS)],
        "village": f"{DISTRICTS[number // 7 % len(DISTRICTS)]}.{1001 + number // 31 % VILLAGES}",
        "place": f"Jl. Provinsi Km {number % 60}",
        "outside_province": False,
        "severity": "normal",
        "identity": "anonymous",
        "visibility": "public",
        "sensitive": False,
        "channel": "telegram",
        "reporter": f"telegram:{citizen_of(number)}",
        "language": "id",
        "filed_at": at,
        "deadline": at.date(),
        "consent": "1",
        "version": 1,
    }


def _event(number: int) -> dict[str, Any]:
    return {
        "ticket": ticket_of(number),
        "number": 1,
        "to": "received",
        "who": "reporter",
        "at": BEGINNING,
        "why": "",
        "agency": "dishub",
        "words_digest": "0" * 64,
        "previous_hash": "0" * 64,
        "hash": "0" * 64,
    }


def _came(number: int, part: int) -> dict[str, Any]:
    return {
        "channel": "telegram",
        "update_id": f"{number}-{part}",
        "chat": citizen_of(number),
        "sequence": 2 * number + part,
        "event": EVENT,
        "state": "done",
        "received_at": BEGINNING,
    }


def _went(number: int, part: int) -> dict[str, Any]:
    return {
        "channel": "telegram",
        "chat": citizen_of(number),
        "ref": f"{number}.{part}",
        "message": MESSAGE,
        "state": "sent",
        "message_id": str(2 * number + part),
        "created_at": BEGINNING,
    }


async def measure(count: int) -> None:
    """Fill an installation, and print what things cost on it."""
    service = assemble(read_settings())
    database = service.database
    await schema.upgrade(database)
    began = time.monotonic()
    await fill(database, count)
    print(f"\n{count} cases, {2 * count} inbox rows, filled in {time.monotonic() - began:.0f} s")

    async def looks_up() -> None:
        async with database.reading() as connection:
            assert await SqlCaseBook(connection).by_ticket(ticket_of(count // 2))

    async def lists() -> None:
        async with database.reading() as connection:
            assert len(await SqlCaseBook(connection).of_reporter(f"telegram:{citizen_of(count // 2)}", 10))

    sought = NearbyQuery(
        reporter="telegram:1",
        type=ReportType.COMPLAINT,
        categories=CATEGORIES[:3],
        location=Location(district=DISTRICTS[0], village=f"{DISTRICTS[0]}.1001"),
        story="lampu jalan di kilometer lima mati sudah dua minggu",
        at=BEGINNING + timedelta(minutes=2 * count),
    )

    async def looks_around() -> None:
        async with database.reading() as connection:
            await find_nearby(SqlCaseBook(connection), service.regency, sought, normalise)

    async def starts() -> None:
        await database.check()
        await schema.upgrade(database)
        async with database.reading() as connection:
            await backlog(connection)

    bench = bench_of(service)
    bench.updates = 10 * count
    await bench.talk(range(20))  # whatever is done once is done

    async def turns() -> None:
        await bench.talk(range(900_000_000 + bench.updates, 900_000_001 + bench.updates))

    looks = {"status look-up": looks_up, "list of cases": lists, "reported nearby": looks_around}
    for name, command in {**looks, "talk of four turns": turns}.items():
        await _time(name, command, TIMES)
    await _time("start", starts, 5)
    await database.close()


async def _time(name: str, command: Callable[[], Awaitable[None]], times: int) -> None:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        await command()
        taken.append(1000 * (time.perf_counter() - began))
    taken.sort()
    p99 = taken[min(len(taken) - 1, len(taken) * 99 // 100)]
    print(f"{name}: median {statistics.median(taken):.2f} ms, p99 {p99:.2f} ms")


def main() -> None:
    """Measure both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    asked = options.parse_args()
    print(machine())
    for count in (1_000, asked.cases):
        with tempfile.TemporaryDirectory(prefix="lapor-million-") as folder:
            os.environ |= {"LAPOR_DATA_DIR": folder, "LAPOR_DATABASE_URL": "", "LAPOR_NLU": "off"}
            asyncio.run(measure(count))


if __name__ == "__main__":
    main()
