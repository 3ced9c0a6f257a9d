"""A desk office in which cases are closed as the service closes them, and answers are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from actions.cases.actions import CaseAction
from actions.cases.case import Case, Location, Words
from actions.cases.event_words import Enclosure
from actions.cases.outcome import Done
from actions.people.roles import REPORTER, Actor, Role
from actions.privacy.publication import Publication
from actions.privacy.redaction import Moderated
from actions.store.cases.publications import hold_publications
from actions.store.cases.redactions import moderated_of
from bot.services.publication.closing import ClosedAnswers
from bot.services.publication.sweep import PublicationSweep
from tests.unit.web_desk_more.desk_office import DISTRICT, ROADS, VILLAGE, DeskOffice

ANSWER = "Jalan berlubang di Petung sudah kami tambal dengan aspal dan bisa dilewati lagi."
TITLE = "Jalan rusak, Petung"
LINA = Actor(Role.LIAISON, "99", ROADS)
MODI = Actor(Role.MODERATOR, "98")
PROOF = (Enclosure("photo", "telegram", "-100", "bukti"),)
STORY = "Jalan berlubang parah, sudah dua minggu"


@dataclass(slots=True)
class Newsroom:
    """What happens in it."""

    office: DeskOffice

    async def closed(self, answer: str = ANSWER, story: str = STORY, name: str | None = None, **changes: Any) -> Case:
        """A case that was filed, answered and confirmed."""
        where = Location(district=DISTRICT, village=VILLAGE, spoken="dekat pasar")
        case = await self.office.files(**{"location": where, "words": Words(story, name), **changes})
        liaison = Actor(Role.LIAISON, "99", case.agency)
        await self.does(case, CaseAction.ACCEPT, liaison)
        await self.does(case, CaseAction.ANSWER, liaison, words=answer, enclosures=PROOF)
        return (await self.does(case, CaseAction.CONFIRM, REPORTER)).case

    async def crowd(self, **changes: Any) -> list[Case]:
        """Others who reported the same kind of thing in the same place: enough that nobody stands alone."""
        where = Location(district=DISTRICT, village=VILLAGE)
        return [await self.office.files(**{"location": where, **changes}) for _ in range(5)]

    async def does(self, case: Case, action: CaseAction, who: Actor, **more: Any) -> Done:
        """Somebody does something, and whoever notes closed answers hears of it."""
        done = await self.office.does(case.ticket, action, who, reporter=self._reporter(case, who), **more)
        async with self.office.gate.database.writing() as connection:
            await ClosedAnswers().tell(connection, [done], self.office.gate.now())
        return done

    def _reporter(self, case: Case, who: Actor) -> str:
        return case.reporter if who is REPORTER else ""

    def sweep(self) -> PublicationSweep:
        """Another process's."""
        gate = self.office.gate
        return PublicationSweep(gate.database, gate.house.service.regency, gate.now)

    async def sweeps(self) -> int:
        """Whoever looks at answers has looked."""
        return await self.sweep().sweep()

    async def hires(self) -> None:
        """A moderator works here."""
        await self.office.browser_of("Modi")

    async def published(self) -> Case:
        """A case whose answer anybody reads."""
        await self.hires()
        await self.crowd()
        case = await self.closed()
        await self.sweeps()
        await self.comes_to_its_day(case)
        await self.sweeps()
        return case

    async def comes_to_its_day(self, case: Case) -> None:
        """Time passes until the day on which its answer is published."""
        one, clock = await self.stands(case), self.office.gate.world.clock
        assert one is not None
        assert one.publish_at is not None
        clock.passes(one.publish_at - clock() + timedelta(minutes=1))

    async def stands(self, case: Case) -> Publication | None:
        """How far the answer of a case has come."""
        async with self.office.gate.database.writing() as connection:
            return (await hold_publications(connection, [case.ticket])).get(case.ticket)

    async def reads(self, case: Case) -> Moderated | None:
        """What anybody reads of it beside the service's own words."""
        async with self.office.gate.database.reading() as connection:
            return (await moderated_of(connection, [case.ticket])).get(case.ticket)
