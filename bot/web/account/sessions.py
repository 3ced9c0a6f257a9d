"""The cookie of somebody who is signed in: a random token, of which the database keeps only a digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.people.handlers import PersonChange
from actions.people.people import Person
from actions.people.secrets import draw_token, token_digest
from actions.people.sign_in import is_to_be_noted
from actions.store.engine.database import Database
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import began_with_mfa, begin_session, end_session, find_session, note_page

log = structlog.get_logger()

COOKIE: Final = "lapor_session"
LONGEST_TOKEN: Final = 64
WATCHING: Final = "/live"
"""What a page asks for by itself, so that nobody stays signed in by leaving it open."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Signs in, recognises, and signs out."""

    database: Database
    clock: Clock

    async def who(self, request: Request) -> Person | None:
        """Who is signed in with this request's cookie.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        token = _token(request)
        if not token:
            return None
        digest, now = token_digest(token), self.clock()
        async with self.database.reading() as connection:
            session = await find_session(connection, digest, now)
        if session is None:
            return None
        if is_to_be_noted(session.seen_at, now) and not request.url.path.endswith(WATCHING):
            await self._note(digest, now)
        return session.person

    async def has_mfa(self, connection: AsyncConnection, request: Request) -> bool:
        """Whether an identity provider said of this browser's session that two factors were shown."""
        return await began_with_mfa(connection, token_digest(_token(request)))

    async def begin(self, connection: AsyncConnection, request: Request, person: int, *, is_mfa: bool = False) -> str:
        """Sign a person in with a token that nobody had before; who was signed in in this browser no longer is."""
        if former := _token(request):
            await end_session(connection, token_digest(former))
        token = draw_token()
        await begin_session(connection, token_digest(token), person, self.clock(), is_mfa=is_mfa)
        return token

    async def end(self, request: Request) -> None:
        """Sign out in this browser.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        if token := _token(request):
            async with self.database.writing() as connection:
                person = await end_session(connection, token_digest(token))
                if person is not None:
                    await SqlPeople(connection).note(person, PersonChange.SIGNED_OUT, f"person:{person}", self.clock())

    async def _note(self, digest: str, now: datetime) -> None:
        """A page is shown also where this cannot be written."""
        try:
            async with self.database.writing() as connection:
                await note_page(connection, digest, now)
        except (SQLAlchemyError, OSError) as error:
            log.warning("session_not_noted", error=type(error).__name__)


def keep(response: Response, token: str, *, is_secure: bool) -> None:
    """Have the browser send the token back until it is closed, to us alone, and not with another site's forms."""
    response.set_cookie(COOKIE, token, path="/", secure=is_secure, httponly=True, samesite="lax")


def forget(response: Response) -> None:
    """Have the browser throw the token away."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def _token(request: Request) -> str:
    token = request.cookies.get(COOKIE, "")
    return token if len(token) <= LONGEST_TOKEN else ""
