"""Agencies' own systems that are told, in a test: a database with cases in it, and what sends beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from actions.cases.case import Case
from actions.store.engine.database import Database
from actions.store.integrations.webhooks import HookBacklog, add_hook, all_hooks, hook_backlog, put_webhook_deliveries
from bot.integrations.webhooks.addresses import Allowed
from bot.integrations.webhooks.sending import HookSender
from bot.integrations.webhooks.signing import hook_secret, told_secret
from tests.integration.hooks.agency_system import AgencySystem
from tests.patience import PATIENCE_SECONDS
from tests.talks.world import StandingClock
from tests.unit.delivery.case_office import CaseOffice

KEY, SALT = b"a key for tests", "5a17"
HERE = ["127.0.0.0/8"]


@dataclass(slots=True)
class Post:
    """A database with cases in it, and what sends beside it; its clock stands until it is told that time passes."""

    database: Database
    allowed: Allowed = field(default_factory=lambda: Allowed.of(HERE))
    clock: StandingClock = field(default_factory=StandingClock)
    office: CaseOffice = field(init=False)

    def __post_init__(self) -> None:
        self.office = CaseOffice(self.database, self.clock)

    async def is_told(self, system: AgencySystem, agency: str = "dpupr") -> int:
        """A system hears from now on; the number of its address."""
        system.secret = told_secret(hook_secret(KEY, SALT))
        async with self.database.writing() as connection:
            await add_hook(connection, agency, system.url, SALT, self.clock())
            return next(hook.id for hook in await all_hooks(connection) if hook.url == system.url)

    async def waits(self, hook: int, *cases: Case) -> None:
        """That cases were filed and forwarded is to be told there."""
        letters = [
            {"hook": hook, "ticket": case.ticket, "number": number, "created_at": self.clock()}
            for case in cases
            for number in (1, 2)
        ]
        async with self.database.writing() as connection:
            await put_webhook_deliveries(connection, letters)

    async def backlog(self) -> list[HookBacklog]:
        async with self.database.reading() as connection:
            return await hook_backlog(connection)

    @asynccontextmanager
    async def sends(self) -> AsyncIterator[HookSender]:
        sender = HookSender(
            self.database,
            self.office.regency,
            KEY,
            self.allowed,
            lambda: self.clock().timestamp(),
            look_every_seconds=0.02,
        )
        task = asyncio.create_task(sender.run())
        try:
            yield sender
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def all_is_told(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.backlog():
                await asyncio.sleep(0.01)
