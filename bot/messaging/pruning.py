"""Removes what came and what was sent, once it is old and nobody needs it: messages, and never anything of a case.

What stays, however old: what still waits or is set aside; the message of the card that stands open in a chat, and of
each card of a case that officers still have, which the next change will edit; what was written about a case that waits
for its reporter's word; and the end of a talk on the web, which is made of these rows, until the cookie that opens it
has run out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.engine.tables import inbox, outbox
from actions.store.messages.messages import load_records
from actions.store.messages.officer_cards import named_cards
from actions.store.messages.pruning import DONE, Old, latest_of, next_rows, of_waiting_cases, remove
from bot.messaging.records import UnreadableRow, read_record

type Gone = Callable[[AsyncConnection, int], Awaitable[None]]
"""Hears how many rows of a batch went."""

WEB = "web"
LAST_OF_A_WEB_TALK = 20
"""Messages on each side."""
LONGEST_WEB_TALK = timedelta(days=365)
ROWS_AT_ONCE = 500
PAUSE_SECONDS = 0.05
"""Between two transactions: whoever writes comes in between."""


@dataclass(frozen=True, slots=True)
class Pruner:
    """Looks through inbox and outbox. `keep_days`: how long messages are kept; 0 keeps them for ever."""

    database: Database
    clock: Clock
    keep_days: int

    async def sweep(self, gone: Gone | None = None) -> int:
        """Remove what is old; returns how many rows went. `gone` is told of each batch, in its transaction."""
        return sum([await self._each(batch, gone) async for batch in self._batches()])

    async def count(self) -> int:
        """How many rows would go now."""
        return sum([len(rows) async for _, rows in self._batches()])

    async def _each(self, batch: tuple[Table, list[int]], gone: Gone | None) -> int:
        table, rows = batch
        async with self.database.writing() as connection:
            removed = await remove(connection, table, rows)
            if gone:
                await gone(connection, removed)
        await asyncio.sleep(PAUSE_SECONDS)
        return removed

    async def _batches(self) -> AsyncIterator[tuple[Table, list[int]]]:
        """What may go, some rows of a table at a time."""
        if self.keep_days:
            before = self.clock() - timedelta(days=self.keep_days)
            for table in (inbox, outbox):
                async for rows in self._of_table(table, before):
                    yield table, rows

    async def _of_table(self, table: Table, before: datetime) -> AsyncIterator[list[int]]:
        """Go through a table from its beginning to where rows are no longer old."""
        last = 0
        while True:
            async with self.database.reading() as connection:
                rows = await next_rows(connection, table, last, ROWS_AT_ONCE)
                old = [row for row in rows if row.at < before and row.state in DONE[table.name]]
                kept = await self._kept(connection, table, old)
            if gone := [row.id for row in old if row.id not in kept]:
                yield gone
            if not rows or rows[-1].at >= before:
                return
            last = rows[-1].id

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
            case_state = await named_cards(connection, {name for row in old for name in row.names})
            kept |= {row.id for row in old if row.names & case_state}
        return kept


def _card(record: str) -> str | None:
    """The name of the message that stands open in a chat; None where there is none, or nobody can read it."""
    try:
        return read_record(record).card or None
    except UnreadableRow:
        return None
