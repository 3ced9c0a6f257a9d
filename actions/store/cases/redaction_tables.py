"""The table of what moderators let others read of a case."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from actions.store.engine.tables import metadata

case_redactions = Table(
    "case_redactions",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("covered", Text, nullable=False),
)
"""Under the number of the event with which it came; the last one of a case holds. `covered`: see `redactions.py`."""
