"""The tables of other systems: who may send cases, whose system is told of them, and what is still to be told."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, UniqueConstraint, text

from actions.store.engine.tables import Moment, RowId, metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("name", String(12), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("may_send", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)
"""Of a key itself only its digest is kept."""

hooks = Table(
    "hooks",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("agency", String(48), nullable=False),
    Column("url", String(500), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("since", Moment, nullable=False),
    UniqueConstraint("agency", "url"),
    sqlite_autoincrement=True,
)
"""Addresses of agencies' own systems. The secret that signs is worked out from the salt and the service's key.

A number is never given to another address: what still waits for one that was removed must not go to a new one.
"""

webhook_deliveries = Table(
    "hook_letters",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("hook", BigInteger, nullable=False),
    Column("ticket", String(12), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Float, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("hook", "ticket", "number"),
)
"""That an event of a case is to be told; what is told of it is read when it is sent. Told ones are removed.

A `number` below zero is no event's: something of the case was forgotten, in that line of the protocol.
"""
_NEW = "state = 'new'"
Index(
    "hook_letters_new",
    webhook_deliveries.c.hook,
    webhook_deliveries.c.ticket,
    webhook_deliveries.c.id,
    sqlite_where=text(_NEW),
    postgresql_where=text(_NEW),
)
