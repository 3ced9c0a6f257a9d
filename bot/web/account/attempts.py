"""Counts tries to sign in against who tries, lets short pauses pass, and notes many failures for the person.

What is counted by is a keyed digest: a name field may hold a password that was typed in the wrong place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.people.people import Person, name_key
from actions.people.sign_in import (
    FLOODS,
    OF_A_CODE,
    OF_A_KNOWN_BROWSER,
    OF_A_NAME,
    OF_A_NAME_AT_AN_ADDRESS,
    OF_AN_ADDRESS,
    Allowance,
)
from actions.store.engine.database import Database
from actions.store.people.failed_attempts import note_failed_attempts
from actions.store.people.sign_in import count_try, failed_tries, forget_tries, forgive_try
from bot.web.account.known_device import Devices

log = structlog.get_logger()

LONGEST_WAIT: Final = timedelta(seconds=10)
"""A pause as short as this passes before the answer; for a longer one the answer says until when it lasts."""
WAITS: Final = 3
"""So often: who tries from several windows at once has only one try a pause."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in, by what it is counted.

    Attributes:
        name: whose, as it was typed or is known.
        own: counts that a right try clears.
        shared: counts of others, too; a right try takes itself back.
        watched: the count whose growth is told to the person.
    """

    name: str
    own: Mapping[str, Allowance]
    shared: Mapping[str, Allowance]
    watched: str


@dataclass(frozen=True, slots=True)
class Attempts:
    """Counts them. `failed`: hears that so many have failed that the person is told; `sleep`: lets seconds pass."""

    database: Database
    clock: Clock
    devices: Devices
    flooded: Callable[[], None]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def of_password(self, request: Request, address: str, name: str) -> Attempt:
        """A name and a password: in a browser that is known by this name nothing counts but what is tried there."""
        key, count = name_key(name), self.devices.counted_as
        if device := self.devices.known(request, name):
            own = count("device", f"{device} {key}")
            return Attempt(name, {own: OF_A_KNOWN_BROWSER}, {}, own)
        everywhere = count("name", key)
        return Attempt(
            name,
            {count("name at address", f"{address} {key}"): OF_A_NAME_AT_AN_ADDRESS},
            {count("address", address): OF_AN_ADDRESS, everywhere: OF_A_NAME},
            everywhere,
        )

    def of_code(self, request: Request, person: Person) -> Attempt:
        """A one-time code after the right password: a known browser is counted by itself here as well."""
        device = self.devices.known(request, person.name)
        by = f"{person.id} {device}" if device else f"{person.id}"
        own = self.devices.counted_as("code", by)
        return Attempt(person.name, {own: OF_A_KNOWN_BROWSER if device else OF_A_CODE}, {}, own)

    async def begin(self, attempt: Attempt) -> datetime | None:
        """Count a try as failed until it succeeds; a moment where it is not looked at before then.

        Raises:
            SQLAlchemyError: the database cannot be asked.
        """
        for left in range(WAITS, -1, -1):
            now = self.clock()
            async with self.database.writing() as connection:
                until = await count_try(connection, {**attempt.own, **attempt.shared}, now)
                if until is None:
                    await self._tell(connection, attempt, now)
                    return None
            if not left or until - now > LONGEST_WAIT:
                return until
            await self.sleep((until - now).total_seconds())
        return None

    async def succeed(self, connection: AsyncConnection, attempt: Attempt) -> None:
        """It was right."""
        for name in attempt.own:
            await forget_tries(connection, name)
        for name in sorted(attempt.shared):
            await forgive_try(connection, name, self.clock())

    async def _tell(self, connection: AsyncConnection, attempt: Attempt, now: datetime) -> None:
        """Known names and others are asked and told the same, so that the time of an answer tells neither."""
        failed = await failed_tries(connection, attempt.watched)
        if failed in FLOODS:
            await note_failed_attempts(connection, attempt.name, failed - 1, now)
            self.flooded()
            log.warning("sign_in_flood", failed=failed - 1)
