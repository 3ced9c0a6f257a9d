"""What the public numbers cost with a million cases: `python -m tests.bench.public [--cases 1000000]`.

A database is filled with facts of cases of one year, and the same is timed as `/statistik` and `/laporan` do it:
counting anew, a page of the list by each filter, and what is kept when it is asked for again.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert

from actions.cases.case import Status
from actions.statistics.case_statistics import month_of
from actions.store.engine import schema
from actions.store.engine.database import Database
from actions.store.engine.tables import cases
from actions.store.statistics.counting import a_year
from actions.store.statistics.filling import StatisticsFiller
from actions.store.statistics.listing import Filters, ListingCursor, list_open
from actions.store.statistics.tables import case_statistics
from bot.web.public.statistics.reading import RefreshedCache, Statistics, count_year, kept_year, read_statistics
from tests.bench.machine import machine
from tests.bench.million import case_row, ticket_of
from tests.talks.world import declared

ROWS_AT_ONCE = 5_000
BEGINNING = date(2026, 1, 1)
DAYS = 330
TODAY = BEGINNING + timedelta(days=DAYS)
TIMES = 30


async def fill(database: Database, count: int) -> None:
    """Facts of that many cases, at 35 agencies, of 30 categories, from 54 villages."""
    dice = random.Random(1)  # noqa: S311 - the same numbers in every run
    for first in range(0, count, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, count))
        rows = [_row(number, count, dice) for number in numbers]
        async with database.writing() as connection:
            await connection.execute(insert(case_statistics), rows)
            await connection.execute(insert(cases), [case_row(number) for number in numbers])


def _row(number: int, count: int, dice: random.Random) -> dict[str, Any]:
    day = BEGINNING + timedelta(days=number * DAYS // count)
    days = dice.randint(1, 30) if dice.random() < 0.8 else None
    answered = None if days is None else day + timedelta(days=days)
    return {
        "ticket": ticket_of(number),
        "received_on": day,
        "month": month_of(day),
        "agency": f"agency_{dice.randrange(35)}",
        "category": f"category_{dice.randrange(30)}",
        "district": f"64.09.0{dice.randrange(1, 5)}",
        "village": f"64.09.01.10{dice.randrange(54):02}",
        "status": Status.CLOSED.value if days else Status.IN_PROGRESS.value,
        "is_open": dice.random() < 0.95,
        "version": 5,
        "changed_on": answered or day,
        "due_on": None if days else day + timedelta(days=20),
        "is_late": dice.random() < 0.2,
        "answered_on": answered,
        "answer_days": days,
        "solved_on": answered,
        "disputes": 0,
        "reopenings": 0,
        "rating": dice.choice((0, 0, 0, 5, 4)),
    }


async def measure(database: Database, count: int) -> None:
    """Fill it, and print what things cost."""
    await schema.upgrade(database)
    await fill(database, count)
    filler = StatisticsFiller(database, declared().regency)
    await _time("look for cases without facts, the first time", filler.fill, 1)
    await _time("look for cases without facts, at every later start", filler.fill, TIMES)
    clock = partial(datetime.now, UTC)
    await _time("count it and keep it", lambda: count_year(database, 2026, TODAY, clock), 1)
    await _time("what was kept, read first after a start", lambda: kept_year(database, 2026), TIMES)
    kept: RefreshedCache[int, Statistics] = RefreshedCache(lambda year: read_statistics(database, a_year(year), TODAY))
    print(f"\n{count} facts")
    await _time("count a year anew", lambda: read_statistics(database, a_year(2026), TODAY), 3)
    await kept.get(2026)
    await _time("numbers that are kept", lambda: kept.get(2026), 10_000)
    middle = ListingCursor(BEGINNING + timedelta(days=DAYS // 2), ticket_of(count // 2))
    for name, filters, after in (
        ("list, the newest", Filters(), None),
        ("list, from the middle", Filters(), middle),
        ("list, by agency", Filters(agency="agency_7"), middle),
        ("list, by category", Filters(category="category_7"), middle),
        ("list, by district", Filters(district="64.09.02"), middle),
        ("list, by month", Filters(month="2026-03"), None),
        ("list, by agency and category", Filters(agency="agency_7", category="category_7"), None),
        ("list, by a status that no case has", Filters(status=Status.REFERRED), None),
    ):
        await _time(name, lambda filters=filters, after=after: _page(database, filters, after), TIMES)  # type: ignore[misc]


async def _page(database: Database, filters: Filters, after: ListingCursor | None) -> Sequence[object]:
    async with database.reading() as connection:
        return await list_open(connection, filters, after, 21)


async def _time(name: str, command: Callable[[], Awaitable[object]], times: int) -> None:
    taken = []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        await command()
        taken.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - used)))
    taken.sort()
    wall, cpu = taken[len(taken) // 2][0], sorted(used for _, used in taken)[len(taken) // 2]
    print(f"{name}: median {wall:.2f} ms, of the processor {cpu:.2f} ms; longest {taken[-1][0]:.2f} ms")


async def run(url: str, count: int) -> None:
    """On one database."""
    database = Database(url)
    await measure(database, count)
    await database.close()


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=1_000_000)
    asked = options.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="lapor-public-") as folder:
        asyncio.run(run(f"sqlite:///{folder}/lapor.db", asked.cases))


if __name__ == "__main__":
    main()
