"""Sees that of whoever was forgotten nothing is left: neither her id in the tables nor her words in SQLite's log.

It looks every few seconds, in one process. A log that could not be emptied, for somebody read the database, is tried
again until it is; also after the service was stopped and started, for it begins with a look at the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from actions.cases.ports import Clock
from actions.store.engine.database import Database, is_away
from actions.store.privacy.last_traces import ToFinish, id_of, remove_rest, take_away_id, to_finish
from actions.store.privacy.retention import empty_the_log
from bot.observability.faults import place_of

log = structlog.get_logger()

LOOK_EVERY_SECONDS: Final = 3.0
TOLD_WITHIN: Final = timedelta(hours=1)
"""How long a citizen whose data were deleted can still read that they were, where the talk is shown from its rows."""
WAITED_FOR: Final = timedelta(days=7)
"""A message that does not arrive, or a file that does not go, is waited for so long before the rest goes."""
TOLD_AFTER_TRIES: Final = 10


@dataclass(slots=True)
class LastTraces:
    """Takes away last traces until it is cancelled.

    Attributes:
        shown_from_rows: the channels whose talks are shown from the rows of inbox and outbox.
        is_log_empty: nothing was erased since SQLite's log was emptied last. A server has no such log.
    """

    database: Database
    clock: Clock
    shown_from_rows: Collection[str]
    is_log_empty: bool = False
    _seen: frozenset[ToFinish] = frozenset()
    _tries: int = 0

    async def run(self) -> None:
        """Look until cancelled. A database that is away is looked at the next time."""
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - what is left goes the next time
                what = "last_traces_wait_for_database" if is_away(error) else "last_traces_wait"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Take away what can go now, and empty the log where anything was erased."""
        await self.finish(self.clock())
        await self.empty_log()

    async def finish(self, now: datetime) -> None:
        """Take away ids of those who were told, and what was left for them to read once that is long ago."""
        async with self.database.reading() as connection:
            waiting = await to_finish(connection)
        if frozenset(waiting) != self._seen:
            self.is_log_empty, self._seen = False, frozenset(waiting)
        for one in waiting:
            async with self.database.writing() as connection:
                is_shown = one.channel in self.shown_from_rows
                waits = one.at > now - WAITED_FOR
                is_taken = await take_away_id(connection, one, is_shown=is_shown, waits=waits)
                is_over = one.at < now - TOLD_WITHIN and not await id_of(connection, one)
                if is_over:
                    await remove_rest(connection, one)
            if is_taken or is_over:
                self.is_log_empty = False

    async def empty_log(self) -> bool:
        """Empty SQLite's log where anything was erased since; False where somebody reads it, so that it must wait."""
        if self.is_log_empty or not self.database.file:
            return True
        self.is_log_empty = await asyncio.to_thread(empty_the_log, self.database.file)
        self._tries = 0 if self.is_log_empty else self._tries + 1
        if self._tries == TOLD_AFTER_TRIES:
            log.warning("erased_words_wait_in_log", tries=self._tries)
        return self.is_log_empty
