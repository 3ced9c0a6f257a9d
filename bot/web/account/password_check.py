"""Whether a name and a password are somebody's: counted, then compared, and never quicker for a name that is none."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import Person
from actions.people.secrets import Passwords
from actions.people.sign_in import BrokenSeal, Seals, step_of
from actions.store.people.failed_attempts import attempts_after_last_sign_in
from actions.store.people.people import SqlPeople
from actions.store.people.sign_in import take_step, totp_of
from bot.web.account.attempts import Attempt, Attempts
from bot.web.account.known_device import Devices
from bot.web.account.sessions import Sessions

log = structlog.get_logger()

PENDING_SECONDS = 300
"""So long a code may be typed after the password."""
NOBODY = 0
"""No person has this number."""
PERSON: Final = re.compile(r"[0-9]{1,9}")
MOMENT: Final = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """It is right. `is_told`: others have failed with this name since she last signed in, and she is to hear of it."""

    person: Person
    token: str
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many tries; the next is looked at then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Wrong:
    """No active person has this name and this password."""


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """The password is right, and a one-time code is asked for besides; `pending` says so for a few minutes."""

    pending: str


type Verdict = SignedIn | Wait | Wrong | CodeWanted


@dataclass(frozen=True, slots=True)
class Checking:
    """Compares."""

    sessions: Sessions
    devices: Devices
    passwords: Passwords
    attempts: Attempts

    @property
    def seals(self) -> Seals:
        """Opens the secrets of one-time codes."""
        return Seals(self.devices.key)

    async def check(self, request: Request, address: str, name: str, password: str) -> Verdict:
        """Sign somebody in, or say why not.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        attempt = self.attempts.of_password(request, address, name)
        if until := await self.attempts.begin(attempt):
            return Wait(until)
        async with self.sessions.database.reading() as connection:
            number, kept = await SqlPeople(connection).password_by_name(name) or (NOBODY, None)
        if not await self.passwords.is_right(password, kept) or kept is None:
            return Wrong()
        async with self.sessions.database.reading() as connection:
            person = await SqlPeople(connection).by_id(number)
            totp = await totp_of(connection, number)
        if person is None:
            return Wrong()
        if totp and totp.is_on:
            async with self.sessions.database.writing() as connection:
                await self.attempts.succeed(connection, attempt)
            return CodeWanted(self._pending(person, kept, int(self.sessions.clock().timestamp()) + PENDING_SECONDS))
        fresh = await self.passwords.hashed(password) if self.passwords.is_outdated(kept) else kept
        return await self._let_in(request, person, kept, fresh, attempt)

    async def check_code(self, request: Request, pending: str, code: str) -> Verdict:
        """Sign in somebody whose password was right; each code is good once.

        What is not of our making is answered before anything is counted: it costs nobody a try.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        async with self.sessions.database.reading() as connection:
            person, kept = await self._awaited(SqlPeople(connection), pending)
        if person is None:
            return Wrong()
        attempt = self.attempts.of_code(request, person)
        if until := await self.attempts.begin(attempt):
            return Wait(until)
        async with self.sessions.database.writing() as connection:
            is_right = await take_code(connection, self.seals, person, code, self.sessions.clock())
        return await self._let_in(request, person, kept, kept, attempt) if is_right else Wrong()

    async def pending_of(self, book: SqlPeople, person: Person) -> str:
        """Says for a few minutes that a provider knows this person, and that the one-time code is still to come."""
        until = int(self.sessions.clock().timestamp()) + PENDING_SECONDS
        return self._pending(person, await book.password_of(person.id), until)

    def account_code_counted(self, person: int) -> str:
        """By what tries of one-time codes are counted of somebody who is signed in."""
        return self.devices.counted_as("account code", str(person))

    async def _awaited(self, book: SqlPeople, pending: str) -> tuple[Person | None, str | None]:
        """Whose password was right a few minutes ago, and still is the one."""
        number, until, _ = (*pending.split("."), "", "", "")[:3]
        if not (PERSON.fullmatch(number) and MOMENT.fullmatch(until)) or int(until) < self.sessions.clock().timestamp():
            return None, None
        known = await book.by_id(int(number))
        person, kept = await _known(book, known.name) if known else (None, None)
        is_ours = person and hmac.compare_digest(self._pending(person, kept, int(until)).encode(), pending.encode())
        return (person, kept) if is_ours else (None, None)

    def _pending(self, person: Person, kept: str | None, until: int) -> str:
        """Signed with the installation's key, and good only as long as this very password, or none, is hers."""
        mark = self.devices.counted_as("pending", f"{person.id} {until} {kept or ''}")
        return f"{person.id}.{until}.{mark}"

    async def _let_in(
        self, request: Request, person: Person, kept: str | None, fresh: str | None, attempt: Attempt
    ) -> Verdict:
        """Begin a session, unless the password was changed or the person disabled in this very moment."""
        async with self.sessions.database.writing() as connection:
            book, now = SqlPeople(connection), self.sessions.clock()
            if await _known(book, person.name) != (person, kept):
                return Wrong()
            await self.attempts.succeed(connection, attempt)
            if fresh is not None and fresh != kept:
                await book.set_password(person.id, fresh)
            is_told = bool(await attempts_after_last_sign_in(connection, person.id))
            token = await self.sessions.begin(connection, request, person.id)
            await book.note(person.id, PersonChange.SIGNED_IN, f"person:{person.id}", now)
        return SignedIn(person, token, is_told=is_told)


async def take_code(connection: AsyncConnection, seals: Seals, person: Person, typed: str, now: datetime) -> bool:
    """Whether this is a person's one-time code of now, and none that was taken before."""
    kept = await totp_of(connection, person.id)
    if kept is None:
        return False
    try:
        step = step_of(seals.opened(kept.sealed), typed, now)
    except BrokenSeal:
        log.error("totp_not_opened", person=person.id)
        return False
    return step is not None and await take_step(connection, person.id, step)


async def _known(book: SqlPeople, name: str) -> tuple[Person | None, str | None]:
    """The active person of this name, and what is kept of the password; the same questions for every name."""
    person = await book.by_name(name)
    kept = await book.password_of(person.id if person else NOBODY)
    return (person, kept) if person and person.is_active else (None, None)
