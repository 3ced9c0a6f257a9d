"""Proposes the answers of closed cases to the moderators, and publishes on its day what none of them has held.

Every row is changed in the transaction that looked at it, and held meanwhile, so that each answer is proposed and
published once however many processes look, and a service that was down has only more to do at once. Where nobody
moderates nothing is proposed, and what was proposed waits.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.people.roles import Role
from actions.privacy.publication import Publication, PublicationState, publication_day
from actions.regency.model import Regency
from actions.store.cases.publications import drop_publications, due_publications, is_any_due, keep_publication
from actions.store.engine.database import Database, is_away
from actions.store.people.people import is_anybody
from bot.observability.faults import place_of
from bot.services.publication.looking import AnswerCheck, LookedAt, proposed

log = structlog.get_logger()

ANSWERS_AT_ONCE = 25
LOOK_EVERY_SECONDS = 60.0
NOBODY_LOOKED = timedelta(days=1)
"""What waits so long behind its day, for the service was down or nobody moderated, is proposed anew."""
PAUSE_SECONDS = 0.05
"""Between two transactions: whoever writes comes in between."""


@dataclass(frozen=True, slots=True)
class PublicationSweep:
    """Looks for answers whose turn has come until it is cancelled."""

    database: Database
    regency: Regency
    clock: Clock

    async def run(self) -> None:
        """Sweep for ever. A database that is away is swept the next time."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001 - what is due stays due
                what = "publications_wait_for_database" if is_away(error) else "publications_wait"
                log.error(what, error=type(error).__name__, where=place_of(error))
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def sweep(self) -> int:
        """Look at every answer whose turn has come by now; returns how many that were."""
        number = 0
        while await self._is_any_due():
            looked_at = await self._sweep_some(self.clock())
            number += looked_at
            if looked_at < ANSWERS_AT_ONCE:
                break
            await asyncio.sleep(PAUSE_SECONDS)
        return number

    async def _is_any_due(self) -> bool:
        """Asked first, so that a service at rest writes nothing and holds nobody up."""
        async with self.database.reading() as connection:
            return await is_anybody(connection, Role.MODERATOR) and await is_any_due(connection, self.clock())

    async def _sweep_some(self, now: datetime) -> int:
        async with self.database.writing() as connection:
            due = await due_publications(connection, now, ANSWERS_AT_ONCE)
            for one in due:
                await self._work(connection, one, now)
        return len(due)

    async def _work(self, connection: AsyncConnection, one: Publication, now: datetime) -> None:
        """Takes one answer a step further; an error in it does not keep the others waiting."""
        check = AnswerCheck(connection, self.regency)
        try:
            looked_at = await check.look(one.ticket)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other answers must not wait for it
            log.error("answer_not_looked_at", error=type(error).__name__, where=place_of(error))
            later = publication_day(now, self.regency.publication, self.regency.calendar)
            await keep_publication(connection, replace(one, publish_at=later, state=PublicationState.PROPOSED), now)
            return
        if looked_at is None:
            await drop_publications(connection, [one.ticket])
            return
        await keep_publication(connection, self._further(one, looked_at, check, now), now)

    def _further(self, one: Publication, looked_at: LookedAt, check: AnswerCheck, now: datetime) -> Publication:
        """What becomes of it: published, where it is what moderators had before them until now."""
        fresh = proposed(looked_at, now, self.regency)
        was_shown = one.publish_at is not None and now - one.publish_at < NOBODY_LOOKED
        is_as_proposed = one.state is fresh.state is PublicationState.PROPOSED and one.number == fresh.number
        if not (is_as_proposed and was_shown):
            return fresh
        title = fresh.title if check.names_in_title(looked_at, one.title) else one.title
        return replace(fresh, state=PublicationState.PUBLISHED, title=title, publish_at=None)
