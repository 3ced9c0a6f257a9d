"""What turns heard, on its way to the trainers: rows that wait until they become samples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, Table, Text, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.privacy.redaction import NOTHING_REDACTED, cover
from actions.store.cases.case_rows import is_public_row
from actions.store.cases.redactions import redactions_of
from actions.store.engine.tables import Moment, RowId, case_words, cases, metadata

turn_samples = Table(
    "turn_samples",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("channel", String(16), nullable=False),
    Column("meaning", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a turn heard, until it becomes a sample: of a case (whose words are `case_words`) or of small talk."""


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A row that waits. `words` is what was written; "" when trainers may not see it."""

    id: int
    ticket: str
    channel: str
    words: str
    meaning: str
    at: datetime


async def save_turn_samples(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Add rows, all in one statement."""
    if rows:
        await connection.execute(insert(turn_samples), rows)


async def waiting_notes(connection: AsyncConnection, most: int) -> list[WaitingNote]:
    """The oldest that wait; words of a case only while it is neither secret, sensitive nor hidden.

    Without what a moderator has covered, and without answers that were filed below the story.
    """
    notes = turn_samples
    joined = notes.outerjoin(cases, (cases.c.ticket == notes.c.ticket) & is_public_row()).outerjoin(
        case_words, case_words.c.ticket == cases.c.ticket
    )
    query = select(notes, case_words.c.story).select_from(joined).order_by(notes.c.id).limit(most)
    rows = (await connection.execute(query)).all()
    redacted = await redactions_of(connection, {row.ticket for row in rows if row.ticket})
    return [
        WaitingNote(
            row.id,
            row.ticket,
            row.channel,
            cover(_told(row.story, row.meaning), redacted.get(row.ticket, NOTHING_REDACTED).story)
            if row.ticket
            else row.words,
            row.meaning,
            row.at,
        )
        for row in rows
    ]


def _told(story: str | None, meaning: str) -> str:
    """Her own words of what a case keeps as its story: `told` letters, where the note says so."""
    return (story or "")[: json.loads(meaning).get("told")]


async def forget_notes(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Removes notes that have become samples, or never will."""
    await connection.execute(delete(turn_samples).where(turn_samples.c.id.in_(ids)))
