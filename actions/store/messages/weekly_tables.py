"""The table of who is told each week what has become of her village."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table

from actions.store.engine.tables import Moment, metadata

weekly_subscriptions = Table(
    "weekly_subscriptions",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("village", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("since", Moment, nullable=False),
    Column("told_until", Date, nullable=False),
)
"""One village a chat, by Kemendagri's code; what happened before `told_until` she has been told, or need not be."""
Index("weekly_subscriptions_due", weekly_subscriptions.c.told_until)
