"""What a turn leaves behind, and how it is saved: conversation, cases, messages and "worked", all or nothing.

A draft leaves nothing until its Kirim, and a secret or sensitive one leaves nothing ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.messages import mark_received, put_in_outbox, save_records
from actions.store.messages.waiting import Chat, settle_waiting
from actions.store.training.turn_samples import save_turn_samples
from bot.conversation.catalogue import Catalogue
from bot.conversation.dialogue import Dialogue
from bot.conversation.draft import UNKNOWN, Draft
from bot.conversation.events import Event, Filed, Said
from bot.conversation.questions.secrecy import is_sensitive
from bot.conversation.turn_context import Understood
from bot.messaging.act_notes import DraftNotes, is_seen, message_to_learn
from bot.messaging.file_changes import NO_CHANGES, FileChanges, save_file_changes
from bot.messaging.records import ChatRecord, write_outgoing, write_record
from bot.messaging.rendering import AddressedMessage
from bot.messaging.turn_ports import Notifier
from bot.understanding.acts.dialogue_act import AskedMessage
from bot.understanding.understood import Meaning

CATEGORIES_KEPT = 9


@dataclass(frozen=True, slots=True)
class FiledSample:
    """A draft in the moment in which it became a case, and what may be learned of how it was told."""

    draft: Draft
    filed: Filed
    notes: DraftNotes = field(default_factory=DraftNotes)


@dataclass(frozen=True, slots=True)
class TurnSample:
    """What was heard, and of what: the words of a case, or these."""

    ticket: str
    words: str
    meaning: str
    at: datetime


def of_cases(filed: Iterable[FiledSample], catalogue: Catalogue) -> list[TurnSample]:
    """Returns a note for each case of the turn that trainers may see."""
    return [
        TurnSample(
            one.filed.ticket,
            "",
            _written(one.draft.meaning, _chosen(one.draft), _told(one.draft), one.notes.of(one.draft, catalogue)),
            one.filed.at,
        )
        for one in filed
        if not (one.filed.again or one.draft.secret or is_sensitive(one.draft, catalogue))
    ]


def of_talk(
    before: Dialogue,
    after: Dialogue,
    events: Sequence[Event],
    understood: Sequence[Understood],
    catalogue: Catalogue,
) -> list[TurnSample]:
    """One note for each message that is part of no draft, and of no case: neither before the turn nor after it."""
    if before.draft or after.draft or before.contributing or after.contributing:
        return []
    return [
        TurnSample("", event.text, _written(meaning.message, {}, acts=_acts(event, meaning, catalogue)), event.at)
        for event, meaning in zip(events, understood, strict=True)
        if isinstance(event, Said) and is_seen(event, meaning, catalogue)
    ]


def _acts(said: Said, understood: Understood, catalogue: Catalogue) -> tuple[AskedMessage, ...]:
    """What may be learned of what a message of a talk does; its words stand in the note already."""
    asked_message = message_to_learn(said, understood, catalogue)
    return (replace(asked_message, words=""),) if asked_message else ()


def _chosen(draft: Draft) -> dict[str, str]:
    """What she chose herself, apart from what stood there already."""
    category = {"category": draft.category} if draft.category and draft.category != UNKNOWN else {}
    return {**category, **({"type": draft.type} if draft.type else {})}


def _told(draft: Draft) -> dict[str, int]:
    """How many letters of the filed words are her story; below it stand answers that the service put into words."""
    return {"told": len(draft.story)} if draft.answers else {}


def _written(
    meaning: Meaning,
    chosen: dict[str, str],
    told: dict[str, int] | None = None,
    acts: Sequence[AskedMessage] = (),
) -> str:
    found = {
        "intent": [meaning.intent.name, round(meaning.intent.confidence, 4)],
        "categories": [[guess.name, round(guess.confidence, 4)] for guess in meaning.categories[:CATEGORIES_KEPT]],
        "sure": meaning.sure,
        "chosen": chosen,
        **(told or {}),
        **({"acts": [asdict(one) for one in acts]} if acts else {}),
    }
    return json.dumps(found, ensure_ascii=False)


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
    await settle_waiting(connection, [outcome.chat for outcome in outcomes])


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
