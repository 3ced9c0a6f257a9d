"""Whether a name and a password are somebody's: counted, then compared, and never quicker for a name that is none."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.people.handlers import PersonChange
from actions.people.people import Person, name_key
from actions.people.secrets import Passwords
from actions.people.totp import BrokenSeal, Seals, step_of
from actions.people.tries import OF_A_NAME, OF_AN_ADDRESS, Allowance
from actions.store.people.people import SqlPeople
from actions.store.people.totp import take_step, totp_of
from actions.store.people.tries import count_try, forget_tries, forgive_try
from bot.web.account.known_device import Devices
from bot.web.account.sessions import Sessions

log = structlog.get_logger()

PENDING_SECONDS = 300
"""So long a code may be typed after the password."""
NOBODY = 0
"""No person has this number."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """It is right."""

    person: Person
    token: str


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
class _Counted:
    """By what a try is counted."""

    name: str
    address: str

    @property
    def allowed(self) -> Mapping[str, Allowance]:
        return {self.name: OF_A_NAME, self.address: OF_AN_ADDRESS}


@dataclass(frozen=True, slots=True)
class Checking:
    """Compares."""

    sessions: Sessions
    devices: Devices
    passwords: Passwords

    @property
    def seals(self) -> Seals:
        """Opens the secrets of one-time codes."""
        return Seals(self.devices.key)

    async def check(self, request: Request, address: str, name: str, password: str) -> Verdict:
        """Sign somebody in, or say why not.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        counted = self._counted(request, address, name)
        async with self.sessions.database.writing() as connection:
            until = await count_try(connection, counted.allowed, self.sessions.clock())
        if until:
            return Wait(until)
        async with self.sessions.database.reading() as connection:
            person, kept = await _known(SqlPeople(connection), name)
        if not await self.passwords.is_right(password, kept) or person is None or kept is None:
            return Wrong()
        async with self.sessions.database.reading() as connection:
            totp = await totp_of(connection, person.id)
        if totp and totp.is_on:
            async with self.sessions.database.writing() as connection:
                await forget_tries(connection, counted.name)
                await forgive_try(connection, counted.address, self.sessions.clock())
            return CodeWanted(self._pending(person, kept, int(self.sessions.clock().timestamp()) + PENDING_SECONDS))
        fresh = await self.passwords.hashed(password) if self.passwords.is_outdated(kept) else kept
        return await self._let_in(request, person, kept, fresh, counted)

    async def check_code(self, request: Request, address: str, pending: str, code: str) -> Verdict:
        """Sign in somebody whose password was right; each code is good once.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        counted = _Counted(self.code_counted(pending.partition(".")[0]), self.devices.counted_as("address", address))
        async with self.sessions.database.writing() as connection:
            until = await count_try(connection, counted.allowed, self.sessions.clock())
        if until:
            return Wait(until)
        async with self.sessions.database.writing() as connection:
            person, kept = await self._awaited(SqlPeople(connection), pending)
            is_right = person is not None and await take_code(
                connection, self.seals, person, code, self.sessions.clock()
            )
        if person is None or kept is None or not is_right:
            return Wrong()
        return await self._let_in(request, person, kept, kept, counted)

    def code_counted(self, person: str) -> str:
        """By what tries of a person's one-time codes are counted."""
        return self.devices.counted_as("code", person)

    async def _awaited(self, book: SqlPeople, pending: str) -> tuple[Person | None, str | None]:
        """Whose password was right a few minutes ago, and still is the one."""
        number, until, _ = (*pending.split("."), "", "", "")[:3]
        if not (number.isdecimal() and until.isdecimal()) or int(until) < self.sessions.clock().timestamp():
            return None, None
        known = await book.by_id(int(number))
        person, kept = await _known(book, known.name) if known else (None, None)
        is_ours = (
            person and kept and hmac.compare_digest(self._pending(person, kept, int(until)).encode(), pending.encode())
        )
        return (person, kept) if is_ours else (None, None)

    def _pending(self, person: Person, kept: str, until: int) -> str:
        mark = self.devices.counted_as("pending", f"{person.id} {until} {kept}")
        return f"{person.id}.{until}.{mark}"

    async def _let_in(self, request: Request, person: Person, kept: str, fresh: str, counted: _Counted) -> Verdict:
        """Begin a session, unless the password was changed or the person disabled in this very moment."""
        async with self.sessions.database.writing() as connection:
            book, now = SqlPeople(connection), self.sessions.clock()
            if await _known(book, person.name) != (person, kept):
                return Wrong()
            await forget_tries(connection, counted.name)
            await forgive_try(connection, counted.address, now)
            if fresh != kept:
                await book.set_password(person.id, fresh)
            token = await self.sessions.begin(connection, request, person.id)
            await book.note(person.id, PersonChange.SIGNED_IN, f"person:{person.id}", now)
        return SignedIn(person, token)

    def _counted(self, request: Request, address: str, name: str) -> _Counted:
        device = self.devices.known(request, name)
        kind, value = ("device", device) if device else ("name", name_key(name))
        return _Counted(self.devices.counted_as(kind, value), self.devices.counted_as("address", address))


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
