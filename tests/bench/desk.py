"""What the desk costs with a million cases: `python -m tests.bench.desk [--cases 1000000] [--database postgresql]`.

A database is filled with cases whose words are spread as words are: some stand in every third story, most in few. Then
the pages of the desk are asked for as a browser does, each in many ways: lists, searches, filters, a case. On
PostgreSQL the same is asked of the database, without the pages.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from actions.cases.case import OPEN, Status
from actions.cases.ticket import SYMBOLS
from actions.store.cases.queue import EVERYTHING_OPEN, Pile, listed
from actions.store.cases.search import search_cases
from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import case_words, cases
from bot.web.desk.search.query import SearchQuery, read_asked, sought
from tests.bench.machine import machine
from tests.bench.million import ticket_of
from tests.postgres import running_postgres
from tests.unit.web_desk_more.desk_office import a_desk_office

ROWS_AT_ONCE = 5_000
TIMES = 100
MINUTES_BETWEEN = 3
LAST = datetime(2026, 11, 24, tzinfo=UTC)
COMMON = (
    *("jalan", "lampu", "mati", "rusak", "air", "sampah", "depan"),
    *("rumah", "sudah", "tidak", "warga", "desa", "berlubang", "gelap"),
)
OPEN_STATUSES = sorted(OPEN)
OPEN_IS_ONE_IN = 20
AGENCIES = ("dpupr", "dishub", "dlh", "admin_ppu")
CATEGORIES = ("jalan", "penerangan_jalan", "sampah", "air_bersih", "drainase_banjir")
VOCABULARY = (*COMMON, *(f"kata{number}" for number in range(20_000)))
WEIGHTS = tuple(itertools.accumulate(1 / (place + 3) for place in range(len(VOCABULARY))))
ZONE = ZoneInfo("Asia/Makassar")

QUERIES: Mapping[str, str] = {
    "search, a common word": "kata=jalan",
    "search, three common words": "kata=lampu+jalan+mati",
    "search, a word form": "kata=lubang",
    "search, a rare word": "kata=kata19000",
    "search, a common and a rare word": "kata=jalan+kata19000",
    "search, a word that no case has": "kata=tertanda",
    "search, the beginning of a word": "kata=kata1900*",
    "search, a common word at one agency": "kata=jalan&instansi=dishub&status=answered",
    "filter, agency and status": "instansi=dishub&status=needs_info",
    "filter, district, category and status": "kecamatan=64.09.02&kategori=sampah&status=in_progress",
    "filter, what is late": "terlambat=ya",
    "filter, days long ago": "sampai=2022-03-01&kategori=jalan",
    "filter, a channel that few came by": "saluran=letter",
}


async def fill(database: Database, count: int) -> None:
    """That many cases with their words; one in twenty waits."""
    dice = random.Random(1)  # noqa: S311 - the same numbers in every run
    for first in range(0, count, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, count))
        async with database.writing() as connection:
            await connection.execute(insert(cases), [_case(number, count, dice) for number in numbers])
            await connection.execute(insert(case_words), [_words(number, dice) for number in numbers])
    if not database.is_sqlite:
        async with database.writing() as connection:
            await connection.execute(text("ANALYZE"))


def _case(number: int, count: int, dice: random.Random) -> dict[str, Any]:
    at = LAST - timedelta(minutes=MINUTES_BETWEEN * (count - number))
    district = f"64.09.0{dice.randrange(1, 5)}"
    status = dice.choice(OPEN_STATUSES) if number % OPEN_IS_ONE_IN == 0 else Status.CLOSED
    return {
        "ticket": ticket_of(number),
        "draft_key": f"old:{number}",
        "status": status.value,
        "type": "complaint",
        "category": dice.choice(CATEGORIES),
        "handling_class": "ordinary",
        "agency": dice.choice(AGENCIES),
        "reason": "",
        "district": district,
        "village": f"{district}.{1001 + dice.randrange(10)}",
        "place": f"Gang {dice.choice(VOCABULARY)}",
        "outside_province": False,
        "severity": "normal",
        "identity": "anonymous",
        "visibility": "public",
        "sensitive": False,
        "channel": "letter" if number % 50_000 == 0 else "telegram",
        "reporter": f"telegram:{number // 4}",
        "language": "id",
        "filed_at": at,
        "deadline": at.date() + timedelta(days=20),
        "due_on": LAST.date() + timedelta(days=dice.randrange(-9, 20)) if status in OPEN else None,
        "consent": "1",
        "version": 2,
    }


def _words(number: int, dice: random.Random) -> dict[str, Any]:
    told = " ".join(dice.choices(VOCABULARY, cum_weights=WEIGHTS, k=25))
    return {"ticket": ticket_of(number), "story": told, "salt": "0" * 32}


async def measure_pages(folder: Path, count: int) -> None:
    """On SQLite, as a browser asks."""
    file = folder / "lapor.db"
    database = Database(f"sqlite:///{file}")
    await schema.upgrade(database)
    await _filled(database, count)
    await database.close()
    office = await a_desk_office(folder, file)
    filed = [(await office.files()).ticket for _ in range(TIMES)]
    vera, lina = await office.browser_of("Vera"), await office.browser_of("Lina")

    def asks(browser: Any, path: str) -> Callable[[int], Awaitable[object]]:
        async def ask(number: int) -> None:
            answer = await browser.get(path.format(filed[number]))
            if answer.status_code != 200:
                raise RuntimeError(path, answer.status_code)

        return ask

    pages = {
        "queue of a verifier": asks(vera, "/desk"),
        "queue of an agency": asks(lina, "/desk"),
        "everything that is open": asks(vera, "/desk?list=all"),
        "a case": asks(vera, "/desk/cases/{}"),
        **{name: asks(vera, f"/desk/search?{query}") for name, query in QUERIES.items()},
        "the same of one agency's people": asks(lina, "/desk/search?kata=jalan+rusak"),
    }
    for name, page in pages.items():
        await _time(name, page)
    await office.gate.house.closes()


async def measure_database(url: str, count: int) -> None:
    """On PostgreSQL, what the pages ask of it."""
    database = Database(url)
    await _filled(database, count)
    now = LAST

    def seeks(asked: SearchQuery) -> Callable[[int], Awaitable[object]]:
        async def seek(number: int) -> None:
            del number
            async with database.reading() as connection:
                await search_cases(connection, sought(asked, None, now, ZONE), None, 20)

        return seek

    def lists(pile: Pile) -> Callable[[int], Awaitable[object]]:
        async def one(number: int) -> None:
            del number
            async with database.reading() as connection:
                await listed(connection, pile, None, 21)

        return one

    looks = {
        "queue of a verifier": lists(Pile(frozenset({Status.RECEIVED}))),
        "queue of an agency": lists(Pile(frozenset({Status.FORWARDED, Status.IN_PROGRESS}), "dpupr")),
        "everything that is open": lists(EVERYTHING_OPEN),
        **{name: seeks(read_asked(dict(_fields(query)))) for name, query in QUERIES.items()},
    }
    for name, look in looks.items():
        await _time(name, look)
    await database.close()


def _fields(query: str) -> Iterator[tuple[str, str]]:
    for part in query.split("&"):
        name, _, value = part.partition("=")
        yield name, value.replace("+", " ")


async def _filled(database: Database, count: int) -> None:
    if count > len(SYMBOLS) ** 7:
        raise ValueError(count)
    began = time.monotonic()
    await fill(database, count)
    print(f"{count} cases, filled in {time.monotonic() - began:.0f} s", flush=True)


async def _time(name: str, command: Callable[[int], Awaitable[object]]) -> None:
    taken: list[float] = []
    used = time.process_time()
    for number in range(TIMES):
        began = time.perf_counter()
        await command(number)
        taken.append(1000 * (time.perf_counter() - began))
    cpu = 1000 * (time.process_time() - used) / TIMES
    print(f"{name}: {_quantiles(taken)}, of the processor {cpu:.1f} ms each", flush=True)


def _quantiles(taken: Sequence[float]) -> str:
    ordered = sorted(taken)
    return f"median {statistics.median(ordered):.1f} ms, p99 {ordered[len(ordered) * 99 // 100 - 1]:.1f} ms"


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = options.parse_args()
    print(machine())
    if asked.database == "postgresql":
        with running_postgres() as server:
            asyncio.run(measure_database(server.new_database(), asked.cases))
        return
    with tempfile.TemporaryDirectory(prefix="lapor-desk-") as folder:
        asyncio.run(measure_pages(Path(folder), asked.cases))


if __name__ == "__main__":
    main()
