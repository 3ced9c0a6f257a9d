"""Tells those who support a case what has become of it, in words that anybody may read.

Nothing that an officer or the reporter wrote is passed on. The notice has the name that the reporter's has in her chat.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction
from actions.cases.case import Status
from actions.cases.outcome import Done
from actions.cases.reachable import is_reachable
from actions.privacy.visibility import is_confidential
from actions.store.cases.supporters import Support, supporters_of
from actions.store.messages.messages import Chat, put_in_outbox
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.records import write_outgoing
from bot.texts.words import Texts

MILESTONES = frozenset(
    {Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED, Status.REJECTED, Status.REFERRED, Status.MERGED}
)


def news(done: Done) -> Line | None:
    """What is to be said to a supporter; None where it is nothing to her, or not for her to know."""
    case, before = done.case, done.before
    if done.action is CaseAction.HIDE:
        return None if is_confidential(before) else line("supported-hidden", ticket=case.ticket)
    if is_confidential(case) or case.status is before.status or case.status not in MILESTONES:
        return None
    if before.status is Status.NEEDS_INFO and case.status is Status.IN_PROGRESS:
        return None
    if case.status is Status.MERGED:
        return line("supported-merged", ticket=case.ticket)
    status = Label(LabelSource.TEXT, f"status-{case.status.value}")
    return line("supported-news", ticket=case.ticket, status=status)


@dataclass(frozen=True, slots=True)
class SupporterNotices:
    """The notifier of supporters."""

    texts: Texts

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """One message for each of them and each step; whoever filed the case hears of it as its reporter."""
        told = [(done, said) for done in all_done if (said := news(done))]
        if not told:
            return ()
        found = await supporters_of(connection, {done.case.ticket for done, _ in told})
        everybody = [one for one in found if is_reachable(one.supporter)]
        rows = [
            self._row(done, said, one, at)
            for done, said in told
            for one in everybody
            if one.ticket == done.case.ticket and one.supporter != done.case.reporter
        ]
        await put_in_outbox(connection, rows)
        return {(str(row["channel"]), str(row["chat"])) for row in rows}

    def _row(self, done: Done, said: Line, support: Support, at: datetime) -> dict[str, object]:
        words = self.texts.say(self.texts.spoken(support.language), said)
        channel, _, chat = support.supporter.partition(":")
        return {
            "channel": channel,
            "chat": chat,
            "ref": f"{done.case.ticket}.{done.event.number}",
            "edits": "",
            "message": write_outgoing(OutboxMessage(OutboxMessageKind.MESSAGE, words)),
            "created_at": at,
        }
