"""A year in which citizens file, officers do whatever comes to their minds, and the service is not always there.

Nothing of it is planned: every act is drawn, sensible or not, so that what holds afterwards holds whatever people do.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent
from actions.cases.clocks import Clock, ClockMark
from actions.cases.event_words import Enclosure, read_details
from actions.cases.guards import REJECTIONS
from actions.cases.lifecycle import StepRefused
from actions.cases.officer_handlers import Wish, act_on_case, buttons, case_state_of
from actions.cases.outcome import Done
from actions.cases.replay import follow
from actions.people.roles import REPORTER, Actor, Role
from actions.regency.agencies import parents, siblings
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.histories import histories
from actions.store.engine.database import Database
from actions.store.engine.tables import cases, outbox
from bot.services.reporter_news import notice
from tests.unit.delivery.case_office import CaseOffice

LIKELY = {
    CaseAction.FORWARD: 30,
    CaseAction.ACCEPT: 20,
    CaseAction.ANSWER: 20,
    CaseAction.REPLY: 20,
    CaseAction.RULE: 20,
    CaseAction.CONFIRM: 15,
    CaseAction.DISPUTE: 15,
    CaseAction.RATE: 10,
    CaseAction.REOPEN: 8,
    CaseAction.APPEAL: 8,
    CaseAction.RETURN: 8,
    CaseAction.NOTE: 5,
}
"""How likely each action is where it is open to somebody; one that is not named is one in so many."""
WORDS = ("Lubang sudah ditutup aspal kemarin sore", "akan kami tindak lanjuti", "", "Di sisi kanan dekat pasar")


@dataclass(slots=True)
class Year:
    """A year of an office.

    Attributes:
        cases: how many are filed in it.
        busy: the share of all cases that somebody tries something with, each day.
        days: how long the year is.
        hours: between the moments of a day at which somebody acts and the service sweeps.
        processes: databases of the other processes that sweep at the same time.
    """

    office: CaseOffice
    cases: int
    seed: int
    busy: float = 0.03
    days: int = 365
    hours: tuple[int, ...] = (3, 4, 5, 12)
    processes: tuple[Database, ...] = ()
    tickets: list[str] = field(default_factory=list)
    taken: int = 0
    refused: int = 0
    _down_until: datetime | None = None
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """The same year for the same seed."""
        self._dice = random.Random(self.seed)  # noqa: S311 - the same numbers in every run

    async def passes(self) -> None:
        """All of it."""
        moments = self.days * len(self.hours)
        filed = Counter(self._dice.randrange(round(moments * 0.9)) for _ in range(self.cases))
        for moment in range(moments):
            self.office.clock.passes(timedelta(hours=self.hours[moment % len(self.hours)]))
            await self._moment(filed[moment])
        await self._catch_up()

    async def _moment(self, filed: int) -> None:
        for _ in range(filed):
            await self._files()
        tries = round(len(self.tickets) * self.busy / len(self.hours) + self._dice.random())
        if tries and self.tickets:
            async with self.office.database.writing() as connection:
                for _ in range(tries):
                    await self._tries(connection, self._dice.choice(self.tickets))
        await self._sweeps()

    async def _files(self) -> None:
        dice = self._dice
        category = dice.choice([*(leaf.slug for leaf in self.office.regency.leaves()), None])
        number = len(self.tickets)
        reporter = f"telegram:r{number}"
        case = await self.office.files(
            category=category,
            reporter=reporter,
            draft_key=reporter,
            secret=dice.random() < 0.1,
            sensitive=dice.random() < 0.1,
        )
        self.tickets.append(case.ticket)

    async def _tries(self, connection: AsyncConnection, ticket: str) -> None:
        """Somebody tries something: mostly what a button offers, now and then anything."""
        office, dice = self.office, self._dice
        book = SqlCaseBook(connection)
        case, case_state, _ = await case_state_of(book, office.regency, ticket)
        people = self._people(case)
        offered = buttons(case, case_state, dice.sample(people, len(people)), office.regency)
        if offered and dice.random() < 0.85:
            action = dice.choices(list(offered), [LIKELY.get(one, 1) for one in offered])[0]
            who = offered[action]
        else:
            who, action = dice.choice(people), dice.choice(list(CaseAction))
        if action in {CaseAction.REMIND, CaseAction.ESCALATE, CaseAction.FILE}:
            return
        reporter = case.reporter if who is REPORTER else ""
        proof = (Enclosure("photo", "telegram", "-100", "p"),) if dice.random() < 0.7 else ()
        command = CaseCommand(action=action, **self._drawn(case))
        seen = case.version if dice.random() < 0.5 else None
        wish = Wish(ticket=ticket, command=command, who=who, reporter=reporter, seen=seen, enclosures=proof)
        try:
            await act_on_case(book, office.regency, wish, office.clock(), office.chance)
        except StepRefused:
            self.refused += 1
            return
        await book.flush()
        await office.notices.tell(connection, book.done, office.clock())
        self.taken += 1

    def _people(self, case: Case) -> list[Actor]:
        agency, agencies = case.agency, self.office.regency.agencies
        above = next(iter(parents(agencies, agency)), agency)
        liaisons = [Actor(Role.LIAISON, f"l{number}", agency) for number in range(2)]
        admins = [Actor(Role.AGENCY_ADMIN, f"a-{code}"[:24], code) for code in (agency, above)]
        others = [Actor(Role.VERIFIER, f"v{number}") for number in range(2)]
        rest = [Actor(Role.ARBITER, "arbiter"), Actor(Role.MODERATOR, "moderator"), Actor(Role.AUDITOR, "auditor")]
        return [REPORTER, REPORTER, REPORTER, *liaisons, *liaisons, *admins, *others, *others, *rest]

    def _drawn(self, case: Case) -> dict[str, Any]:
        dice, agencies = self._dice, self.office.regency.agencies
        near = sorted(siblings(agencies, case.agency)) or [case.agency]
        return {
            "words": dice.choices(WORDS, (6, 1, 1, 3))[0],
            "agency": dice.choice([None, case.agency, dice.choice(near), dice.choice(sorted(agencies))]),
            "code": dice.choice([*REJECTIONS, "none"]),
            "mend": "Sebutkan tempatnya",
            "body": "Balai Jalan",
            "contact": "bbpjn.example",
            "parent": dice.choice(self.tickets),
            "rating": dice.randint(0, 6),
        }

    async def _sweeps(self) -> None:
        """Unless it is down: for a while now and then, and each time with another process in its place."""
        now, dice = self.office.clock(), self._dice
        if self._down_until is None and dice.random() < 0.01:
            self._down_until = now + timedelta(days=dice.choice([1, 3, 21]))
        if self._down_until and now < self._down_until:
            return
        self._down_until = None
        slip = timedelta(days=dice.choice([-9, -2, 2])) if dice.random() < 0.01 else timedelta()
        self.office.clock.passes(slip)
        sweepers = [self.office.sweeper(database) for database in (self.office.database, *self.processes)]
        await asyncio.gather(*(sweeper.sweep() for sweeper in sweepers))
        self.office.clock.passes(-slip)
        if dice.random() < 0.25:
            await self.office.delivers("failed" if dice.random() < 0.03 else "sent")

    async def _catch_up(self) -> None:
        """The service is there again, and everything has reached whom it was for."""
        await self.office.delivers()
        await self.office.sweeps()


async def told_refs(office: CaseOffice) -> set[str]:
    """The names of all notices."""
    async with office.database.reading() as connection:
        return set((await connection.execute(select(outbox.c.ref))).scalars())


async def wrong_marks(office: CaseOffice) -> list[str]:
    """Marks that came twice, out of their order, or before their time."""
    return [found async for stored in histories(office.database) for found in _marks_of(office, stored.events)]


def _marks_of(office: CaseOffice, events: Any) -> Iterator[str]:
    regency, case_state = office.regency, None
    for event in events:
        details = read_details(event.details)
        if details.mark and case_state is not None:
            clock = next((one for one in case_state.clocks if one.name == details.clock), None)
            yield from _wrong_mark(office, event, clock, ClockMark(details.mark))
        case_state = follow(case_state, event, regency.calendar)


def _wrong_mark(office: CaseOffice, event: CaseEvent, clock: Clock | None, mark: ClockMark) -> Iterator[str]:
    regency = office.regency
    due = clock.next_mark(regency.deadlines.ladder, regency.calendar) if clock else None
    if due is None or due[1] is not mark or due[0] > event.at:
        yield f"{event.ticket}.{event.number} {mark}"


async def wrong_notices(office: CaseOffice) -> tuple[set[str], set[str]]:
    """Notices that nobody should have had, and those that are missing."""
    wanted, may_be_left_out = set[str](), set[str]()
    async for stored in histories(office.database):
        case_state = None
        for event in stored.events:
            case_state = follow(case_state, event, office.regency.calendar)
            if stored.case is None:
                continue
            case = replace(stored.case, agency=event.agency, status=event.to)
            saying = stored.sayings.get(event.number)
            day = office.regency.calendar.day(event.at)
            done = Done(before=case, case=case, event=event, day=day, case_state=case_state)
            done = replace(done, saying=saying) if saying else done
            if notice(done, office.regency):
                wanted.add(f"{event.ticket}.{event.number}")
                if event.action == CaseAction.ESCALATE:
                    may_be_left_out.add(f"{event.ticket}.{event.number}")
    told = await told_refs(office)
    return told - wanted, wanted - told - may_be_left_out


async def still_due(office: CaseOffice) -> int:
    """Cases that the service should have looked at by now."""
    query = select(func.count()).where(cases.c.next_due_at <= office.clock())
    async with office.database.reading() as connection:
        return (await connection.execute(query)).scalar_one()
