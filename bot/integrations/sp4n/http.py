"""Asks another system over HTTP, with patience that ends; what comes back is JSON, or did not come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from bot.integrations.sp4n.port import NotTaken

PATIENCE: Final = ClientTimeout(total=20, sock_connect=5)
MOST_BYTES: Final = 4_000_000
OK, FOUND, NOT_FOUND, REFUSED, TOO_OFTEN, THEIR_FAULT = 200, 300, 404, 400, 429, 500
PASSING: Final = frozenset({401, 403, 408, 425, TOO_OFTEN})
"""Refusals that have nothing to do with what was sent: a key that is not in force, or too much at once."""


def open_session() -> ClientSession:
    """A session that keeps nothing of one answer for the next."""
    return ClientSession(timeout=PATIENCE, cookie_jar=DummyCookieJar(), headers={"user-agent": "lapor"})


async def post_form(session: ClientSession, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> object:
    """The JSON that is answered to a form.

    Raises:
        NotTaken: there is none; whether the form arrived is known only where it was refused.
    """
    try:
        async with session.post(url, data=form, headers=headers, allow_redirects=False) as answer:
            return await _json_of(answer)
    except (ClientError, OSError, TimeoutError) as error:
        raise NotTaken("timeout" if isinstance(error, TimeoutError) else "unreachable") from None


async def get_json(session: ClientSession, url: str, headers: Mapping[str, str]) -> object | None:
    """The JSON at an address; None where there is nothing. Raises NotTaken as `post_form`."""
    try:
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            return None if answer.status == NOT_FOUND else await _json_of(answer)
    except (ClientError, OSError, TimeoutError) as error:
        raise NotTaken("timeout" if isinstance(error, TimeoutError) else "unreachable") from None


async def _json_of(answer: ClientResponse) -> object:
    if answer.status >= THEIR_FAULT or FOUND <= answer.status < REFUSED:
        raise NotTaken(f"status-{answer.status}")
    if answer.status >= REFUSED:
        raise NotTaken(f"status-{answer.status}", is_refused=answer.status not in PASSING)
    body = await answer.content.read(MOST_BYTES + 1)
    while len(body) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES + 1)):
        body += more
    try:
        return json.loads(body) if len(body) <= MOST_BYTES else _too_long()
    except ValueError:
        raise NotTaken("unreadable") from None


def _too_long() -> object:
    raise NotTaken("unreadable")
