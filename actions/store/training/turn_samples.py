"""What turns heard, on its way to the trainers: rows that wait until they become samples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Row, String, Table, Text, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.privacy.redaction import NOTHING_REDACTED, Redaction, cover, cover_again
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
class WaitingAct:
    """A message of the talk: what was asked, the message, and its likely acts with their confidences."""

    asked: str
    words: str
    likely: Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A row that waits. `words` is what was written; "" when trainers may not see it, nor any of `acts`."""

    id: int
    ticket: str
    channel: str
    words: str
    meaning: str
    at: datetime
    acts: Sequence[WaitingAct] = ()


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
    return [_note(row, redacted.get(row.ticket, NOTHING_REDACTED)) for row in rows]


def _note(row: Row[Any], redacted: Redaction) -> WaitingNote:
    said = json.loads(row.meaning)
    words, acts = row.words, [WaitingAct(**one) for one in said.get("acts", ())]
    if row.ticket:
        story = (row.story or "")[: said.get("told")]
        words = cover(story, redacted.story)
        acts = [replace(one, words=cover_again(one.words, story, redacted.story)) for one in acts]
    else:
        acts = [replace(one, words=words) for one in acts]
    return WaitingNote(row.id, row.ticket, row.channel, words, row.meaning, row.at, acts if words else ())


async def forget_notes(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Removes notes that have become samples, or never will."""
    await connection.execute(delete(turn_samples).where(turn_samples.c.id.in_(ids)))
