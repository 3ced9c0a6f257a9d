"""The tables of keeping and forgetting: the protocol of what went, and whose last traces are still to go."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, text

from actions.store.cases.handling_tables import case_saying_files
from actions.store.engine.tables import Moment, RowId, case_attachments, files, metadata
from actions.store.statistics.tables import case_statistics

deletion_log = Table(
    "retention_protocol",
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
"""Chats that had their data deleted and are still to be told so: the last traces go once that has arrived."""

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
"""Whose files are whose, and whether a case still needs one."""
