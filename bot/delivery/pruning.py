"""Removes what came and what was sent, once it is old and nobody needs it: messages, and never anything of a case.

What stays, however old: what still waits or is set aside; the message of the card that stands open in a chat, and of
each card of a case that officers still have, which the next change will edit; what was written about a case that waits
for its reporter's word; and the end of a talk on the web, which is made of these rows, until the cookie that opens it
has run out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.ports import Clock
from actions.store.database import Database, is_away
from actions.store.letters import load_records
from actions.store.officer_cards import drop_old_drafts, named_cards
from actions.store.pruning import DONE, Old, latest_of, next_rows, of_waiting_cases, remove
from actions.store.tables import inbox, outbox
from bot.delivery.records import UnreadableRow, read_record
from bot.faults import place_of

log = structlog.get_logger()

WEB = "web"
LAST_OF_A_WEB_TALK = 20
"""Messages on each side."""
LONGEST_WEB_TALK = timedelta(days=365)
ROWS_AT_ONCE = 500
SWEEP_EVERY_SECONDS = 3600.0
PAUSE_SECONDS = 0.05
"""Between two transactions: whoever writes comes in between."""


@dataclass(frozen=True, slots=True)
class Pruner:
    """Sweeps every hour. `keep_days`: how long messages are kept; 0 keeps them for ever."""

    database: Database
    clock: Clock
    keep_days: int

    async def run(self) -> None:
        """Sweep until cancelled. A database that is away is swept the next time."""
        while True:
            try:
                removed = await self.sweep()
                if removed:
                    log.info("swept", removed=removed)
            except Exception as error:  # noqa: BLE001 - nothing is lost by what stays
                what = "sweep_waits_for_database" if is_away(error) else "sweep_failed"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(SWEEP_EVERY_SECONDS)

    async def sweep(self) -> int:
        """Remove what is old; returns how many rows went."""
        if not self.keep_days:
            return 0
        before = self.clock() - timedelta(days=self.keep_days)
        async with self.database.writing() as connection:
            await drop_old_drafts(connection, before)
        return sum([await self._sweep(table, before) for table in (inbox, outbox)])

    async def _sweep(self, table: Table, before: datetime) -> int:
        """Go through a table from its beginning to where rows are no longer old."""
        removed, last = 0, 0
        while True:
            async with self.database.reading() as connection:
                rows = await next_rows(connection, table, last, ROWS_AT_ONCE)
                old = [row for row in rows if row.at < before and row.state in DONE[table.name]]
                kept = await self._kept(connection, table, old)
            gone = [row.id for row in old if row.id not in kept]
            if gone:
                async with self.database.writing() as connection:
                    await remove(connection, table, gone)
            removed += len(gone)
            if not rows or rows[-1].at >= before:
                return removed
            last = rows[-1].id
            await asyncio.sleep(PAUSE_SECONDS)

    async def _kept(self, connection: AsyncConnection, table: Table, old: Sequence[Old]) -> set[int]:
        """Those of these rows that a talk still needs."""
        kept = set[int]()
        oldest = self.clock() - LONGEST_WEB_TALK
        visitors = {row.chat[1] for row in old if row.chat[0] == WEB and row.at >= oldest}
        if visitors:
            kept |= await latest_of(connection, table, WEB, visitors, LAST_OF_A_WEB_TALK)
            kept -= {row.id for row in old if row.at < oldest}
        if table is outbox and old:
            records = await load_records(connection, {row.chat for row in old})
            cards = {chat: _card(record) for chat, record in records.items()}
            kept |= {row.id for row in old if cards.get(row.chat) in row.names}
            awaited = await of_waiting_cases(connection, {name for row in old for name in row.names})
            kept |= {row.id for row in old if row.names & awaited}
            standing = await named_cards(connection, {name for row in old for name in row.names})
            kept |= {row.id for row in old if row.names & standing}
        return kept


def _card(record: str) -> str | None:
    """The name of the message that stands open in a chat; None where there is none, or nobody can read it."""
    try:
        return read_record(record).card or None
    except UnreadableRow:
        return None
