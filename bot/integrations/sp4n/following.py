"""Asks where cases stand at SP4N-LAPOR! that were handed over or came from there, and tells what has changed.

Her own chat hears of a case that was handed over; of one that came from there the desk alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import TERMINAL, is_forgotten
from actions.cases.officer_handlers import NoSuchCase, case_state_of
from actions.cases.ports import Clock
from actions.cases.replay import BrokenHistory
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.integrations.sp4n import (
    DONE,
    REMOTE_STATUS,
    Sp4nCase,
    cases_to_look_at,
    look_later,
    put_exchanges,
    set_their_status,
    sp4n_cases_of,
)
from actions.store.messages.messages import Chat
from bot.conversation.screen import Label, LabelSource
from bot.integrations.sp4n.port import ComplaintSystem, RemoteStatus
from bot.integrations.sp4n.state import Sp4nState
from bot.services.reporter_news import status_elsewhere
from bot.services.reporter_notices import ReporterNotices

log = structlog.get_logger()

EVERY_SECONDS: Final = timedelta(minutes=15).total_seconds()
"""Between two looks at the same case."""
AT_ONCE: Final = 50
LONGEST_ITEM: Final = 80


@dataclass(frozen=True, slots=True)
class StatusFollower:
    """Looks at the cases that both sides know; `told` hears after each commit which chats have a message."""

    database: Database
    regency: Regency
    clock: Clock
    notices: ReporterNotices
    told: Callable[[Collection[Chat]], None]
    state: Sp4nState

    async def follow(self, system: ComplaintSystem) -> int:
        """Look at those that were not looked at for a while; returns how many have moved.

        Raises:
            NotTaken: they do not answer, or not so that it can be read.
        """
        now = self.clock().timestamp()
        async with self.database.reading() as connection:
            found = await cases_to_look_at(connection, now, AT_ONCE)
        moved = 0
        for one in found:
            async with self.database.writing() as connection:  # first, so that one that fails keeps no other waiting
                await look_later(connection, [one.ticket], now + EVERY_SECONDS)
            remote = await system.status(one.tracking_id)
            self.state.answered()
            if remote and _has_moved(one, remote):
                moved += await self._moved(one.ticket, remote)
        return moved

    async def _moved(self, ticket: str, remote: RemoteStatus) -> bool:
        """Write it down and tell it, once."""
        async with self.database.writing() as connection:
            known = (await sp4n_cases_of(connection, [ticket])).get(ticket)
            if known is None or not _has_moved(known, remote):
                return False
            status = self.regency.sp4n.status_of(remote.word)
            is_over = status in TERMINAL
            await set_their_status(connection, ticket, remote.word, remote.changed_at, is_over=is_over)
            await self._note(connection, known, remote)
            chats = () if known.is_theirs else await self._tell(connection, known, remote)
        self.told(chats)
        log.info("sp4n_moved")
        self.state.meter(REMOTE_STATUS, "done")
        return True

    async def _note(self, connection: AsyncConnection, known: Sp4nCase, remote: RemoteStatus) -> None:
        now = self.clock()
        row = {"ticket": known.ticket, "kind": REMOTE_STATUS, "item": _item(remote), "tracking_id": known.tracking_id}
        await put_exchanges(connection, [{**row, "state": DONE, "created_at": now, "done_at": now}])

    async def _tell(self, connection: AsyncConnection, known: Sp4nCase, remote: RemoteStatus) -> Collection[Chat]:
        """Its reporter, unless she left it or asked to be forgotten."""
        try:
            case, case_state, _ = await case_state_of(SqlCaseBook(connection), self.regency, known.ticket)
        except (NoSuchCase, BrokenHistory):
            return ()
        if is_forgotten(case.reporter) or case_state.is_left:
            return ()
        status = self.regency.sp4n.status_of(remote.word)
        shown = Label(LabelSource.TEXT, f"status-{status.value}") if status else remote.word
        lines = status_elsewhere(case, self.regency.sp4n.name, known.tracking_id, shown, remote.words)
        return await self.notices.tell_reporter(connection, case, _ref(known, remote), lines, self.clock())


def _has_moved(known: Sp4nCase, remote: RemoteStatus) -> bool:
    return (known.their_status, known.changed_at) != (remote.word, remote.changed_at)


def _item(remote: RemoteStatus) -> str:
    at = remote.changed_at.isoformat(timespec="seconds") if remote.changed_at else ""
    return f"{remote.word} {at}".strip()[:LONGEST_ITEM]


def _ref(known: Sp4nCase, remote: RemoteStatus) -> str:
    at = int(remote.changed_at.timestamp()) if remote.changed_at else 0
    return f"{known.ticket}.there.{at}"
