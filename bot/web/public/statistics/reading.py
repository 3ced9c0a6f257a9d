"""Reads the public numbers of a period, and keeps them for a few minutes: a crowd costs no more than one reader."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import structlog

from actions.cases.ports import Clock
from actions.statistics.suppression import Published, PublishedCounts, confidential, publish, villages_to_draw
from actions.store.engine.database import Database
from actions.store.statistics.counting import (
    Period,
    a_year,
    all_are_counted,
    count_by,
    count_confidential,
    years_with_cases,
)
from actions.store.statistics.kept import Numbers, load_numbers, save_numbers

log = structlog.get_logger()

TABLES: Final = ("month", "district", "agency", "category")
VILLAGE: Final = "village"
RENEW_SECONDS: Final = 240.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """What anybody may read of a period.

    Attributes:
        as_of: the day on which it was counted.
        published: the open cases.
        confidential: secret, sensitive and hidden ones, as a whole.
        villages: how many open cases each had, where that may be shown.
        is_complete: every case is in it; not so for a while after an old version.
    """

    period: Period
    as_of: date
    published: Published
    confidential: PublishedCounts | None
    villages: Mapping[str, int]
    is_complete: bool


async def read_statistics(database: Database, period: Period, today: date) -> Statistics:
    """Count anew."""
    return statistics_of(await _count(database, period, today), period)


async def count_year(database: Database, year: int, today: date, clock: Clock) -> Statistics:
    """Count a year anew, and keep what was counted for the next start."""
    numbers = await _count(database, a_year(year), today)
    async with database.writing() as connection:
        await save_numbers(connection, year, numbers, clock())
    return statistics_of(numbers, a_year(year))


async def kept_year(database: Database, year: int) -> Statistics | None:
    """As it was counted last, by whatever process."""
    async with database.reading() as connection:
        numbers = await load_numbers(connection, year)
    return statistics_of(numbers, a_year(year)) if numbers else None


async def _count(database: Database, period: Period, today: date) -> Numbers:
    async with database.reading() as connection:
        return Numbers(
            as_of=today,
            tables={name: await count_by(connection, name, period, today) for name in (*TABLES, VILLAGE)},
            confidential=await count_confidential(connection, period, today),
            is_complete=await all_are_counted(connection),
        )


def statistics_of(numbers: Numbers, period: Period) -> Statistics:
    """What of it anybody may read. Pure."""
    published = publish({name: numbers.tables[name] for name in TABLES})
    districts = published.tables["district"]
    return Statistics(
        period=period,
        as_of=numbers.as_of,
        published=published,
        confidential=confidential(numbers.confidential),
        villages=villages_to_draw(numbers.tables[VILLAGE], numbers.tables["district"], districts),
        is_complete=numbers.is_complete,
    )


async def read_years(database: Database) -> Sequence[int]:
    """The years that there are open cases of, the last first."""
    async with database.reading() as connection:
        return await years_with_cases(connection)


@dataclass(slots=True)
class RefreshedCache[K, T]:
    """Keeps what was read. What is old is still given while it is read anew, so that nobody waits twice.

    Attributes:
        read: reads it; asked for as few keys as there are.
        now: seconds that never go back.
        read_before: what was read before this process began, which is given until it is read anew; None for nothing.
    """

    read: Callable[[K], Awaitable[T]]
    now: Callable[[], float] = time.monotonic
    read_before: Callable[[K], Awaitable[T | None]] | None = None
    _kept: dict[K, tuple[float, T]] = field(default_factory=dict)
    _reading: dict[K, asyncio.Task[T]] = field(default_factory=dict)

    async def get(self, key: K) -> T:
        """What was read in the last minutes; the first to ask waits for it.

        Raises:
            Exception: whatever the first reading raised; later ones only leave what there was.
        """
        known = self._kept.get(key) or await self._from_before(key)
        if known and self.now() - known[0] < RENEW_SECONDS:
            return known[1]
        if key not in self._reading:
            self._reading[key] = asyncio.create_task(self._renew(key))
            self._reading[key].add_done_callback(lambda task: self._ended(key, task))
        return known[1] if known else await asyncio.shield(self._reading[key])

    async def _from_before(self, key: K) -> tuple[float, T] | None:
        found = await self.read_before(key) if self.read_before and key not in self._reading else None
        if found is not None and key not in self._kept:
            self._kept[key] = (-math.inf, found)
        return self._kept.get(key)

    async def _renew(self, key: K) -> T:
        found = await self.read(key)
        self._kept[key] = (self.now(), found)
        return found

    def _ended(self, key: K, task: asyncio.Task[T]) -> None:
        self._reading.pop(key, None)
        if not task.cancelled() and (error := task.exception()):
            log.warning("statistics_not_read", error=type(error).__name__)
