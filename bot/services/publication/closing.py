"""Hears of every case that is closed, opened again or hidden: whose answer may come to be published, and whose not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Status, is_public
from actions.cases.outcome import Done
from actions.store.cases.publications import drop_publications, note_closed
from actions.store.messages.messages import Chat

CLOSING = frozenset({CaseAction.CONFIRM, CaseAction.CLOSE_UNCONFIRMED})
"""What closes a case that was answered."""


class ClosedAnswers:
    """Notes them for whoever looks at answers; writes to no chat."""

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """Note what was closed, and take back what is closed or public no more."""
        is_closed = {done.case.ticket: becomes for done in all_done if (becomes := _becomes(done)) is not None}
        await note_closed(connection, [ticket for ticket, so in is_closed.items() if so], at)
        await drop_publications(connection, [ticket for ticket, so in is_closed.items() if not so])
        return ()


def _becomes(done: Done) -> bool | None:
    """Whether the answer may come to be published from now on; None where this changes nothing."""
    is_open = is_public(done.case)
    if done.action in CLOSING and is_open:
        return True
    left = done.before.status is Status.CLOSED and done.case.status is not Status.CLOSED
    return False if left or (done.case.status is Status.CLOSED and not is_open) else None
