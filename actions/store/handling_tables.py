"""The tables of what is said about a case after it was filed, and of who supports it."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from actions.store.tables import Moment, metadata

case_sayings = Table(
    "case_sayings",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("words", Text, nullable=False),
    Column("mend", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Column("salt", String(32), nullable=False),
)
"""What was typed with an event, under its number; erasing it leaves the event and its digest."""

case_saying_files = Table(
    "case_saying_files",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("file_id", Text, nullable=False),
)
"""What was sent with an event, in its order; `file_id` is the channel's own name for it, as in `files`."""

case_supporters = Table(
    "case_supporters",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("supporter", String(80), primary_key=True),
    Column("since", Moment, nullable=False),
)
Index("case_supporters_of_supporter", case_supporters.c.supporter)

case_merges = Table(
    "case_merges",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("parent", String(12), nullable=False),
)
"""Which case a merged one has become part of."""
Index("case_merges_of_parent", case_merges.c.parent)
