"""A running service with people who may sign in, and strangers in front of it."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from httpx import AsyncClient, Response

from actions.people.people import Person
from actions.people.roles import Role
from actions.store.engine.database import Database
from bot.configuration.clock import utc_now
from tests.integration.process.service import Service
from tests.patience import PATIENCE_SECONDS
from tests.unit.people.officers import PASSWORD, an_officer

PENDING = re.compile(r'name="pending" value="([^"]+)"')
SEND = re.compile(r'<button[^>]*name="press"[^>]*value="(send@[^"]*)"')
OWN_PAGE = re.compile(r"/t/LP-[0-9A-Z]{4}-[0-9A-Z]{4}\?k=[\w=-]+")


@asynccontextmanager
async def database_of(service: Service) -> AsyncIterator[Database]:
    """The service's own, from beside it."""
    database = Database(f"sqlite:///{service.database}", busy_seconds=PATIENCE_SECONDS)
    try:
        yield database
    finally:
        await database.close()


async def hires(service: Service, name: str, *roles: Role, agency: str | None = None) -> Person:
    """Somebody who may sign in."""
    async with database_of(service) as database:
        return await an_officer(database, name, *roles, agency=agency, at=utc_now())


def browser(service: Service) -> AsyncClient:
    """One with cookies of its own."""
    return AsyncClient(base_url=service.address, timeout=PATIENCE_SECONDS)


async def signs_in(who: AsyncClient, name: str, password: str = PASSWORD) -> Response:
    """Send the form."""
    return await who.post("/sign-in", data={"name": name, "password": password})


def pending_of(page: Response) -> str:
    """What the second step carries."""
    found = PENDING.search(page.text)
    assert found, page.text
    return html.unescape(found[1])


async def chats(service: Service, text: str = "lampu jalan di depan pasar petung mati dua minggu") -> str:
    """A citizen opens the chat, writes, and reads the answer; returns the page."""
    async with browser(service) as citizen:
        await citizen.get("/")
        await citizen.post("/chat/messages", data={"text": text})
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "Laporan Anda." not in (page := (await citizen.get("/")).text):
                await asyncio.sleep(0.1)
    return page


async def reports(service: Service, text: str, photo: bytes = b"") -> str:
    """A citizen tells this, with a photo where one is given, and sends it; returns the address of her own page."""
    files = {"files": ("photo.jpg", photo, "image/jpeg")} if photo else None
    async with browser(service) as citizen:
        await citizen.get("/")
        await citizen.post("/chat/messages", data={"text": text}, files=files)
        card = await shown(citizen, SEND)
        await citizen.post("/chat/messages", data={"press": html.unescape(card[1])})
        return html.unescape((await shown(citizen, OWN_PAGE))[0])


async def shown(who: AsyncClient, wanted: re.Pattern[str], address: str = "/") -> re.Match[str]:
    """Where this stands in a page, once it does."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (found := wanted.search((await who.get(address)).text)):
            await asyncio.sleep(0.1)
    return found
