"""The tables of people who sign in, their sessions, and failed tries. How they came to be is in `migrations/`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from actions.store.engine.tables import Moment, RowId, metadata

people = Table(
    "people",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("name", String(80), nullable=False),
    Column("name_key", String(240), nullable=False, unique=True),
    Column("agency", String(48)),
    Column("is_active", Boolean, nullable=False),
    Column("password_hash", String(255)),
    Column("telegram", String(64), unique=True),
    Column("code_digest", String(64), unique=True),
    Column("code_until", Moment),
    Column("created_at", Moment, nullable=False),
)

people_roles = Table(
    "people_roles",
    metadata,
    Column("person", RowId, ForeignKey("people.id"), primary_key=True),
    Column("role", String(16), primary_key=True),
)

people_events = Table(
    "people_events",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("person", RowId, ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
    Column("what", String(32), nullable=False),
    Column("detail", Text, nullable=False),
)
Index("people_events_of_person", people_events.c.person, people_events.c.id)

people_sessions = Table(
    "people_sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", RowId, ForeignKey("people.id"), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
)
Index("people_sessions_of_person", people_sessions.c.person)
Index("people_sessions_end", people_sessions.c.ends_at)

people_tries = Table(
    "people_tries",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
)
Index("people_tries_last", people_tries.c.last_at)
