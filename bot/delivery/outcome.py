"""What a turn leaves behind, and how it is saved: conversation, cases, messages and "worked", all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.casebook import SqlCaseBook
from actions.store.letters import Chat, mark_received, put_in_outbox, save_records
from bot.delivery.records import ChatRecord, write_outgoing, write_record
from bot.delivery.wording import Letter
from bot.files.changes import NO_CHANGES, FileChanges, save_file_changes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one chat's turn leaves behind; nothing of it is written yet.

    Attributes:
        record: the chat as the turn leaves it; None leaves it as it is.
        states: what becomes of the turn's inbox rows, as `mark_received` takes it.
        files: which files are to be fetched, and which are given up.
    """

    chat: Chat
    record: ChatRecord | None
    letters: tuple[Letter, ...]
    book: SqlCaseBook
    states: tuple[dict[str, object], ...]
    files: FileChanges = NO_CHANGES


async def save_outcomes(connection: AsyncConnection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write all of them, one statement a table."""
    book = SqlCaseBook(connection)
    for outcome in outcomes:
        book.merge(outcome.book)
    await book.flush()
    await save_records(connection, [_record_row(o.chat, o.record, now) for o in outcomes if o.record is not None])
    await put_in_outbox(connection, [_letter_row(o.chat, letter, now) for o in outcomes for letter in o.letters])
    await save_file_changes(connection, [(o.chat, o.files) for o in outcomes], now)
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
