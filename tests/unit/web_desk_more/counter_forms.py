"""Forms of the counter, typed in as a page without a script sends them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from httpx import AsyncClient, Response

from actions.cases.case import Case
from actions.store.cases.casebook import SqlCaseBook
from tests.unit.web_desk_more.desk_office import VILLAGE, DeskOffice

TOLD = {
    "channel": "phone",
    "type": "complaint",
    "category": "jalan",
    "story": "Jalan berlubang di depan pasar, motor sering jatuh",
    "place": "dekat pasar",
    "region": VILLAGE,
    "identity": "anonymous",
    "name": "Ratna",
    "consent": "ya",
}
FIELD = re.compile(r'name="(key|seen|files|with-web-\w+)" value="([^"]*)"')

type Upload = tuple[str, bytes, str]
"""What the browser calls it, what is in it, and what the browser says that this is."""


async def posts(browser: AsyncClient, fields: dict[str, str], *brought: Upload) -> Response:
    """Send the form, with files chosen in it."""
    return await browser.post("/desk/new", data=fields, files=[("brought", file) for file in brought])


async def looks(
    browser: AsyncClient, brought: Sequence[Upload] = (), **changes: str
) -> tuple[Response, dict[str, str]]:
    """The form as it was looked at, and what is then sent."""
    opened = dict(FIELD.findall((await browser.get("/desk/new")).text))
    sent = {**TOLD, **opened, **changes}
    answer = await posts(browser, {**sent, "act": "look"}, *brought)
    return answer, {**sent, **dict(FIELD.findall(answer.text)), "act": "file"}


async def enters(browser: AsyncClient, brought: Sequence[Upload] = (), **changes: str) -> Response:
    """Type it in, look at it, and file it."""
    _, sent = await looks(browser, brought, **changes)
    return await posts(browser, sent)


async def cases_of(office: DeskOffice) -> list[Case]:
    """Every case, newest first."""
    async with office.gate.database.reading() as connection:
        return await SqlCaseBook(connection).latest(None)
