"""At most one line a day of what merely goes on in her reports, where nothing that was sent can be changed.

A line that is not sent yet is written anew; after one was sent, the next waits for the morning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from actions.regency.model import Regency
from actions.store.messages.daily_lines import DailyLine, latest_line, put_line, rewrite_line
from actions.store.messages.messages import Chat
from bot.conversation.own_cases.screens import status_label
from bot.conversation.screen import Line, line, screen
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.records import read_outgoing, write_outgoing
from bot.messaging.rendering import MessageRenderer

MORNING: Final = time(8)


@dataclass(frozen=True, slots=True)
class DailyLines:
    """Writes them for one channel's chats."""

    regency: Regency

    async def tell(
        self, connection: AsyncConnection, chat: Chat, cases: Sequence[Case], words: MessageRenderer, at: datetime
    ) -> None:
        """That these cases of hers have moved."""
        latest = await latest_line(connection, chat)
        earlier = _tickets(latest) if latest and not latest.is_sent else ()
        known = {case.ticket: case for case in cases}
        tickets = tuple(dict.fromkeys([*earlier, *known]))
        message = words.message(screen(_line(tickets, known)), 1)
        message = replace(message, is_notice=True, facts=tuple(("ticket", ticket) for ticket in tickets))
        if latest and not latest.is_sent:
            await rewrite_line(connection, latest.row, write_outgoing(message))
        else:
            await self._put(connection, chat, latest, message, at)

    async def _put(
        self, connection: AsyncConnection, chat: Chat, latest: DailyLine | None, message: OutboxMessage, at: datetime
    ) -> None:
        today = at.astimezone(self.regency.time_zone).date()
        day = max(today, latest.day + timedelta(days=1)) if latest else today
        morning = datetime.combine(day, MORNING, self.regency.time_zone).timestamp()
        await put_line(connection, chat, day, write_outgoing(message), 0.0 if day == today else morning, at)


def _line(tickets: Sequence[str], known: Mapping[str, Case]) -> Line:
    if len(tickets) == 1:
        [case] = known.values()
        return line("news-line", ticket=case.ticket, status=status_label(case.status))
    return line("news-lines", count=len(tickets))


def _tickets(latest: DailyLine) -> tuple[str, ...]:
    return tuple(value for name, value in read_outgoing(latest.message).facts if name == "ticket")
