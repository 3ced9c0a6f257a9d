"""What people wrote to the account in public: for some days, so that it may enter a report if she says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BigInteger, Column, Date, String, Table, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, metadata
from actions.store.messages.messages import Chat

public_posts = Table(
    "public_posts",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("post", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("answered_on", Date, nullable=False),
)
"""The last post of somebody, by the channel's number of it, and the day on which one of hers was last answered."""


@dataclass(frozen=True, slots=True)
class KnownPost:
    """The last post of somebody."""

    post: int
    words: str
    arrived_at: datetime
    answered_on: date


async def last_post(connection: AsyncConnection, chat: Chat) -> KnownPost | None:
    """The last post of this person."""
    of = public_posts.c
    query = select(of.post, of.words, of.arrived_at, of.answered_on).where(of.channel == chat[0], of.chat == chat[1])
    row = (await connection.execute(query)).one_or_none()
    return KnownPost(*row) if row else None


async def keep_post(connection: AsyncConnection, chat: Chat, known: KnownPost) -> None:
    """Keep it in the place of the one before."""
    values = {name: getattr(known, name) for name in KnownPost.__slots__}
    new = insert_into(connection, public_posts).values(values | {"channel": chat[0], "chat": chat[1]})
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "chat"], set_=values))


async def drop_posts_before(connection: AsyncConnection, channel: str, before: datetime) -> None:
    """Posts that are older than this are kept no longer."""
    of = public_posts.c
    await connection.execute(delete(public_posts).where(of.channel == channel, of.arrived_at < before))
