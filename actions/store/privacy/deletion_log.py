"""The log of what was deleted, how much and under which rule, and the chats whose last traces are still to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.handling import case_saying_files
from actions.store.engine.tables import Moment, RowId, case_attachments, files, metadata
from actions.store.statistics.case_statistics import case_statistics

deletion_log = Table(
    "deletion_log",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("days", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
)
"""What was deleted or made anonymous, how much of it, and the days of the rule. Nobody is in it."""
Index("retention_protocol_at", deletion_log.c.at)

forgotten_chats = Table(
    "forgotten_chats",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("row", BigInteger, nullable=False),
)
"""Chats that had their data deleted: the last traces go once they are told so. `chat` is a keyed digest of the id."""

NOTHING_DUE = "due_on IS NULL"
Index(
    "case_facts_quiet",
    case_statistics.c.changed_on,
    case_statistics.c.ticket,
    sqlite_where=text(NOTHING_DUE),
    postgresql_where=text(NOTHING_DUE),
)
"""When something last happened to cases from which nothing is awaited: those that are at their end are among them."""
Index("files_of_chat", files.c.channel, files.c.chat)
Index("case_attachments_file", case_attachments.c.file_id)
Index("case_saying_files_file", case_saying_files.c.file_id)
"""Indexes by which the files of a chat or a case are found."""


@dataclass(frozen=True, slots=True)
class DeletionLogEntry:
    """A line of the protocol: what went, how much, when, and under a rule of how many days."""

    at: datetime
    kind: str
    days: int
    rows: int


async def note(connection: AsyncConnection, entry: DeletionLogEntry, number: int | None = None) -> int:
    """Write a line, or add to the one of this number; returns its number. In the transaction in which it goes."""
    table = deletion_log
    if number is not None:
        more = update(table).where(table.c.id == number).values(rows=table.c.rows + entry.rows)
        await connection.execute(more)
        return number
    values = {"at": entry.at, "kind": entry.kind, "days": entry.days, "rows": entry.rows}
    return int((await connection.execute(insert(table).values(values).returning(table.c.id))).scalar_one())


async def read_deletion_log(connection: AsyncConnection, most: int) -> list[DeletionLogEntry]:
    """Returns the last entries of the log, the newest first."""
    lines = deletion_log.c
    query = select(lines.at, lines.kind, lines.days, lines.rows).order_by(lines.id.desc()).limit(most)
    return [DeletionLogEntry(*row) for row in await connection.execute(query)]
