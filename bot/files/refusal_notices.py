"""Tells citizens of files that could not be kept: once for each batch, through the inbox of their own chat."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby

from actions.cases.reachable import is_reachable
from actions.store.cases.files import ToTell, files_to_tell, mark_told
from actions.store.engine.database import Database
from actions.store.messages.messages import Chat, put_in_inbox
from bot.conversation.events import FileRefusal, FilesRefused, RefusedFile
from bot.messaging.records import write_event

BEFORE_ALL = 0
"""It happened to what was sent long before, so it stands before what she sends now."""


async def tell_refused(database: Database, now: datetime, busy: Collection[Chat]) -> int:
    """Put one event into the inbox of each chat with refused files, in the transaction that marks them as told.

    Whoever came to the counter has no chat: what became of her files stands on the case's pages.

    Args:
        database: where files and inbox are.
        now: what time it is.
        busy: chats with a file under way, who will hear of all together.

    Returns:
        How many chats are told.
    """
    async with database.reading() as connection:
        if not await files_to_tell(connection, locked=False):
            return 0
    async with database.writing() as connection:
        refused = await files_to_tell(connection, locked=True)
        chats = [
            (chat, list(rows))
            for chat, rows in groupby(refused, key=lambda row: (row.channel, row.chat))
            if chat not in busy
        ]
        if chats:
            reached = [(chat, rows) for chat, rows in chats if is_reachable(chat[0])]
            if reached:
                await put_in_inbox(connection, [_inbox_row(chat, rows, now) for chat, rows in reached])
            await mark_told(connection, [row.id for _, rows in chats for row in rows])
    return len(chats)


def _inbox_row(chat: Chat, rows: Sequence[ToTell], now: datetime) -> dict[str, object]:
    channel, name = chat
    update_id = f"files-{secrets.token_hex(8)}"
    files = tuple(RefusedFile(row.kind, row.file_id, FileRefusal(row.refusal)) for row in rows)
    return {
        "channel": channel,
        "update_id": update_id,
        "chat": name,
        "sequence": BEFORE_ALL,
        "event": write_event(FilesRefused(id=update_id, at=now, files=files)),
        "press_id": "",
        "received_at": now,
    }
