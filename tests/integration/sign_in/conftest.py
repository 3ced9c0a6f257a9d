"""A gatehouse at which one signs in through a provider, and a provider that says what a test has it say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from actions.people.people import Person
from actions.people.provider_groups import read_mapping
from actions.store.people.people import SqlPeople, people
from bot.web.account.provider import Provider
from bot.web.account.provider_sign_in import BACK, BEGIN, ProviderSignIn
from tests.fakes.own_provider import SECRET, OwnProvider, an_own_provider
from tests.talks.database import new_database
from tests.talks.world import declared
from tests.unit.sign_in.gatehouse import Gatehouse, a_gatehouse
from tests.unit.web.doors import BASE

GROUPS = "jalan=liaison:dpupr, kepala jalan=agency_admin:dpupr, sampah=liaison:dlh, loket=verifier, admin=admin"


@dataclass
class ProviderGate:
    """The gate, and the provider behind it."""

    gate: Gatehouse
    provider: OwnProvider
    there: Provider

    async def goes(self, browser: AsyncClient, wanted: str = "") -> str:
        """A browser goes to the provider; returns the state that it came with."""
        answer = await browser.get(BEGIN, params={"next": wanted} if wanted else {})
        assert answer.status_code == 303, answer.text
        return self.provider.goes_to(answer.headers["location"])["state"]

    async def signs_in(self, browser: AsyncClient, wanted: str = "", **given: str) -> Response:
        """A browser goes, and comes back."""
        state = await self.goes(browser, wanted)
        return await browser.get(BACK, params={"state": state, "code": f"code-{state[:8]}", **given})

    async def people(self) -> list[Person]:
        """Everybody whom there is."""
        async with self.gate.database.reading() as connection:
            return await SqlPeople(connection).those(people.c.id.in_(select(people.c.id)))


def a_provider(issuer: str, base: str = BASE) -> Provider:
    """A provider as the settings would name it for a service at this address; its own clock is the real one."""
    return Provider(
        issuer=issuer,
        client_id="lapor",
        client_secret=SECRET,
        redirect_uri=f"{base}{BACK}",
        groups_claim="groups",
        mfa=("mfa",),
        now=lambda: datetime.now(UTC).timestamp(),
    )


async def a_gate_of(provider: Provider, folder: Path, base: str = BASE) -> tuple[Gatehouse, Path]:
    """A gatehouse with this provider, at the real time and at this address."""
    file = await new_database()
    mapping = read_mapping(GROUPS, declared().regency.agencies)
    gate = await a_gatehouse(folder, file, ProviderSignIn(provider, mapping), public_url=base)
    gate.world.clock.now = datetime.now(UTC)
    return gate, file


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ProviderGate]:
    async with an_own_provider() as own:
        there = a_provider(own.issuer)
        gate, file = await a_gate_of(there, tmp_path)
        yield ProviderGate(gate, own, there)
        await gate.house.closes()
    file.unlink()
