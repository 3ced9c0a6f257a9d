"""Counts the public numbers before anybody asks, behind the start and in one process: the first reader finds them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog

from actions.cases.ports import Clock
from actions.regency.model import Regency
from actions.store.engine.database import Database, is_away
from bot.web.public.statistics.reading import count_year, kept_year, read_years

log = structlog.get_logger()

BEGIN_AFTER_SECONDS = 5.0
"""Citizens' messages that have waited come first."""
LOOK_EVERY_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class StatisticsAhead:
    """Looks every hour whether the numbers of each year are of today."""

    database: Database
    regency: Regency
    clock: Clock

    async def run(self) -> None:
        """Count until cancelled. What fails is counted by whoever reads it first."""
        await asyncio.sleep(BEGIN_AFTER_SECONDS)
        while True:
            try:
                await self.count()
            except Exception as error:  # noqa: BLE001 - numbers that are not ready are counted when they are asked for
                log.error("statistics_wait" if is_away(error) else "statistics_not_ahead", error=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def count(self) -> int:
        """Count each year whose numbers are not of today, the last first; returns how many that were."""
        today, counted = self.regency.calendar.day(self.clock()), 0
        for year in await read_years(self.database):
            known = await kept_year(self.database, year)
            if known is None or known.as_of != today:
                await count_year(self.database, year, today, self.clock)
                counted += 1
        return counted
