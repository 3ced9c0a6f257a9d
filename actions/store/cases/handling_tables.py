"""The tables of what is said about a case after it was filed, and of who supports it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from actions.store.engine.tables import Moment, metadata

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
    Column("language", String(8), nullable=False, server_default=""),
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

case_reroutes = Table(
    "case_reroutes",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("category", String(48), nullable=False),
    Column("type", String(16), nullable=False),
    Column("district", String(80)),
    Column("came_from", String(48), nullable=False),
    Column("to", String(48), nullable=False),
)
"""Cases that were moved by hand: who had each first, and who has it now."""

rule_decisions = Table(
    "rule_decisions",
    metadata,
    Column("category", String(48), primary_key=True),
    Column("region", String(16), primary_key=True),
    Column("agency", String(48), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("accepted", Boolean, nullable=False),
)
"""What an admin has decided on proposed rules; region "" is the whole regency."""
