"""The morning digest of a group: what is new, due, late and oldest. Once a working day, however many processes look.

It counts what is handled in the open; of secret, sensitive and hidden cases it holds nothing, not even their number.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.clocks import is_working_day
from actions.cases.ports import Clock
from actions.regency.model import Regency
from actions.store.cases.officer_work import Workload, workload
from actions.store.engine.database import Database, is_away
from actions.store.messages.groups import BoundGroup, take_digest, without_digest
from actions.store.messages.messages import Chat, put_in_outbox
from bot.conversation.screen import Label, LabelSource, Line, Screen, line, screen
from bot.observability.faults import place_of
from bot.officers.news import is_quiet
from bot.officers.session import TELEGRAM, OfficersService

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 60.0


def digest(agency: str, work: Workload) -> Screen:
    """The message that lists what waits for an agency."""
    told: list[Line] = [line("digest-title", agency=Label(LabelSource.AGENCY, agency), count=work.open)]
    counted = (
        ("digest-urgent", work.urgent),
        ("digest-new", work.new),
        ("digest-due", work.due),
        ("digest-late", work.late),
    )
    told += [line(key, count=count) for key, count in counted if count]
    if work.oldest:
        ticket, filed_at = work.oldest
        told.append(line("digest-oldest", ticket=ticket, date=filed_at))
    return screen(*told)


def last_morning(today: date, regency: Regency) -> datetime:
    """When work began on the working day before this one."""
    day = today - timedelta(days=1)
    while not is_working_day(day, regency.holidays):
        day -= timedelta(days=1)
    return regency.calendar.opening(day)


@dataclass(frozen=True, slots=True)
class Digests:
    """Writes digests until it is cancelled.

    Attributes:
        told: hears after each commit which chats have a message.
    """

    database: Database
    officers_service: OfficersService
    clock: Clock
    told: Callable[[Collection[Chat]], None]

    async def run(self) -> None:
        """Look every minute. A database that is away is looked at the next time."""
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - a digest that is not written yet is written later
                what = "digests_wait_for_database" if is_away(error) else "digests_wait"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> int:
        """Write every digest of this day that is not written; returns how many messages come of it."""
        now, regency = self.clock(), self.officers_service.regency
        if is_quiet(now, regency):
            return 0
        today = regency.calendar.day(now)
        async with self.database.reading() as connection:
            waiting = await without_digest(connection, today)
        written = [group.chat for group in waiting if await self._write(group, today, now)]
        self.told({(TELEGRAM, chat) for chat in written})
        return len(written)

    async def _write(self, group: BoundGroup, today: date, now: datetime) -> bool:
        """Take and write a group's digest in one transaction; returns whether there was anything to tell."""
        async with self.database.writing() as connection:
            if not await take_digest(connection, group.chat, today, now):
                return False
            work = await workload(connection, group.agency, today, last_morning(today, self.officers_service.regency))
            if work.open:
                await self._queue(connection, group, today, work, now)
        return bool(work.open)

    async def _queue(
        self, connection: AsyncConnection, group: BoundGroup, today: date, work: Workload, now: datetime
    ) -> None:
        message = self.officers_service.message(group.chat, digest(group.agency, work))
        await put_in_outbox(
            connection, [self.officers_service.row(group.chat, f"digest.{today.isoformat()}", message, now)]
        )
