"""Whether a name and a password are somebody's: counted, then compared, and never quicker for a name that is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request

from actions.people import Person, name_key
from actions.people_handlers import Change
from actions.people_secrets import Passwords
from actions.people_tries import OF_A_NAME, OF_AN_ADDRESS, Allowance
from actions.store.people import SqlPeople
from actions.store.people_tries import count_try, forget_tries, forgive_try
from bot.web.sessions import Sessions
from bot.web.sign_in_device import Devices

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


type Verdict = SignedIn | Wait | Wrong


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
        fresh = await self.passwords.hashed(password) if self.passwords.is_outdated(kept) else kept
        return await self._let_in(request, person, kept, fresh, counted)

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
            await book.note(person.id, Change.SIGNED_IN, f"person:{person.id}", now)
        return SignedIn(person, token)

    def _counted(self, request: Request, address: str, name: str) -> _Counted:
        device = self.devices.known(request, name)
        kind, value = ("device", device) if device else ("name", name_key(name))
        return _Counted(self.devices.counted_as(kind, value), self.devices.counted_as("address", address))


async def _known(book: SqlPeople, name: str) -> tuple[Person | None, str | None]:
    """The active person of this name, and what is kept of the password; the same questions for every name."""
    person = await book.by_name(name)
    kept = await book.password_of(person.id if person else NOBODY)
    return (person, kept) if person and person.is_active else (None, None)
