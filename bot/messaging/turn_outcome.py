"""What a turn leaves behind, and how it is saved: conversation, cases, messages and "worked", all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.messages import Chat, mark_received, put_in_outbox, save_records
from actions.store.training.turn_samples import save_turn_samples
from bot.files.changes import NO_CHANGES, FileChanges, save_file_changes
from bot.messaging.records import ChatRecord, write_outgoing, write_record
from bot.messaging.rendering import AddressedMessage
from bot.messaging.turn_samples import TurnSample
from bot.services.reporter_notices import Notifier


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one chat's turn leaves behind; nothing of it is written yet.

    Attributes:
        record: the chat as the turn leaves it; None leaves it as it is.
        states: what becomes of the turn's inbox rows, as `mark_received` takes it.
        files: which files are to be fetched, and which are given up.
        meaning: what trainers may learn from.
    """

    chat: Chat
    record: ChatRecord | None
    outgoing_messages: tuple[AddressedMessage, ...]
    book: SqlCaseBook
    states: tuple[dict[str, object], ...]
    files: FileChanges = NO_CHANGES
    meaning: tuple[TurnSample, ...] = ()


async def save_outcomes(
    connection: AsyncConnection, outcomes: Sequence[Outcome], now: datetime, notifiers: Sequence[Notifier] = ()
) -> None:
    """Write all of them, one statement a table, and let the notifiers tell others of what was done to cases."""
    book = SqlCaseBook(connection)
    for outcome in outcomes:
        book.merge(outcome.book)
    await book.flush()
    for notifier in notifiers if book.done else ():
        await notifier.tell(connection, book.done, now)
    await save_records(connection, [_record_row(o.chat, o.record, now) for o in outcomes if o.record is not None])
    await put_in_outbox(
        connection, [_letter_row(o.chat, letter, now) for o in outcomes for letter in o.outgoing_messages]
    )
    await save_file_changes(connection, [(o.chat, o.files) for o in outcomes], now)
    await save_turn_samples(connection, [_turn_sample_row(o.chat, note) for o in outcomes for note in o.meaning])
    await mark_received(connection, [state for outcome in outcomes for state in outcome.states])


def _record_row(chat: Chat, record: ChatRecord, now: datetime) -> dict[str, object]:
    channel, name = chat
    return {"channel": channel, "chat": name, "record": write_record(record), "changed_at": now}


def _letter_row(chat: Chat, letter: AddressedMessage, now: datetime) -> dict[str, object]:
    channel, name = chat
    return {
        "channel": channel,
        "chat": name,
        "ref": letter.ref,
        "edits": letter.edits,
        "message": write_outgoing(letter.outgoing),
        "created_at": now,
    }


def _turn_sample_row(chat: Chat, note: TurnSample) -> dict[str, object]:
    channel, _ = chat
    return {"ticket": note.ticket, "words": note.words, "channel": channel, "meaning": note.meaning, "at": note.at}
