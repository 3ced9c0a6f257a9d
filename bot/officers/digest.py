"""The morning digest of a group, and of whoever is told by mail: what is new, due, late and oldest.

Once a working day, however many processes look.

It counts what is handled in the open; of secret, sensitive and hidden cases it holds nothing, not even their number.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Status
from actions.cases.clocks import is_working_day
from actions.cases.decide import awaited_clock
from actions.cases.ports import Clock
from actions.people.people import MAIL_CHANNEL, Person
from actions.regency.model import AgencyKind, Regency
from actions.store.cases.links import DayRoot, newest_root
from actions.store.cases.officer_work import Workload, first_due, workload
from actions.store.engine.database import Database, is_away
from actions.store.messages.groups import BoundGroup, take_digest, without_digest
from actions.store.messages.messages import Chat, put_in_outbox
from actions.store.people.mail import mailed_without_digest
from bot.conversation.own_cases.screens import category_label
from bot.conversation.screen import Button, Label, LabelSource, Line, Screen, line, screen
from bot.observability.faults import place_of
from bot.officers.callback_data import CallbackData
from bot.officers.chat_bindings import OF_THE_AGENCY
from bot.officers.mails import digest_mail, mail_row
from bot.officers.news import is_quiet
from bot.officers.session import TELEGRAM, OfficersService

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 60.0
MOST_LISTED = 5
"""Cases of a digest that have a line and a button of their own."""


ROOT_KEEPERS = frozenset({AgencyKind.REGENCY_ADMIN, AgencyKind.INSPECTORATE})
"""Whose digest has the root of the day before, so that it stands where whoever runs the service cannot change it."""


def digest(agency: str, work: Workload, first: Sequence[Case] = (), root: DayRoot | None = None) -> Screen:
    """The message that says what waits for an agency, and lists the `first` of it, each with its button.

    Args:
        agency: by its code.
        work: what waits there.
        first: the cases of it that come first.
        root: the newest, for those who keep it.
    """
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
    told += [_waiting(case) for case in first]
    if root:
        told.append(line("digest-root", date=root.day, root=root.root))
    return screen(*told, rows=[[_button(case)] for case in first])


def _waiting(case: Case) -> Line:
    what = Label(LabelSource.TEXT, f"clock-{awaited_clock(case).value}")
    return line(
        "digest-case",
        ticket=case.ticket,
        about=category_label(case.category),
        what=what,
        date=case.due_on or case.deadline,
    )


def _button(case: Case) -> Button:
    """What the case needs next, with its number, since there are several."""
    action = CaseAction.ACCEPT if case.status is Status.FORWARDED else CaseAction.ANSWER
    words = line(f"button-digest-{action.value}", ticket=case.ticket)
    return Button(words, CallbackData(action, case.ticket, case.version).written())


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
            by_mail = await mailed_without_digest(connection, today)
        written: list[Chat] = [(TELEGRAM, group.chat) for group in waiting if await self._write(group, today, now)]
        written += [(MAIL_CHANNEL, person.mail or "") for person in by_mail if await self._mail(person, today, now)]
        self.told(written)
        return len(written)

    async def _write(self, group: BoundGroup, today: date, now: datetime) -> bool:
        """Take and write a group's digest in one transaction; returns whether there was anything to tell.

        Agencies that keep roots have the newest each morning, also when nothing waits: silence must tell nothing.
        """
        async with self.database.writing() as connection:
            if not await take_digest(connection, group.chat, today, now):
                return False
            work = await workload(connection, group.agency, today, last_morning(today, self.officers_service.regency))
            root = await newest_root(connection) if self._keeps_roots(group.agency) else None
            if work.open or root:
                first = await first_due(connection, group.agency, MOST_LISTED)
                await self._queue(connection, group, today, digest(group.agency, work, first, root), now)
        return bool(work.open or root)

    async def _mail(self, person: Person, today: date, now: datetime) -> bool:
        """The same for somebody who is told by mail alone, in numbers; nothing where nothing waits."""
        service, agency, address = self.officers_service, person.agency or "", person.mail or ""
        if not person.has_any(OF_THE_AGENCY):
            return False
        async with self.database.writing() as connection:
            if not await take_digest(connection, address, today, now):
                return False
            work = await workload(connection, agency, today, last_morning(today, service.regency))
            if work.open:
                shown, about = digest_mail(service, digest(agency, work)), line("mail-subject-digest", date=today)
                await put_in_outbox(
                    connection, [mail_row(service, address, f"digest.{today.isoformat()}", about, shown, now)]
                )
        return bool(work.open)

    def _keeps_roots(self, agency: str) -> bool:
        known = self.officers_service.regency.agencies.get(agency)
        return known is not None and known.kind in ROOT_KEEPERS

    async def _queue(
        self, connection: AsyncConnection, group: BoundGroup, today: date, shown: Screen, now: datetime
    ) -> None:
        message = self.officers_service.message(group.chat, shown)
        await put_in_outbox(
            connection, [self.officers_service.row(group.chat, f"digest.{today.isoformat()}", message, now)]
        )
