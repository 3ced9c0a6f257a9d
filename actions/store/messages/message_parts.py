"""Tables of messages that come or go in parts: parts that wait for each other, receipts, and who cannot be reached."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from actions.store.engine.tables import Moment, RowId, metadata

message_parts = Table(
    "message_parts",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("reference", String(64), nullable=False),
    Column("message", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("received_at", Moment, nullable=False),
)
"""Parts of messages that came. `reference` is the sender's name of the message, which may be used again; `message` is
ours. A part that is "done" has no text any more: by its digest the same part is known when it comes once more."""
Index("message_parts_of_chat", message_parts.c.channel, message_parts.c.chat)
Index("message_parts_old", message_parts.c.state, message_parts.c.received_at)

unconfirmed_arrivals = Table(
    "unconfirmed_arrivals",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("received_at", Moment, nullable=False),
)
"""Messages without an id whose acknowledgement may not have arrived: the other side may bring them once more."""

sent_parts = Table(
    "sent_parts",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("part", String(64), primary_key=True),
    Column("message_id", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("receipt", String(9), nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
)
"""What the other side calls each part of a message that was sent, and what became of it: "delivered", "failed",
"expired", or "" as long as nothing is known. A receipt that comes before its message is written stands alone."""
Index("sent_parts_of_message", sent_parts.c.channel, sent_parts.c.message_id)

failing_chats = Table(
    "failing_chats",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("since", Moment, nullable=False),
)
"""Chats to which nothing was delivered since then, and from which nothing came."""
