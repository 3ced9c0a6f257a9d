"""What a turn changes about files, written with the turn: which are to be fetched from now on, and which no longer."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.files import unwant_files, want_files
from actions.store.letters import Chat
from bot.conversation.dialogue import Dialogue, File
from bot.conversation.events import Event, SentPhoto

NAME_BYTES = 16


@dataclass(frozen=True, slots=True)
class FileChanges:
    """Files to be fetched, and files that are given up."""

    wanted: tuple[File, ...] = ()
    unwanted: tuple[File, ...] = ()


NO_CHANGES = FileChanges()


def file_changes(before: Dialogue, after: Dialogue, events: Iterable[Event]) -> FileChanges:
    """Compare a talk before and after a turn. Pure.

    What is in the draft, or went with it into a case, is wanted; what she gave up with a draft, or sent when there
    was no room for it, is not.
    """
    sent = [File(event.kind, event.file_id) for event in events if isinstance(event, SentPhoto)]
    had = before.draft.files if before.draft else ()
    if not sent and after.draft is not None and after.draft.files == had:
        return NO_CHANGES
    was_filed = bool({filed.draft_key for filed in after.filed} - {filed.draft_key for filed in before.filed})
    has = (*had, *sent) if was_filed else after.draft.files if after.draft else ()
    return FileChanges(
        wanted=tuple(dict.fromkeys(file for file in has if file not in had)),
        unwanted=tuple(dict.fromkeys(file for file in (*had, *sent) if file not in has)),
    )


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
