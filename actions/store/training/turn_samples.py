"""What turns heard, on its way to the trainers: rows that wait until they become samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.privacy.redaction import NOTHING_REDACTED, cover
from actions.store.cases.redactions import redactions_of
from actions.store.cases.visible_rows import is_open_row
from actions.store.engine.tables import case_words, cases
from actions.store.training.tables import heard_notes


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
        await connection.execute(insert(heard_notes), rows)


async def waiting_notes(connection: AsyncConnection, most: int) -> list[WaitingNote]:
    """The oldest that wait; words of a case only while it is neither secret, sensitive nor hidden.

    Without what a moderator has covered.
    """
    notes = heard_notes
    joined = notes.outerjoin(cases, (cases.c.ticket == notes.c.ticket) & is_open_row()).outerjoin(
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
            cover(row.story or "", redacted.get(row.ticket, NOTHING_REDACTED).story) if row.ticket else row.words,
            row.meaning,
            row.at,
        )
        for row in rows
    ]


async def forget_notes(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """These have become samples, or never will."""
    await connection.execute(delete(heard_notes).where(heard_notes.c.id.in_(ids)))
