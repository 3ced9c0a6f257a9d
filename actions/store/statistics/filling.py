"""Fills in the facts of cases from before there were any: some at a time, and from where it was when it was stopped."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from actions.cases.replay import BrokenHistory
from actions.regency.model import Regency
from actions.statistics.case_statistics import statistics_of
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database, is_away
from actions.store.engine.tables import cases
from actions.store.statistics.case_statistics import write_statistics
from actions.store.statistics.counting import all_are_counted
from actions.store.statistics.filled import filled_up_to, newest_case, note_filled
from actions.store.statistics.tables import case_statistics

log = structlog.get_logger()

CASES_AT_ONCE = 100
PAUSE_SECONDS = 0.05
"""Between two transactions: whoever writes comes in between."""
AGAIN_SECONDS = 30.0


@dataclass(slots=True)
class StatisticsFiller:
    """Looks for cases without facts, of those that nobody has looked at before."""

    database: Database
    regency: Regency

    async def run(self) -> None:
        """Fill in until nothing is missing, then wait to be cancelled; what fails is tried again after a while."""
        while True:
            try:
                await self.fill()
                break
            except Exception as error:  # noqa: BLE001 - numbers that are not complete say so; nothing else waits for them
                log.error("facts_wait" if is_away(error) else "facts_not_filled_in", error=type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)
        await asyncio.Event().wait()

    async def fill(self) -> int:
        """Fill in all that is missing; returns how many cases that were."""
        async with self.database.reading() as connection:
            newest, last = await newest_case(connection), await filled_up_to(connection)
        filled = 0
        while newest > last and (found := await self._missing(last)):
            filled += await self._fill([ticket for _, ticket in found])
            last = found[-1][0]
            await asyncio.sleep(PAUSE_SECONDS)
        await self._note(newest)
        if filled:
            log.info("facts_filled_in", cases=filled)
        return filled

    async def _note(self, newest: int) -> None:
        """Up to here none is missing, and with every later case come its facts: nobody need look there again."""
        async with self.database.reading() as connection:
            if await filled_up_to(connection) >= newest or not await all_are_counted(connection):
                return
        async with self.database.writing() as connection:
            await note_filled(connection, newest)

    async def _missing(self, after: int) -> list[tuple[int, str]]:
        """The next cases without facts, by the numbers of their rows."""
        both = cases.outerjoin(case_statistics, case_statistics.c.ticket == cases.c.ticket)
        query = select(cases.c.id, cases.c.ticket).select_from(both)
        query = query.where(cases.c.id > after, case_statistics.c.ticket.is_(None)).order_by(cases.c.id)
        async with self.database.reading() as connection:
            return [(row.id, row.ticket) for row in await connection.execute(query.limit(CASES_AT_ONCE))]

    async def _fill(self, tickets: list[str]) -> int:
        """These, held so that nobody acts on one between its events being read and its facts being written."""
        found = []
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            await book.hold(tickets)
            for ticket in tickets:
                case = await book.by_ticket(ticket)
                try:
                    found += [statistics_of(case, await book.events(ticket), self.regency)] if case else []
                except BrokenHistory as broken:
                    log.error("facts_not_told", event=broken.number)
            await write_statistics(connection, found)
        return len(found)
