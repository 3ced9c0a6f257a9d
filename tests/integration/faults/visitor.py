"""Somebody at the web chat whose browser runs no script: she posts a form, and reads the page that comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, CookieJar

from tests.integration.faults.house import House


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser at the chat; its cookies are the session's."""

    address: str
    session: ClientSession

    async def says(self, text: str) -> tuple[int, str]:
        """Post these words; returns the status and the page that stands at the end."""
        async with self.session.post(f"{self.address}/chat/messages", data={"text": text}) as answer:
            return answer.status, await answer.text()

    async def reads(self) -> str:
        """The page as it is now."""
        async with self.session.get(self.address) as answer:
            return await answer.text()


@asynccontextmanager
async def visitor(house: House) -> AsyncIterator[Visitor]:
    """Somebody who has opened the page."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:  # an address without a name
        found = Visitor(house.service.address, session)
        await found.reads()
        yield found
