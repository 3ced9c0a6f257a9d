"""Which recordings of citizens are still to be put into words, and how often that was tried.

A recording waits from the moment it is kept; one of longer ago than a day is put into words no more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, Table, and_, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, files, metadata

VOICE = "voice"
"""The kind of a file that is a recording."""

transcriptions = Table(
    "transcriptions",
    metadata,
    Column("file", BigInteger, primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("is_over", Boolean, nullable=False, server_default=false()),
    Column("created_at", Moment, nullable=False),
)
"""A recording (`files.id`) that was begun with; what was heard in it stands nowhere here."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A kept recording that is to be put into words. `attempts`: how often that was tried."""

    id: int
    channel: str
    chat: str
    file_id: str
    name: str
    media_type: str
    bytes: int
    attempts: int


async def due_recordings(
    connection: AsyncConnection, channels: Collection[str], since: datetime, now: float, most: int
) -> list[Recording]:
    """The recordings of these channels, kept since then, whose time has come (`now` in seconds since 1970)."""
    begun = transcriptions.c
    columns = (files.c.id, files.c.channel, files.c.chat, files.c.file_id, files.c.name, files.c.media_type)
    waits = or_(begun.file.is_(None), and_(begun.is_over.is_(False), begun.not_before <= now))
    query = (
        select(*columns, files.c.bytes, begun.attempts)
        .join(transcriptions, begun.file == files.c.id, isouter=True)
        .where(files.c.kind == VOICE, files.c.created_at >= since, files.c.state == "kept", waits)
        .where(files.c.channel.in_(channels))
        .order_by(files.c.created_at)
        .limit(most)
    )
    return [Recording(*row[:-1], row.attempts or 0) for row in await connection.execute(query)]


async def begin_transcription(connection: AsyncConnection, recording: Recording, next_try: float, at: datetime) -> None:
    """Count a try before it is made, so that what kills us is not tried for ever."""
    new = insert_into(connection, transcriptions).values(
        file=recording.id, attempts=recording.attempts + 1, not_before=next_try, created_at=at
    )
    again = {"attempts": new.excluded.attempts, "not_before": new.excluded.not_before}
    await connection.execute(new.on_conflict_do_update(index_elements=["file"], set_=again))


async def end_transcription(connection: AsyncConnection, recording: Recording) -> bool:
    """It is put into words, or given up; False where that was so before."""
    of = transcriptions.c
    over = update(transcriptions).where(of.file == recording.id, of.is_over.is_(False)).values(is_over=True)
    return (await connection.execute(over)).rowcount == 1
