"""What a turn leaves behind, and how it is saved: conversation, cases, messages and "worked", all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.messages import Chat, mark_received, put_in_outbox, save_records
from actions.store.training.turn_samples import save_heard
from bot.files.changes import NO_CHANGES, FileChanges, save_file_changes
from bot.messaging.records import ChatRecord, write_outgoing, write_record
from bot.messaging.rendering import Letter
from bot.messaging.turn_samples import HeardNote
from bot.services.reporter_notices import Teller


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one chat's turn leaves behind; nothing of it is written yet.

    Attributes:
        record: the chat as the turn leaves it; None leaves it as it is.
        states: what becomes of the turn's inbox rows, as `mark_received` takes it.
        files: which files are to be fetched, and which are given up.
        heard: what trainers may learn from.
    """

    chat: Chat
    record: ChatRecord | None
    letters: tuple[Letter, ...]
    book: SqlCaseBook
    states: tuple[dict[str, object], ...]
    files: FileChanges = NO_CHANGES
    heard: tuple[HeardNote, ...] = ()


async def save_outcomes(
    connection: AsyncConnection, outcomes: Sequence[Outcome], now: datetime, tellers: Sequence[Teller] = ()
) -> None:
    """Write all of them, one statement a table, and let the tellers tell others of what was done to cases."""
    book = SqlCaseBook(connection)
    for outcome in outcomes:
        book.merge(outcome.book)
    await book.flush()
    for teller in tellers if book.done else ():
        await teller.tell(connection, book.done, now)
    await save_records(connection, [_record_row(o.chat, o.record, now) for o in outcomes if o.record is not None])
    await put_in_outbox(connection, [_letter_row(o.chat, letter, now) for o in outcomes for letter in o.letters])
    await save_file_changes(connection, [(o.chat, o.files) for o in outcomes], now)
    await save_heard(connection, [_heard_row(o.chat, note) for o in outcomes for note in o.heard])
    await mark_received(connection, [state for outcome in outcomes for state in outcome.states])


def _record_row(chat: Chat, record: ChatRecord, now: datetime) -> dict[str, object]:
    channel, name = chat
    return {"channel": channel, "chat": name, "record": write_record(record), "changed_at": now}


def _letter_row(chat: Chat, letter: Letter, now: datetime) -> dict[str, object]:
    channel, name = chat
    return {
        "channel": channel,
        "chat": name,
        "ref": letter.ref,
        "edits": letter.edits,
        "message": write_outgoing(letter.outgoing),
        "created_at": now,
    }


def _heard_row(chat: Chat, note: HeardNote) -> dict[str, object]:
    channel, _ = chat
    return {"ticket": note.ticket, "words": note.words, "channel": channel, "heard": note.heard, "at": note.at}
