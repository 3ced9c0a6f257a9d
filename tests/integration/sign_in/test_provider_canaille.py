"""Signing in at a real identity provider: canaille, in a process and an environment of its own."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import socket
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pyotp
import pytest
import pytest_asyncio
from httpx import URL, AsyncClient
from playwright.async_api import async_playwright, expect

from actions.people.roles import Role
from actions.store.people.people import SqlPeople
from bot.understanding.rasa.environment import find_uv
from bot.web.account.provider import NotBelieved, Provider
from bot.web.account.provider_sign_in import BACK, BEGIN
from bot.web.shared.server import listen
from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import answering
from tests.browser.visitors import Visitor
from tests.integration.sign_in.conftest import SECRET, a_gate_of, a_provider
from tests.unit.sign_in.gatehouse import Gatehouse
from tests.unit.web.doors import BASE

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
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
async def canaille(*bases: str) -> AsyncIterator[Canaille]:
    """Runs until the block ends, for services at these addresses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {
        "port": port,
        "people": PEOPLE,
        "groups": {"jalan": ["rina"], "arisan": ["dedi"]},
        "client": "lapor",
        "secret": SECRET,
        "redirect_uris": [f"{base}{BACK}" for base in bases],
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


@dataclass
class Opened:
    """The provider, and a socket on which a service may answer browsers."""

    there: Canaille
    listening: socket.socket

    @property
    def address(self) -> str:
        """Of that socket."""
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened() -> AsyncIterator[Opened]:
    """One provider for all tests here."""
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with canaille(BASE, address) as there:
            yield Opened(there, listening)


async def test_officers_sign_in_at_a_real_provider_with_what_its_groups_give(tmp_path: Path, opened: Opened) -> None:
    there = opened.there
    await there.puts("jalan", "rina")
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


async def goes_there_and_back(officer: Visitor, address: str, user: str) -> None:
    """She is led to the provider's page, types her name and password there, and comes back.

    What her browser says of the provider's own pages is no complaint about ours.
    """
    page, before = officer.page, [*officer.complaints]
    await page.get_by_role("link", name="Masuk dengan akun pemerintah daerah").click()
    await page.locator("input[name=login]").fill(user)
    await page.keyboard.press("Enter")
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{address}/**")
    officer.complaints[:] = before


async def is_for_everybody(officer: Visitor, name: str) -> None:
    if SHOTS:
        await officer.page.screenshot(path=f"{SHOTS}/provider-{name}.png", full_page=True)
    assert await officer.is_as_wide_as_the_window(), name
    assert await officer.barriers() == [], name


async def test_officers_sign_in_there_with_a_browser_and_whoever_has_no_group_reads_why_not(
    tmp_path: Path, opened: Opened
) -> None:
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    there, address = opened.there, opened.address
    await there.puts("jalan", "rina")
    gate, file = await a_gate_of(a_provider(there.issuer, address), tmp_path, address)
    async with answering(gate.house.app, opened.listening), async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for width, user in product((1366, 390), PEOPLE):
            context = await chromium.new_context(locale="id-ID", viewport={"width": width, "height": 768})
            officer = await Visitor.arrives(context, f"{address}/desk")
            await is_for_everybody(officer, f"sign-in-{width}")
            await goes_there_and_back(officer, address, user)
            if user == "rina":
                await expect(officer.page.get_by_role("heading", level=1)).to_have_text("Meja petugas")
                await expect(officer.page.get_by_role("link", name="Pekerjaan instansi")).to_be_visible()
            else:
                await expect(officer.page.get_by_role("main")).to_contain_text("tidak punya peran di layanan ini")
                officer.was_refused("403")
            await is_for_everybody(officer, f"{user}-{width}")
            assert officer.complaints == []
            await context.close()
        await chromium.close()
        gate.house.context.sse_signals.close()
    await gate.house.closes()
    file.unlink()
