"""How often each chat of officers was reminded of a case, so that it stays readable."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, String, Table, and_, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.tables import Moment, metadata

officer_reminders = Table(
    "officer_reminders",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""A row a reminder; `number` is that of the event of the case of which it reminds."""

A_MONTH = timedelta(days=30)
MOST_A_MONTH = 3


async def may_remind(connection: AsyncConnection, ticket: str, chat: str, number: int, at: datetime) -> bool:
    """Whether this chat may be reminded of this case once more this month; if so, that is written down."""
    hers = and_(officer_reminders.c.ticket == ticket, officer_reminders.c.chat == chat)
    await connection.execute(delete(officer_reminders).where(hers, officer_reminders.c.at <= at - A_MONTH))
    known = (await connection.execute(select(func.count()).select_from(officer_reminders).where(hers))).scalar_one()
    if known >= MOST_A_MONTH:
        return False
    row = {"ticket": ticket, "chat": chat, "number": number, "at": at}
    await connection.execute(insert(officer_reminders), [row])
    return True
