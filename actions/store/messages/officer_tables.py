"""The tables of officers in Telegram: their groups, cards in chats, drafts, and which digests went out."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, false

from actions.store.engine.tables import Moment, RowId, cases, metadata

officer_groups = Table(
    "officer_groups",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("agency", String(48), nullable=False, unique=True),
    Column("bound_at", Moment, nullable=False),
    Column("bound_by", RowId, nullable=False),
    Column("has_topics", Boolean, nullable=False, server_default=false()),
)
"""The one group of an agency; `bound_by` is the person who sent the code. `has_topics`: it is divided into topics."""

officer_topics = Table(
    "officer_topics",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("ticket", String(12), primary_key=True),
    Column("thread", BigInteger, nullable=False),
)
"""The topic of a case in a group that has topics, by the number that Telegram gave it."""

officer_group_codes = Table(
    "officer_group_codes",
    metadata,
    Column("agency", String(48), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("until", Moment, nullable=False),
)
"""One-time codes that bind a group, as digests."""

officer_cards = Table(
    "officer_cards",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("ref", String(64), nullable=False),
    Column("version", Integer, nullable=False),
)
"""Where a case's card stands: the outbox's name of the message, and the version of the case that it shows."""
Index("officer_cards_in_chat", officer_cards.c.chat)
Index("officer_cards_ref", officer_cards.c.ref)

officer_drafts = Table(
    "officer_drafts",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("ticket", String(12), primary_key=True),
    Column("record", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
"""What an officer is about to say on a case, one thing a case and chat. Opaque here."""

officer_digests = Table(
    "officer_digests",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""The days on which a group has had its digest."""

Index("cases_of_agency", cases.c.agency, cases.c.status, cases.c.deadline)
