"""The table of what admins change in the files of the regency."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from actions.store.engine.tables import Moment, RowId, metadata

settings_changes = Table(
    "settings_changes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", String(24), nullable=False),
    Column("name", String(80), nullable=False),
    Column("file", String(80), nullable=False),
    Column("why", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)
"""Every change, by whom (`who`: "person:<id>", `name` at that time), with the whole file before and after it."""
