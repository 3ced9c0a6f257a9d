"""The leases on chats and tasks of a server's database: who has which, until when. SQLite needs none of them.

`until` is by the server's clock, which is one for all processes. An `epoch` is given once only: whoever still has
hers in the row has held it without a break.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Identity, String, Table

from actions.store.engine.tables import Moment, metadata

chat_leases = Table(
    "chat_leases",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("holder", String(32), nullable=False),
    Column("until", Moment, nullable=False),
    Column("epoch", BigInteger, Identity(), nullable=False),
)
task_leases = Table(
    "task_leases",
    metadata,
    Column("task", String(16), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("holder", String(32), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("epoch", BigInteger, Identity(), nullable=False),
)
