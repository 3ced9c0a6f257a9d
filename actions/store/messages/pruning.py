"""Old rows of inbox and outbox that have done their work: found a few at a time by their numbers, and removed.

Cases, their words, events and files are never touched here. The last row of a table always stays: SQLite would give
its number to the next, and messages are named after those numbers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import OPEN, Status
from actions.store.engine.tables import cases, inbox, outbox
from actions.store.messages.messages import Chat

DONE = {"inbox": frozenset({"done"}), "outbox": frozenset({"sent", "failed"})}
"""States in which a row has done its work; what waits or is set aside is kept for ever."""


@dataclass(frozen=True, slots=True)
class Old:
    """A row as far as it matters for keeping it. `names`: its own name and that of what it edits, in the outbox."""

    id: int
    chat: Chat
    state: str
    at: datetime
    names: frozenset[str] = frozenset()


async def next_rows(connection: AsyncConnection, table: Table, after: int, most: int) -> list[Old]:
    """The rows behind this number, in the order of their numbers, without the last of the table."""
    at = table.c.received_at if table is inbox else table.c.created_at
    names = (table.c.ref, table.c.edits) if table is outbox else ()
    query = (
        select(table.c.id, table.c.channel, table.c.chat, table.c.state, at.label("at"), *names)
        .where(table.c.id > after, table.c.id < select(func.max(table.c.id)).scalar_subquery())
        .order_by(table.c.id)
        .limit(most)
    )
    return [
        Old(row.id, (row.channel, row.chat), row.state, row.at, frozenset(row[5:]) - {""})
        for row in await connection.execute(query)
    ]


async def latest_of(
    connection: AsyncConnection, table: Table, channel: str, chats: Collection[str], most: int
) -> set[int]:
    """The last rows of each of these chats of one channel."""
    place = func.row_number().over(partition_by=table.c.chat, order_by=table.c.id.desc()).label("place")
    placed = select(table.c.id, place).where(table.c.channel == channel, table.c.chat.in_(chats)).subquery()
    return set((await connection.execute(select(placed.c.id).where(placed.c.place <= most))).scalars())


async def of_waiting_cases(connection: AsyncConnection, names: Collection[str]) -> set[str]:
    """Those of these names of notices ("<ticket>.<number>") whose case waits for its reporter's word.

    Whether her reminders have reached her is looked up in them before her silence counts. And of these places of live
    cards ("<ticket>.card") those of cases that are open: the card will change once more.
    """
    tickets = {name: name.rpartition(".")[0] for name in names}
    query = select(cases.c.ticket, cases.c.status).where(cases.c.ticket.in_(set(tickets.values())))
    found = {row.ticket: Status(row.status) for row in await connection.execute(query)}
    return {name for name, ticket in tickets.items() if found.get(ticket) in _needing(name)}


def _needing(name: str) -> Collection[Status]:
    return OPEN if name.endswith(".card") else (Status.NEEDS_INFO, Status.ANSWERED)


async def remove(connection: AsyncConnection, table: Table, rows: Collection[int]) -> int:
    """Removes these rows; returns how many were still there."""
    return (await connection.execute(delete(table).where(table.c.id.in_(rows)))).rowcount
