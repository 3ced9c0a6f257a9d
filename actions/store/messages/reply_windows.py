"""Until when people may be sent messages in free words, and the messages that wait for their next word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, String, Table, case, false, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, metadata, outbox
from actions.store.messages.messages import Chat

reply_windows = Table(
    "reply_windows",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("wrote_at", Moment, nullable=False),
    Column("is_shut", Boolean, nullable=False, server_default=false()),
)
"""When somebody last wrote, where that opens a window for answers; `is_shut`: the provider has said that it is shut."""

HELD = "held"
"""A message of the outbox that waits for its reader's next word, or for `not_before` where that is not 0."""


@dataclass(frozen=True, slots=True)
class ReplyWindow:
    """When she last wrote, and whether the provider has shut her window since."""

    wrote_at: datetime
    is_shut: bool


async def note_writers(connection: AsyncConnection, channel: str, writers: Mapping[str, datetime]) -> None:
    """These chats wrote: their windows are open, and what waited for their word goes before any answer to it."""
    if not writers:
        return
    new = insert_into(connection, reply_windows)
    of, given = reply_windows.c, new.excluded
    latest = case((given.wrote_at > of.wrote_at, given.wrote_at), else_=of.wrote_at)
    opened = {"wrote_at": latest, "is_shut": false()}
    rows = [{"channel": channel, "chat": chat, "wrote_at": at} for chat, at in writers.items()]
    await connection.execute(new.on_conflict_do_update(index_elements=["channel", "chat"], set_=opened), rows)
    hers = (outbox.c.channel == channel, outbox.c.chat.in_(writers), outbox.c.state == HELD)
    await connection.execute(update(outbox).where(*hers).values(state="new", not_before=0.0))


async def window_of(connection: AsyncConnection, chat: Chat) -> ReplyWindow | None:
    """The window of a chat; None where nobody has written."""
    of = reply_windows.c
    query = select(of.wrote_at, of.is_shut).where(of.channel == chat[0], of.chat == chat[1])
    row = (await connection.execute(query)).one_or_none()
    return ReplyWindow(*row) if row else None


async def shut_windows(connection: AsyncConnection, channel: str, chats: Collection[str]) -> None:
    """The provider says that these windows are shut."""
    of = reply_windows.c
    await connection.execute(
        update(reply_windows).where(of.channel == channel, of.chat.in_(chats)).values(is_shut=True)
    )


async def release_due(connection: AsyncConnection, channel: str, now: float) -> None:
    """Messages that waited for a time that has come (in seconds since 1970) go on."""
    due = (outbox.c.channel == channel, outbox.c.state == HELD, outbox.c.not_before > 0, outbox.c.not_before <= now)
    await connection.execute(update(outbox).where(*due).values(state="new", not_before=0.0))


async def hold(connection: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """Queue messages that wait for their reader's next word: `{"channel", "chat", "ref", "message", "created_at"}`."""
    if rows:
        await connection.execute(insert(outbox), [{**row, "edits": "", "state": HELD} for row in rows])


async def count_held(connection: AsyncConnection) -> Mapping[str, int]:
    """How many messages wait so, by channel."""
    query = select(outbox.c.channel, func.count()).where(outbox.c.state == HELD).group_by(outbox.c.channel)
    return {row[0]: row[1] for row in await connection.execute(query)}
