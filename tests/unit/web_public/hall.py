"""A house with the public pages in it, and cases that were filed, answered and contested in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from httpx import AsyncClient

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case
from actions.cases.event_words import Enclosure
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import REPORTER, Actor, Role
from actions.store.cases.casebook import SqlCaseBook
from bot.web.case.routes import case_router
from bot.web.chat.routes import chat_router
from bot.web.public.routes import public_routers
from bot.web.shared.app import make_app
from bot.web.shared.response_headers import GuardHeaders
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.unit.web.doors import BASE
from tests.unit.web_case.cases import REPORTER as SITI
from tests.unit.web_case.cases import CaseOffice, an_office

PROOF = (Enclosure("photo", "telegram", "-100", "proof"),)
ANSWER = "Lubang di depan pasar ditutup aspal hari Rabu"


@dataclass(slots=True)
class Hall:
    """The house, and what happens in it; everything is filed by somebody else."""

    office: CaseOffice
    _filed: int = field(default=0)

    async def files(self, times: int = 1, **changes: Any) -> list[Case]:
        """So many cases of one kind."""
        self._filed += times
        keys = [f"{self._filed}-{number}" for number in range(times)]
        return [await self.office.files(draft_key=key, reporter=f"{SITI}-{key}", **changes) for key in keys]

    async def answered(self, times: int = 1, rating: int = 0, **changes: Any) -> list[Case]:
        """The same, answered and confirmed, and rated where a rating is given."""
        cases = await self.files(times, **changes)
        for case in cases:
            liaison = Actor(Role.LIAISON, "l1", case.agency)
            await self.does(case, CaseAction.ACCEPT, liaison)
            await self.does(case, CaseAction.ANSWER, liaison, words=ANSWER)
            await self.does(case, CaseAction.CONFIRM, REPORTER)
            if rating:
                await self.does(case, CaseAction.RATE, REPORTER, rating=rating)
        return cases

    async def does(self, case: Case, action: CaseAction, who: Actor, **more: Any) -> None:
        """Somebody does something now."""
        house, world = self.office.house, self.office.world
        reporter = case.reporter if who is REPORTER else ""
        command = CaseCommand(action=action, why=action.value, **more)
        wish = Wish(ticket=case.ticket, command=command, who=who, reporter=reporter, enclosures=PROOF)
        async with house.database.writing() as connection:
            book = SqlCaseBook(connection)
            await act_on_case(book, house.service.regency, wish, world.clock(), world.chance)
            await book.flush()

    def passes(self, days: int) -> None:
        """Time."""
        self.office.world.clock.passes(timedelta(days=days))

    def browser(self, address: str = "192.0.2.1", **headers: str) -> AsyncClient:
        """Somebody's."""
        return self.office.browser(address, **headers)

    async def reads(self, path: str) -> str:
        """What stands on a page."""
        answer = await self.browser().get(path)
        assert answer.status_code == 200, answer.text
        return answer.text


@asynccontextmanager
async def a_hall(folder: Path, file: Path) -> AsyncIterator[Hall]:
    """One on this database, open until the block ends."""
    office = await an_office(folder, file, World(Settings()))
    house, regency = office.house, office.house.service.regency
    own = case_router(house.context, office.links, regency)
    house.app = make_app([chat_router(house.context), own, *public_routers(house.context, office.links, regency)])
    house.app.add_middleware(GuardHeaders, addresses=house.context.addresses, public_url=BASE)
    yield Hall(office)
    await house.closes()
