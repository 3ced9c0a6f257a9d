"""Every page of the service asked for, each with marked values wherever a request can hold any."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from aiohttp import ClientSession

from tests.integration.operations.marks import EMAIL, NAME, OFFICERS_PASSWORD, PHONE, SECRETS, WORDS
from tests.integration.process.commands import lapor
from tests.integration.process.surroundings import CHECKOUT

ROUTE = re.compile(r'@router\.(get|post)\("([^"]+)"')
ASKED = {"text": WORDS, "name": NAME, "nama": NAME, "next": f"/{WORDS}", "k": WORDS, "lang": WORDS, "ticket": PHONE}
ASKED |= {"description": WORDS, "first_name": NAME, "email": EMAIL, "phone": PHONE, "api_key": WORDS}
SECONDS = 30.0


def routes() -> set[tuple[str, str]]:
    """Method and path of every page, as the sources declare them; of health's without what stands before them."""
    sources = (path.read_text(encoding="utf-8") for path in (CHECKOUT / "bot").rglob("*.py"))
    return {found for source in sources for found in ROUTE.findall(source)}


async def ask_every_page(browser: ClientSession, address: str) -> None:
    """Whatever it answers; a stream that never ends is hung up on."""
    found = routes()
    assert {("get", "/"), ("post", "/sign-in"), ("get", "/t/{ticket:path}"), ("post", "/sms")} <= found
    for method, path in sorted(found):
        url = address + re.sub(r"\{[^}]+\}", f"{WORDS}-{NAME}", path)
        for body in [{"data": ASKED | {"password": EMAIL}}, {"json": ASKED}] if method == "post" else [{}]:
            async with asyncio.timeout(SECONDS), browser.request(method, url, params=ASKED, **body):
                pass


async def sign_in_and_fail_to(browser: ClientSession, folder: Path, address: str) -> None:
    """An officer is added and signs in, after somebody who does not know the password."""
    words = ("officer", "add", NAME, "--role", "trainer", "--password-stdin")
    added = await lapor(folder, *words, told=f"{OFFICERS_PASSWORD}\n", log="debug", secret_key=SECRETS["secret_key"])
    assert (added.code, OFFICERS_PASSWORD in added.stdout, added.stderr) == (0, False, "")
    for password, status in ((f"{OFFICERS_PASSWORD}-not", 401), (OFFICERS_PASSWORD, 200)):
        async with browser.post(f"{address}/sign-in", data={"name": NAME, "password": password}) as answer:
            assert answer.status == status
