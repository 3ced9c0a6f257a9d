"""A house with the door of other systems in it, another system that has a key, and cases that were filed here."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from httpx import Response

from actions.cases.case import Case
from actions.store.cases.casebook import SqlCaseBook
from actions.store.integrations.api_keys import ApiKey, add_key
from bot.configuration.case_links import CaseLinks
from bot.integrations.open311.context import Open311Context
from bot.integrations.open311.filing import RequestFiling
from bot.integrations.open311.keys import draw_key, key_digest
from bot.integrations.open311.limits import ApiLimits
from bot.integrations.open311.routes import open311_router
from bot.web.shared.app import make_app
from bot.web.shared.response_headers import GuardHeaders
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.unit.web.doors import BASE, KEY
from tests.unit.web_case.cases import CaseOffice, an_office

PATH = "/open311/v2"
HOLE = {
    "service_code": "jalan",
    "address_string": "Jl. Provinsi Km 5, Waru",
    "description": "Aspal berlubang dalam di depan masjid",
}


@dataclass(slots=True)
class OtherSystem:
    """Asks and sends; `key` is its own, `address` where it calls from."""

    office: CaseOffice
    context: Open311Context
    key: str = ""
    address: str = "192.0.2.7"
    headers: dict[str, str] = field(default_factory=dict)

    async def asks(self, path: str, **query: str) -> Response:
        """Read something."""
        return await self.office.browser(self.address, **self.headers).get(f"{PATH}{path}", params=query or None)

    async def reads(self, path: str, **query: str) -> Any:
        """The JSON of something that is there."""
        answer = await self.asks(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def reads_xml(self, path: str, **query: str) -> ET.Element:
        """The XML of it."""
        answer = await self.asks(path, **query)
        assert answer.status_code == 200, answer.text
        return ET.fromstring(answer.content)  # noqa: S314 - our own

    async def sends(self, path: str = "/requests.json", **changes: str) -> Response:
        """Send a request; a change to "" leaves a field out. `attribute_x` is written `attribute[x]`."""
        given = HOLE | {"api_key": self.key} | changes
        form = {_written(name): value for name, value in given.items() if value}
        return await self.office.browser(self.address, **self.headers).post(f"{PATH}{path}", data=form)

    async def files(self, **changes: str) -> str:
        """Send one that is taken; its number."""
        answer = await self.sends(**changes)
        assert answer.status_code == 200, answer.text
        return str(answer.json()[0]["service_request_id"])

    async def case(self, number: str) -> Case:
        """A case as it stands."""
        async with self.office.house.database.reading() as connection:
            found = await SqlCaseBook(connection).by_ticket(number)
        assert found
        return found

    async def numbers(self, **query: str) -> list[str]:
        """Of the requests that are asked for."""
        return [request["service_request_id"] for request in await self.reads("/requests.json", **query)]

    def passes(self, days: int) -> None:
        """Time."""
        self.office.world.clock.passes(timedelta(days=days))


def _written(name: str) -> str:
    return f"attribute[{name.removeprefix('attribute_')}]" if name.startswith("attribute_") else name


async def given_key(office: CaseOffice, name: str, *, may_send: bool = True) -> str:
    """Somebody's system gets a key."""
    key = draw_key(lambda count: name.encode().ljust(count, b"."))
    async with office.house.database.writing() as connection:
        await add_key(connection, ApiKey(name, may_send, office.world.clock()), key_digest(key))
    return key


def standing_limits() -> ApiLimits:
    """For whom no time passes, however slow the machine is."""
    limits = ApiLimits()
    for bucket in (limits.reads_of_address, limits.reads_of_key, limits.sends_of_key, limits.wrong_keys):
        bucket.now = lambda: 0.0
    return limits


@asynccontextmanager
async def another_system(folder: Path, file: Path) -> AsyncIterator[OtherSystem]:
    """One beside this database, until the block ends."""
    office = await an_office(folder, file, World(Settings()))
    house = office.house
    effect_runner = replace(house.service.effect_runner, links=CaseLinks(BASE, KEY))
    filing = RequestFiling(house.database, effect_runner, house.service.rules(), house.service.notifiers(), KEY)
    context = Open311Context(house.context, filing, standing_limits())
    house.app = make_app([open311_router(context)])
    house.app.add_middleware(GuardHeaders, addresses=house.context.addresses, public_url=BASE)
    yield OtherSystem(office, context, await given_key(office, "siaga"))
    await house.closes()
