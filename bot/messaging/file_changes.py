"""What a turn changes about files, written with the turn: which are to be fetched from now on, and which no longer."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.outcome import Done
from actions.store.cases.files import unwant_files, want_files
from actions.store.messages.messages import Chat
from bot.conversation.dialogue import Dialogue
from bot.conversation.draft import File
from bot.conversation.events import Event, SentPhoto

NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class FileChanges:
    """Files to be fetched, and files that are given up."""

    wanted: tuple[File, ...] = ()
    unwanted: tuple[File, ...] = ()


NO_CHANGES = FileChanges()


def enclosed(all_done: Iterable[Done]) -> frozenset[str]:
    """The files that went along with what was done to cases, by the channel's own names."""
    return frozenset(enclosure.file_id for done in all_done for enclosure in done.saying.enclosures)


def file_changes(before: Dialogue, after: Dialogue, events: Iterable[Event], kept: Collection[str] = ()) -> FileChanges:
    """Compare a talk before and after a turn. Pure.

    What is in the draft, or went with it into a case, is wanted, and so is what she is about to add to a case; what
    she gave up with a draft, or sent when there was no room for it, is not.

    Args:
        before: the talk before it.
        after: the talk after it.
        events: what she did.
        kept: files that this turn added to a case, by the channel's own names.
    """
    sent = [File(event.kind, event.file_id) for event in events if isinstance(event, SentPhoto)]
    had = _files_of(before)
    if not sent and _files_of(after) == had:
        return NO_CHANGES
    was_filed = bool({filed.draft_key for filed in after.filed} - {filed.draft_key for filed in before.filed})
    drafted = before.draft.files if before.draft else ()
    filed = (*drafted, *sent) if was_filed else ()
    has = (*_files_of(after), *filed, *(file for file in (*had, *sent) if file.file_id in kept))
    return FileChanges(
        wanted=tuple(dict.fromkeys(file for file in has if file not in had)),
        unwanted=tuple(dict.fromkeys(file for file in (*had, *sent) if file not in has)),
    )


def _files_of(dialogue: Dialogue) -> tuple[File, ...]:
    """What is in the draft, and what she is about to add to a case."""
    drafted = dialogue.draft.files if dialogue.draft else ()
    asked = dialogue.contributing
    return (*drafted, *(asked.files if asked else ()))


async def save_file_changes(
    connection: AsyncConnection, changes: Sequence[tuple[Chat, FileChanges]], now: datetime
) -> None:
    """Write the changes of many chats, one statement a kind of change."""
    await want_files(connection, [_row(chat, file, now) for chat, change in changes for file in change.wanted])
    await unwant_files(connection, [_row(chat, file, now) for chat, change in changes for file in change.unwanted])


def _row(chat: Chat, file: File, now: datetime) -> dict[str, object]:
    """A row under a random name: the sender's name for her file is never used."""
    channel, name = chat
    return {
        "channel": channel,
        "chat": name,
        "file_id": file.file_id,
        "kind": file.kind,
        "name": secrets.token_hex(NAME_BYTES),
        "created_at": now,
    }
