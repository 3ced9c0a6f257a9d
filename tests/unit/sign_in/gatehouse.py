"""A house with nothing but its doors for officers: the pages, a standing clock, and people who may sign in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from httpx import AsyncClient, Response

from actions.people.handlers import change_password, disable_person
from actions.people.people import Person
from actions.people.roles import Role
from actions.people.secrets import Passwords
from actions.store.engine.database import Database
from actions.store.people.people import SqlPeople
from bot.files.serving import FileLinks, files_router
from bot.main.desk_wiring import open_desk
from bot.main.restart import MARK, Restart
from bot.main.training_wiring import open_trainers
from bot.web.account.context import SignInContext
from bot.web.account.provider_sign_in import ProviderSignIn, provider_router
from bot.web.account.routes import sign_in_router
from bot.web.chat.routes import chat_router
from bot.web.desk.context import DeskContext
from bot.web.desk.routes import desk_routers
from bot.web.shared.app import make_app
from bot.web.shared.response_headers import GuardHeaders
from bot.web.trainer.routes import trainer_routers
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.unit.people.officers import PASSWORD, WHO, an_officer
from tests.unit.web.doors import BASE, KEY, House, a_house


@dataclass(slots=True)
class Gatehouse:
    """The pages, and who may open them."""

    house: House
    world: World
    context: SignInContext
    desk: DeskContext
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """Where everybody is."""
        return self.house.database

    def now(self) -> datetime:
        """What time it is."""
        return self.world.clock()

    async def hires(self, name: str, *roles: Role, agency: str | None = None, password: str | None = PASSWORD) -> None:
        """Make a person."""
        made = await an_officer(self.database, name, *roles, agency=agency, password=password, at=self.now())
        self.people[name] = made

    async def dismisses(self, name: str) -> None:
        """Disable a person."""
        async with self.database.writing() as connection:
            await disable_person(SqlPeople(connection), self.people[name], self.now(), WHO)

    async def gives_password(self, name: str, password: str) -> None:
        """Change a person's password."""
        kept = await Passwords().hashed(password)
        async with self.database.writing() as connection:
            await change_password(SqlPeople(connection), self.people[name], kept, self.now(), WHO)

    def browser(self, address: str = "192.0.2.1", **headers: str) -> AsyncClient:
        """Somebody's."""
        return self.house.browser(address, **headers).client

    async def signed_in(self, name: str, **wishes: str) -> AsyncClient:
        """The browser of somebody who has signed in."""
        browser = self.browser(**wishes)
        answer = await signs_in(browser, name)
        assert answer.status_code == 303, answer.text
        return browser


async def signs_in(browser: AsyncClient, name: str, password: str = PASSWORD, **fields: str) -> Response:
    """Send the form."""
    return await browser.post("/sign-in", data={"name": name, "password": password, **fields})


async def a_gatehouse(
    folder: Path, file: Path | None = None, provider: ProviderSignIn | None = None, **wishes: Any
) -> Gatehouse:
    """One on this database; `provider`: where officers sign in besides."""
    world = World(Settings())
    house = await a_house(folder, world=world, file=file, **wishes)
    context = SignInContext(house.context, has_provider=provider is not None)
    restart = Restart(folder / MARK)
    desk = open_desk(house.service, context, told=lambda _: None, fetcher=house.fetcher, restart=restart)
    house.app = make_app(
        [
            chat_router(house.context),
            files_router(house.database, house.fetcher.store, FileLinks(KEY), house.service.clock),
            sign_in_router(context),
            provider_router(context, provider),
            *desk_routers(desk),
            *trainer_routers(open_trainers(house.service, context)),
        ]
    )
    house.app.add_middleware(GuardHeaders, addresses=house.context.addresses, public_url=wishes.get("public_url", BASE))
    return Gatehouse(house, world, context, desk)
