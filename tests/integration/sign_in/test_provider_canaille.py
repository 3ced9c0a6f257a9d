"""Signing in at a real identity provider: canaille, in a process and an environment of its own."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from httpx import URL, AsyncClient

from actions.people.roles import Role
from actions.store.people.people import SqlPeople
from bot.understanding.rasa.environment import find_uv
from bot.web.account.provider import NotBelieved, Provider
from bot.web.account.provider_sign_in import BACK, BEGIN
from tests.integration.sign_in.conftest import SECRET, a_gate_of, a_provider
from tests.unit.sign_in.gatehouse import Gatehouse
from tests.unit.web.doors import BASE

PASSWORD = "kuda benar baterai stapel"
TOTP_SECRET = "0123456789abcdef"
"""Of everybody there."""
PHONE = pyotp.TOTP(base64.b32encode(TOTP_SECRET.encode()).decode())
"""The app that shows its codes."""
HOME = Path(__file__).parents[3]
PEOPLE = {"rina": "Rina Sari", "dedi": "Dedi"}
FIELD, VALUE = re.compile(r'<input[^>]*name="([^"]+)"[^>]*>'), re.compile(r'value="([^"]*)"')
LONGEST_START_SECONDS = 120
"""Also where its packages are still to be fetched."""


@dataclass
class Canaille:
    """The provider's process."""

    process: Process
    issuer: str

    async def puts(self, group: str, *members: str) -> None:
        """These, and nobody else, are in a group from now on."""
        await self._wishes({"group": group, "members": members})

    async def asks_for(self, *factors: str) -> None:
        """What whoever signs in there must show from now on, one after the other."""
        await self._wishes({"factors": factors})

    async def _wishes(self, wish: Mapping[str, object]) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(wish).encode() + b"\n")
        assert await self.process.stdout.readline() == b"done\n"

    async def gives(self, url: str, user: str) -> Mapping[str, str]:
        """Somebody types her name and password there, and a code if asked; returns what she is sent back with."""
        async with AsyncClient(timeout=30) as there:
            page = await there.get(url)
            for _ in range(12):
                if page.is_redirect and page.headers["location"].startswith(BASE):
                    return dict(URL(page.headers["location"]).params)
                if page.is_redirect:
                    page = await there.get(page.url.join(page.headers["location"]))
                    continue
                fields = {one[1]: "".join(VALUE.findall(one[0])) for one in FIELD.finditer(page.text)}
                typed = {"login": user, "password": PASSWORD, "otp": PHONE.now()}
                page = await there.post(page.url, data=fields | {n: typed[n] for n in typed if n in fields})
        raise AssertionError("she was not sent back")


@asynccontextmanager
async def canaille() -> AsyncIterator[Canaille]:
    """Runs until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "port": port,
        "people": PEOPLE,
        "groups": {"jalan": ["rina"], "arisan": ["dedi"]},
        "client": "lapor",
        "secret": SECRET,
        "redirect_uris": [f"{BASE}{BACK}"],
        "password": PASSWORD,
        "totp_secret": TOTP_SECRET,
    }
    command = ["run", "-q", "--isolated", "--frozen", "--only-group", "identity", "python"]
    program = [str(find_uv()), *command, "tests/fakes/identity_server.py", json.dumps(given)]
    process = await asyncio.create_subprocess_exec(*program, cwd=HOME, stdin=PIPE, stdout=PIPE)
    assert process.stdin
    assert process.stdout
    try:
        async with asyncio.timeout(LONGEST_START_SECONDS):
            assert await process.stdout.readline() == b"ready\n"
        yield Canaille(process, f"http://127.0.0.1:{port}")
    finally:
        process.stdin.close()
        await process.wait()


async def roles(gate: Gatehouse, name: str) -> frozenset[Role] | None:
    async with gate.database.reading() as connection:
        person = await SqlPeople(connection).by_name(name)
    return person.roles if person else None


async def signs_in(gate: Gatehouse, there: Canaille, user: str) -> tuple[AsyncClient, int]:
    """Somebody goes to the provider and comes back; returns her browser and what it was answered."""
    browser = gate.browser()
    url = (await browser.get(BEGIN)).headers["location"]
    return browser, (await browser.get(BACK, params=await there.gives(url, user))).status_code


async def replays(provider: Provider, there: Canaille) -> None:
    """A code is given for a token once."""
    url, asked = await provider.begin("")
    given = await there.gives(url, "rina")
    said = await provider.finish(asked, given)
    assert (said.groups, said.is_mfa) == ({"jalan"}, False)
    with pytest.raises(NotBelieved):
        await provider.finish(asked, given)


async def shows_two_factors(provider: Provider, there: Canaille) -> None:
    """Where the provider asks for a code besides, its `amr` says so, and none is asked for here."""
    await there.asks_for("password", "otp")
    url, asked = await provider.begin("")
    assert (await provider.finish(asked, await there.gives(url, "rina"))).is_mfa
    await there.asks_for("password")


@pytest.mark.slow
async def test_officers_sign_in_at_a_real_provider_with_what_its_groups_give(tmp_path: Path) -> None:
    async with canaille() as there:
        provider = a_provider(there.issuer)
        gate, file = await a_gate_of(provider, tmp_path)
        browser, status = await signs_in(gate, there, "rina")
        assert (status, await roles(gate, "Rina Sari")) == (303, {Role.LIAISON})
        assert (await browser.get("/desk/account")).status_code == 200
        assert ((await signs_in(gate, there, "dedi"))[1], await roles(gate, "Dedi")) == (403, None)
        await replays(provider, there)
        await shows_two_factors(provider, there)
        await there.puts("jalan", "dedi")
        assert ((await signs_in(gate, there, "rina"))[1], await roles(gate, "Rina Sari")) == (403, frozenset())
        assert (await browser.get("/desk/account")).status_code == 303
        assert ((await signs_in(gate, there, "dedi"))[1], await roles(gate, "Dedi")) == (303, {Role.LIAISON})
        await gate.house.closes()
    file.unlink()
