"""An office that works on cases over a real database: people who act, a service that sweeps, and time that passes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent, Location, ReportType, Severity, Words
from actions.cases.event_words import Enclosure
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.outcome import Done
from actions.cases.ports import Chance
from actions.cases.verifying import fault_of
from actions.people.roles import REPORTER, Actor, Role
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.histories import histories, installation_of
from actions.store.cases.links import seal_with
from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from bot.configuration.secret_key import chain_keys_of
from bot.messaging.records import read_outgoing
from bot.services.case_sweeper import CaseSweeper
from bot.services.reporter_notices import ReporterNotices
from tests.talks.world import StandingClock, declared

SITI = "telegram:siti"
VERA, ARIF, MODI = Actor(Role.VERIFIER, "1"), Actor(Role.ARBITER, "2"), Actor(Role.MODERATOR, "3")
ANSWER = {"words": "Lubang di depan pasar ditutup aspal hari Rabu"}
PROOF = (Enclosure("photo", "telegram", "-100", "proof"),)


def liaison(agency: str) -> Actor:
    """The liaison of an agency."""
    return Actor(Role.LIAISON, f"l-{agency}", agency)


def admin(agency: str) -> Actor:
    """The admin of an agency."""
    return Actor(Role.AGENCY_ADMIN, f"a-{agency}", agency)


@dataclass(slots=True)
class CaseOffice:
    """One regency's office; every act is a transaction of its own, after which others are told."""

    database: Database
    clock: StandingClock = field(default_factory=StandingClock)
    chance: Chance = field(default_factory=lambda: _chance(5))
    told: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Whatever is done here is sealed."""
        seal_with(self.database, chain_keys_of(declared().links.secret_key))

    @property
    def regency(self) -> Regency:
        """The regency in `data/`."""
        return declared().regency

    @property
    def notices(self) -> ReporterNotices:
        """Who tells reporters."""
        return ReporterNotices(
            declared().texts, self.regency, declared().signer, declared().links, declared().channels.abilities_of
        )

    def sweeper(self, database: Database | None = None) -> CaseSweeper:
        """The service's own part, as a process has it: each process is told the keys."""
        if database:
            seal_with(database, chain_keys_of(declared().links.secret_key))
        return CaseSweeper(database or self.database, self.regency, self.clock, (self.notices,), self.told.update)

    async def files(self, **changes: Any) -> Case:
        """Siti reports a road, but for what is named."""
        known: dict[str, Any] = {
            "draft_key": f"{SITI}:{self.chance.randbelow(10**9)}",
            "reporter": SITI,
            "channel": "telegram",
            "language": "id",
            "type": ReportType.COMPLAINT,
            "category": "jalan",
            "location": Location(district="64.09.01", spoken="depan pasar"),
            "severity": Severity.NORMAL,
            "secret": False,
            "sensitive": False,
            "words": Words("jalan berlubang dalam"),
            "attachments": (),
            "consent": "id-1",
        }
        report = ReviewedDraft(**(known | changes))
        in_words = declared().effect_runner.in_words
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            filed = await file_case(book, self.regency, report, self.clock(), self.chance, in_words)
            await book.flush()
        if not isinstance(filed, FiledCase):
            raise TypeError("it was not filed")
        return filed.case

    async def does(self, ticket: str, action: CaseAction, who: Actor, **more: Any) -> Done:
        """Somebody does something to a case now."""
        given = {name: more.pop(name) for name in ("seen", "reporter", "enclosures") if name in more}
        if who is REPORTER:
            given.setdefault("reporter", SITI)
        wish = Wish(ticket=ticket, command=CaseCommand(action=action, **more), who=who, **given)
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            done = await act_on_case(book, self.regency, wish, self.clock(), self.chance)
            await book.flush()
            await self.notices.tell(connection, book.done, self.clock())
        return done

    async def sweeps(self) -> int:
        """The service does what is due."""
        return await self.sweeper().sweep()

    async def passes(self, days: int, hours: int = 0) -> int:
        """Time passes day by day, and the service is there all the while; returns how many things it did."""
        number = 0
        for _ in range(days):
            self.clock.passes(timedelta(days=1))
            number += await self.sweeps()
        self.clock.passes(timedelta(hours=hours))
        return number + await self.sweeps()

    async def delivers(self, state: str = "sent") -> None:
        """Everything in the outbox reaches whom it is for, or does not."""
        async with self.database.writing() as connection:
            await connection.execute(update(outbox).where(outbox.c.state == "new").values(state=state))

    async def notes(self, reporter: str = SITI) -> list[str]:
        """What was written to a reporter, from the first."""
        channel, _, chat = reporter.partition(":")
        query = select(outbox.c.message).where(outbox.c.channel == channel, outbox.c.chat == chat).order_by(outbox.c.id)
        async with self.database.reading() as connection:
            return [read_outgoing(row).text for row in (await connection.execute(query)).scalars()]

    async def case(self, ticket: str) -> Case:
        """As it now stands."""
        async with self.database.reading() as connection:
            case = await SqlCaseBook(connection).by_ticket(ticket)
        if case is None:
            raise LookupError(ticket)
        return case

    async def events(self, ticket: str) -> list[CaseEvent]:
        """What has happened to it."""
        async with self.database.reading() as connection:
            return await SqlCaseBook(connection).events(ticket)

    async def actions(self, ticket: str) -> list[str]:
        """What was done, in a word each, and marks by their name."""
        return [
            event.why if event.action == CaseAction.ESCALATE else event.action for event in await self.events(ticket)
        ]

    async def faults(self) -> list[object]:
        """What `lapor case verify` would find."""
        own, now = await installation_of(self.database), self.clock()
        whole = [one async for one in histories(self.database)]
        return [fault for one in whole if (fault := fault_of(one, self.regency, own, now))]


def _chance(seed: int) -> Chance:
    dice = random.Random(seed)  # noqa: S311 - the same numbers in every run
    return Chance(dice.randrange, dice.randbytes)
