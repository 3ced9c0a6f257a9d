"""An officer of an agency at the desk of a real process: added by the command, signed in, and acting by forms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from httpx import AsyncClient

from tests.integration.process.commands import lapor
from tests.integration.process.service import Service

PASSWORD = "sepuluh bebek menyeberang kali"
HIDDEN = re.compile(r'<input type="hidden" name="(version|seen)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Liaison:
    """Who answers for the agency."""

    browser: AsyncClient

    async def does(self, ticket: str, action: str, words: str = "") -> None:
        """What she fills in is shown to her as the reporter will read it, and goes when she sends that."""
        address = f"/desk/cases/{ticket}"
        form = {"deed": action, "words": words, "act": "send"}
        form |= _hidden((await self.browser.get(address)).text)
        looked = await self.browser.post(address, data=form)
        if looked.status_code == 200:
            looked = await self.browser.post(address, data=form | _hidden(looked.text))
        assert looked.status_code == 303, looked.status_code


def _hidden(page: str) -> dict[str, str]:
    return dict(HIDDEN.findall(page))


@asynccontextmanager
async def a_liaison(service: Service, agency: str, secret_key: str) -> AsyncIterator[Liaison]:
    """She has signed in."""
    words = ("officer", "add", "Lina", "--role", "liaison", "--agency", agency, "--password-stdin")
    added = await lapor(service.folder, *words, told=f"{PASSWORD}\n", secret_key=secret_key)
    assert added.code == 0, added.stderr
    async with AsyncClient(base_url=service.address, timeout=60) as browser:
        signed_in = await browser.post("/sign-in", data={"name": "Lina", "password": PASSWORD})
        assert signed_in.status_code in {200, 303}
        yield Liaison(browser)
