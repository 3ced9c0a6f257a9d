"""This service and SP4N-LAPOR!, both there: cases in a database, a server of its published form, and the bridge."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, Location, ReportType, Severity, Status, Words
from actions.cases.handlers import FiledCase, ReviewedDraft, file_case
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.ports import Chance
from actions.people.roles import REPORTER, Actor
from actions.regency.agencies import outside_agencies
from actions.regency.sp4n import Sp4nMapping
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.engine.tables import cases, outbox
from actions.store.integrations.sp4n import Exchange, Sp4nCase, latest_exchanges, sp4n_cases_of
from bot.configuration.settings import Settings
from bot.integrations.sp4n.bridge import Sp4nBridge
from bot.integrations.sp4n.handover import handover_of
from bot.integrations.sp4n.http import open_session
from bot.integrations.sp4n.port import ComplaintSystem, Handover
from bot.integrations.sp4n.state import Sp4nState
from bot.main.assembly import Service
from bot.main.integrations_wiring import sp4n_bridge
from bot.messaging.records import read_outgoing
from tests.fakes.sp4n_server import KEY, FakeSp4n
from tests.talks.world import StandingClock, declared
from tests.unit.delivery.case_office import SITI

ELSEWHERE = Location(spoken="Jl. MT Haryono, depan pasar", outside="Balikpapan")
HERE = Location(district="64.09.02", spoken="Jl. Provinsi Km 5, Waru")
MAPPING = Sp4nMapping(
    page="https://lapor.test/pengaduan/{number}",
    categories={"7": "penerangan_jalan", "12": "sampah"},
    topics={"jalan": "3", "penerangan_jalan": "7"},
    agencies={"pemprov_kaltim": "64"},
    words={
        "Belum Terverifikasi": Status.RECEIVED,
        "Terdisposisi": Status.FORWARDED,
        "Diproses": Status.IN_PROGRESS,
        "Ditindaklanjuti": Status.ANSWERED,
        "Selesai": Status.CLOSED,
        "Ditolak": Status.REJECTED,
        "Bukan Kewenangan": Status.REFERRED,
    },
)


def service_with(
    database: Database, clock: StandingClock, chance: Chance, mapping: Sp4nMapping, url: str, key: str
) -> Service:
    """The service of the regency in `data/` that speaks with another system."""
    known = declared()
    settings = Settings(_env_file=None, data_dir=known.settings.data_dir, nlu="off", sp4n_url=url, sp4n_key=key)
    regency = replace(known.regency, sp4n=mapping, connected=outside_agencies(known.regency.agencies))
    runner = replace(known.effect_runner, regency=regency, chance=chance)
    return replace(known, settings=settings, regency=regency, effect_runner=runner, database=database, clock=clock)


@dataclass(slots=True)
class BothSides:
    """Siti reports, officers act, and the bridge does what is due when it is told to."""

    service: Service
    fake: FakeSp4n
    system: ComplaintSystem
    bridge: Sp4nBridge
    state: Sp4nState
    counted: list[tuple[str, str]]
    told: set[tuple[str, str]] = field(default_factory=set)

    @property
    def database(self) -> Database:
        """Of the cases."""
        return self.service.database

    async def reports(self, **changes: Any) -> Case:
        """Siti reports a road in another regency, but for what is named."""
        chance = self.service.effect_runner.chance
        known: dict[str, Any] = {
            "draft_key": f"{SITI}:{chance.randbelow(10**9)}",
            "reporter": SITI,
            "channel": "telegram",
            "language": "id",
            "type": ReportType.COMPLAINT,
            "category": "jalan",
            "location": ELSEWHERE,
            "severity": Severity.NORMAL,
            "secret": False,
            "sensitive": False,
            "words": Words("jalan berlubang dalam"),
            "attachments": (),
            "consent": "id-1",
        }
        report, now = ReviewedDraft(**(known | changes)), self.service.clock()
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            in_words = self.service.effect_runner.in_words
            filed = await file_case(book, self.service.regency, report, now, chance, in_words)
            await book.flush()
            for notifier in self.service.notifiers():
                await notifier.tell(connection, book.done, now)
        if not isinstance(filed, FiledCase):
            raise TypeError("it was not filed")
        return filed.case

    async def does(self, ticket: str, action: CaseAction, who: Actor, **more: Any) -> Case:
        """Somebody does something to a case now."""
        given = {name: more.pop(name) for name in ("enclosures",) if name in more}
        reporter = {"reporter": SITI} if who is REPORTER else {}
        wish = Wish(ticket=ticket, command=CaseCommand(action=action, **more), who=who, **given, **reporter)
        now = self.service.clock()
        async with self.database.writing() as connection:
            book = SqlCaseBook(connection)
            done = await act_on_case(book, self.service.regency, wish, now, self.service.effect_runner.chance)
            await book.flush()
            for notifier in self.service.notifiers():
                await notifier.tell(connection, book.done, now)
        return done.case

    async def sends(self, seconds: float = 0) -> int:
        """So much later everything that is due is sent."""
        self.passes(seconds)
        return await self.bridge.sender.send_due(self.system)

    def sent(self, case: Case) -> Handover:
        """What went there of a case of hers."""
        found = handover_of(case, Words("jalan berlubang dalam"), self.service.regency)
        if found is None:
            raise TypeError("it may not go")
        return found

    async def receives(self) -> int:
        """What they have for us comes in."""
        return await self.bridge.receiver.receive(self.system)

    async def follows(self, minutes: int = 20) -> int:
        """So much later it is asked where cases stand there."""
        self.passes(minutes * 60)
        return await self.bridge.follower.follow(self.system)

    def passes(self, seconds: float) -> None:
        """Time."""
        if isinstance(self.service.clock, StandingClock):
            self.service.clock.passes(timedelta(seconds=seconds))

    async def case(self, ticket: str) -> Case:
        """As it now stands."""
        async with self.database.reading() as connection:
            found = await SqlCaseBook(connection).by_ticket(ticket)
        if found is None:
            raise LookupError(ticket)
        return found

    async def known(self, ticket: str) -> Sp4nCase | None:
        """What both sides know of a case."""
        async with self.database.reading() as connection:
            return (await sp4n_cases_of(connection, [ticket])).get(ticket)

    async def exchanges(self) -> Sequence[Exchange]:
        """What went there and came from there, oldest first."""
        async with self.database.reading() as connection:
            return (await latest_exchanges(connection, 100))[::-1]

    async def tickets(self, channel: str = "sp4n") -> Sequence[str]:
        """Of the cases that came through a channel."""
        async with self.database.reading() as connection:
            found = await connection.execute(select(cases.c.ticket).where(cases.c.channel == channel))
            return list(found.scalars())

    async def notes(self, reporter: str = SITI) -> list[str]:
        """What was written to a reporter, from the first."""
        channel, _, chat = reporter.partition(":")
        query = select(outbox.c.message).where(outbox.c.channel == channel, outbox.c.chat == chat).order_by(outbox.c.id)
        async with self.database.reading() as connection:
            return [read_outgoing(row).text for row in (await connection.execute(query)).scalars()]


@asynccontextmanager
async def both_sides(
    database: Database, fake: FakeSp4n, chance: Chance, mapping: Sp4nMapping = MAPPING, url: str = "", key: str = KEY
) -> AsyncIterator[BothSides]:
    """Both, until the block ends."""
    service = service_with(database, StandingClock(), chance, mapping, url or fake.url, key)
    counted, told = list[tuple[str, str]](), set[tuple[str, str]]()
    state = Sp4nState(lambda kind, result: counted.append((kind, result)))
    bridge = sp4n_bridge(service, told.update, lambda _: None, state)
    if bridge is None:
        raise TypeError("it speaks with nobody")
    async with open_session() as session:
        yield BothSides(service, fake, bridge.open_system(session), bridge, state, counted, told)
