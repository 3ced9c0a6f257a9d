"""Reads the public numbers of a period, and keeps them for a few minutes: a crowd costs no more than one reader."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import structlog

from actions.facts_withheld import Published, Shown, discreet, publish, villages_to_draw
from actions.store.database import Database
from actions.store.facts_counting import (
    Period,
    all_are_counted,
    count_by,
    count_discreet,
    years_with_cases,
)

log = structlog.get_logger()

TABLES: Final = ("month", "district", "agency", "category")
RENEW_SECONDS: Final = 240.0


@dataclass(frozen=True, slots=True)
class Statistics:
    """What anybody may read of a period.

    Attributes:
        as_of: the day on which it was counted.
        published: the open cases.
        discreet: secret, sensitive and hidden ones, as a whole.
        villages: how many open cases each had, where that may be shown.
        is_complete: every case is in it; not so for a while after an old version.
    """

    period: Period
    as_of: date
    published: Published
    discreet: Shown | None
    villages: Mapping[str, int]
    is_complete: bool


async def read_statistics(database: Database, period: Period, today: date) -> Statistics:
    """Count anew."""
    async with database.reading() as connection:
        counted = {name: await count_by(connection, name, period, today) for name in TABLES}
        published, villages = publish(counted), await count_by(connection, "village", period, today)
        return Statistics(
            period=period,
            as_of=today,
            published=published,
            discreet=discreet(await count_discreet(connection, period, today)),
            villages=villages_to_draw(villages, counted["district"], published.tables["district"]),
            is_complete=await all_are_counted(connection),
        )


async def read_years(database: Database) -> Sequence[int]:
    """The years that there are open cases of, the last first."""
    async with database.reading() as connection:
        return await years_with_cases(connection)


@dataclass(slots=True)
class Renewed[K, T]:
    """Keeps what was read. What is old is still given while it is read anew, so that nobody waits twice.

    Attributes:
        read: reads it; asked for as few keys as there are.
        now: seconds that never go back.
    """

    read: Callable[[K], Awaitable[T]]
    now: Callable[[], float] = time.monotonic
    _kept: dict[K, tuple[float, T]] = field(default_factory=dict)
    _reading: dict[K, asyncio.Task[T]] = field(default_factory=dict)

    async def get(self, key: K) -> T:
        """What was read in the last minutes; the first to ask waits for it.

        Raises:
            Exception: whatever the first reading raised; later ones only leave what there was.
        """
        known = self._kept.get(key)
        if known and self.now() - known[0] < RENEW_SECONDS:
            return known[1]
        if key not in self._reading:
            self._reading[key] = asyncio.create_task(self._renew(key))
            self._reading[key].add_done_callback(lambda task: self._ended(key, task))
        return known[1] if known else await asyncio.shield(self._reading[key])

    async def _renew(self, key: K) -> T:
        found = await self.read(key)
        self._kept[key] = (self.now(), found)
        return found

    def _ended(self, key: K, task: asyncio.Task[T]) -> None:
        self._reading.pop(key, None)
        if not task.cancelled() and (error := task.exception()):
            log.warning("statistics_not_read", error=type(error).__name__)
