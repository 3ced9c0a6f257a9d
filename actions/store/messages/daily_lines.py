"""The line of news that a chat is sent at most once a day, as a row of the outbox under the name of its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import outbox
from actions.store.messages.messages import Chat
from actions.store.messages.reply_windows import HELD

PREFIX = "news."
UNSENT = ("new", HELD)


@dataclass(frozen=True, slots=True)
class DailyLine:
    """The latest line of a chat: of which day it is, and whether it has gone."""

    row: int
    day: date
    is_sent: bool
    message: str


async def latest_line(connection: AsyncConnection, chat: Chat) -> DailyLine | None:
    """The latest line of a chat; None where there is none."""
    of = outbox.c
    query = select(of.id, of.ref, of.state, of.message).where(
        of.channel == chat[0], of.chat == chat[1], of.ref.startswith(PREFIX, autoescape=True)
    )
    row = (await connection.execute(query.order_by(of.ref.desc()).limit(1))).one_or_none()
    if row is None:
        return None
    return DailyLine(row.id, date.fromisoformat(row.ref.removeprefix(PREFIX)), row.state not in UNSENT, row.message)


async def put_line(
    connection: AsyncConnection, chat: Chat, day: date, message: str, not_before: float, at: datetime
) -> None:
    """Queue the line of a day; one with `not_before` (in seconds since 1970) waits so long and holds nothing up."""
    row = {
        "channel": chat[0],
        "chat": chat[1],
        "ref": f"{PREFIX}{day.isoformat()}",
        "edits": "",
        "message": message,
        "state": HELD if not_before else "new",
        "not_before": not_before,
        "created_at": at,
    }
    await connection.execute(insert(outbox), [row])


async def rewrite_line(connection: AsyncConnection, row: int, message: str) -> None:
    """Put other words in the place of a line that has not gone yet."""
    await connection.execute(
        update(outbox).where(outbox.c.id == row, outbox.c.state.in_(UNSENT)).values(message=message)
    )
