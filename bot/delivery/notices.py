"""Tells the reporter of a case what somebody else has done to it: messages of their own, where she must know or act.

What she did herself the talk answers. A notice is called "<ticket>.<number of its event>" in the outbox, so that none
is sent twice and a reminder can be looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.acts import Deed
from actions.details import read_details
from actions.done import Done
from actions.regency.model import Regency
from actions.store.letters import Chat, put_in_outbox
from bot.conversation.screen import Line
from bot.delivery.news import notice
from bot.delivery.outgoing import Outgoing, OutgoingKind
from bot.delivery.records import write_outgoing
from bot.texts.words import Texts


class Teller(Protocol):
    """Somebody who tells others of what was done to cases."""

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """Put it into the outbox of this transaction; the chats that have a message now."""
        ...


@dataclass(frozen=True, slots=True)
class ReporterNotices:
    """The teller of reporters."""

    texts: Texts
    regency: Regency

    async def tell(self, connection: AsyncConnection, all_done: Sequence[Done], at: datetime) -> Collection[Chat]:
        """A message for each thing that she must hear of; one alone of the marks that came at once."""
        rows = [
            self._row(done, lines, at) for done in _worth_telling(all_done) if (lines := notice(done, self.regency))
        ]
        await put_in_outbox(connection, rows)
        return {(str(row["channel"]), str(row["chat"])) for row in rows}

    def _row(self, done: Done, lines: Sequence[Line], at: datetime) -> dict[str, object]:
        language = self.texts.spoken(done.case.language)
        words = "\n".join(self.texts.say(language, one) for one in lines)
        channel, _, chat = done.case.reporter.partition(":")
        return {
            "channel": channel,
            "chat": chat,
            "ref": f"{done.case.ticket}.{done.event.number}",
            "edits": "",
            "message": write_outgoing(Outgoing(OutgoingKind.MESSAGE, words)),
            "created_at": at,
        }


def _worth_telling(all_done: Sequence[Done]) -> list[Done]:
    """Without what is overtaken: of an office's clock only the last of the marks that came at once."""
    last = {(done.case.ticket, read_details(done.event.details).clock): done for done in all_done if _is_mark(done)}
    return [done for done in all_done if not _is_mark(done) or done in last.values()]


def _is_mark(done: Done) -> bool:
    return done.deed is Deed.ESCALATE
