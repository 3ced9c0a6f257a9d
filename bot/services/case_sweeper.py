"""Does with cases what is due: reminders, escalations, closing after silence. Each once, however many processes look.

A case is due by its `next_due_at`. What a process has found due it holds until it has written down that it was done;
the others pass over it. So a service that was down has only more to do at once, and one whose clock was set back waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.decide import look_again
from actions.cases.officer_handlers import do_what_is_due
from actions.cases.outcome import Done
from actions.cases.ports import Clock
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import due_tickets, next_due, row_number
from actions.store.engine.database import Database, is_away
from actions.store.messages.messages import Chat
from bot.messaging.turn_ports import Notifier
from bot.observability.faults import place_of

log = structlog.get_logger()


class LoggedAlerts:
    """Logs agencies that nobody works for, and writes to no chat."""

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A line for each agency that was passed over."""
        del connection, at
        for done in all_done:
            for agency in done.passed_over:
                log.warning("agency_without_liaison", agency=agency, held_by=done.case.agency)
        return ()


CASES_AT_ONCE = 50
LOOK_EVERY_SECONDS = 20.0
PAUSE_SECONDS = 0.02
"""Between two transactions: whoever writes comes in between."""


@dataclass(frozen=True, slots=True)
class CaseSweeper:
    """Looks for due cases until it is cancelled.

    Attributes:
        notifiers: whoever tells others of what was done; in the same transaction.
        told: hears after each commit which chats have a message.
    """

    database: Database
    regency: Regency
    clock: Clock
    notifiers: Sequence[Notifier]
    told: Callable[[Collection[Chat]], None]

    async def run(self) -> None:
        """Sweep for ever. A database that is away is swept the next time."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001 - what is due stays due
                what = "due_cases_wait_for_database" if is_away(error) else "due_cases_wait"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def sweep(self) -> int:
        """Do everything that is due by now; returns how many things were done."""
        number = 0
        while await self._is_any_due():
            looked_at, done = await self._sweep_some(self.clock())
            number += done
            if looked_at < CASES_AT_ONCE:
                break
            await asyncio.sleep(PAUSE_SECONDS)
        return number

    async def _is_any_due(self) -> bool:
        """Asked first, so that a service at rest writes nothing and holds nobody up."""
        async with self.database.reading() as connection:
            first = await next_due(connection)
        return first is not None and first <= self.clock()

    async def _sweep_some(self, now: datetime) -> tuple[int, int]:
        async with self.database.writing() as connection:
            tickets = await due_tickets(connection, now, CASES_AT_ONCE)
            book = SqlCaseBook(connection)
            for ticket in tickets:
                await self._work(connection, book, ticket, now)
            await book.flush()
            chats = (
                [await notifier.tell(connection, book.done, now) for notifier in self.notifiers] if book.done else []
            )
        self.told({chat for told in chats for chat in told})
        return len(tickets), len(book.done)

    async def _work(self, connection: AsyncConnection, book: SqlCaseBook, ticket: str, now: datetime) -> None:
        """Does what is due with one case; an error in it does not keep the others waiting."""
        own = SqlCaseBook(connection)
        try:
            await do_what_is_due(own, self.regency, ticket, now)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other cases must not wait for it
            number = await row_number(connection, ticket)
            log.error("due_case_failed", case=number, error=type(error).__name__, where=place_of(error))
            book.postpone(ticket, look_again(now, self.regency))
        else:
            book.merge(own)
