"""Queues what goes to SP4N-LAPOR!, in the transaction of what was done: handovers, and what became of their reports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.outcome import SP4N, Done
from actions.regency.model import Regency
from actions.store.integrations.sp4n import HANDOVER, PROGRESS, WHOLE, put_exchanges
from actions.store.messages.messages import Chat
from bot.integrations.sp4n.handover import TOLD_BACK, to_be_handed_over


@dataclass(frozen=True, slots=True)
class Sp4nQueue:
    """The notifier of the other system."""

    regency: Regency

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A row for each case that goes there, and for each step of one that came from there."""
        rows = [
            {"ticket": ticket, "kind": HANDOVER, "item": WHOLE, "created_at": at}
            for ticket in sorted(to_be_handed_over(all_done, self.regency))
        ]
        rows += [
            {"ticket": done.case.ticket, "kind": PROGRESS, "item": str(done.event.number), "created_at": at}
            for done in all_done
            if done.case.channel == SP4N and done.action in TOLD_BACK
        ]
        await put_exchanges(connection, rows)
        return ()
