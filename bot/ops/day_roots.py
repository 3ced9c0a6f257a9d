"""Makes each day's root once the day is over, and keeps it outside the database; seals what was there before keys were.

One process does it, whoever leads. Turns wait for it no longer than for one another: it works in small transactions.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

import structlog

from actions.cases.ports import Clock
from actions.regency.model import Regency
from actions.store.cases.histories import seal_some
from actions.store.cases.links import all_roots, day_links, keys_of, make_root, read_installation, say_sealed
from actions.store.engine.database import Database, is_away
from bot.observability.faults import place_of
from bot.ops.chain_files import ChainFiles

log = structlog.get_logger()

FIRST_AFTER_SECONDS: Final = 5.0
LOOK_EVERY_SECONDS: Final = 600.0
SEALED_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class DayRoots:
    """Looks every ten minutes whether a day is over.

    Attributes:
        files: where roots are kept outside the database.
    """

    database: Database
    regency: Regency
    clock: Clock
    files: ChainFiles

    async def run(self) -> None:
        """Look until cancelled, but not at once: whoever waited for the start comes first."""
        await asyncio.sleep(FIRST_AFTER_SECONDS)
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - a root that is not made yet is made later
                what = "roots_wait_for_database" if is_away(error) else "roots_not_made"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Seal what has no links yet, make yesterday's root where there is none, and write down outside what is new."""
        await self.seal()
        today = self.regency.calendar.day(self.clock())
        began = datetime.combine(today, time.min, self.regency.time_zone)
        async with self.database.writing() as connection:
            await make_root(connection, today - timedelta(days=1), began)
        await self.keep()

    async def seal(self) -> None:
        """Once, on the day of the upgrade: events from before there were keys are sealed as they stand.

        What has no link after that is a fault. So it is when the database denies that it was sealed, and the file
        outside says so.
        """
        async with self.database.reading() as connection:
            keys, row = keys_of(connection), await read_installation(connection)
        if keys is None or (row and row.sealed) or await asyncio.to_thread(self.files.sealed):
            return
        late = 0
        while True:
            async with self.database.writing() as connection:
                done = await seal_some(connection, SEALED_AT_ONCE)
                if not done:
                    await say_sealed(connection)
                    break
            late += done
            await asyncio.sleep(0)
        if late:
            log.info("old_cases_sealed", cases=late)

    async def keep(self) -> None:
        """Write outside what this machine has not kept yet."""
        async with self.database.reading() as connection:
            row, roots = await read_installation(connection), await all_roots(connection)
            known = await asyncio.to_thread(self.files.roots)
            missing = [(root, await day_links(connection, root.day)) for root in roots if root.day not in known]
        if row and row.sealed:
            await asyncio.to_thread(self.files.keep_sealed, row.id)
        for root, links in missing:
            await asyncio.to_thread(self.files.keep_day, root.day, root.root, links)
