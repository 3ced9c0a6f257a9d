"""Updates as the Bot API writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from telegram import Update, User

from bot.channels.telegram.incoming import arrival_of
from bot.conversation.events import Event
from bot.messaging.ports import Arrival

type Json = dict[str, Any]

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DATE = 1_767_225_600
SENT = datetime(2026, 1, 1, tzinfo=UTC)
EDITED = datetime(2026, 1, 1, 0, 10, tzinfo=UTC)

SITI: Json = {"id": 42, "is_bot": False, "first_name": "Siti", "last_name": "Aminah", "language_code": "id"}
BOT: Json = {"id": 700123, "is_bot": True, "first_name": "Lapor", "username": "LaporBot"}
ME = User(700123, "Lapor", is_bot=True, username="LaporBot")
PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Siti"}
GROUP: Json = {"id": -100500, "type": "supergroup", "title": "Warga RT 05"}
RIGHTS: Json = dict.fromkeys(
    (
        "can_be_edited",
        "is_anonymous",
        "can_manage_chat",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_invite_users",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
    ),
    False,
)
FILE: Json = {"file_id": "file-1", "file_unique_id": "u1", "file_size": 10}


def update(kind: str, content: Json, update_id: int = 1000) -> Json:
    """An update of this kind."""
    return {"update_id": update_id, kind: content}


def message(chat: Json = PRIVATE, **members: object) -> Json:
    """A message of Siti's."""
    return {"message_id": 7, "from": SITI, "chat": chat, "date": DATE, **members}


def said(text: str, chat: Json = PRIVATE, **members: object) -> Json:
    """A message with words."""
    return message(chat, text=text, **members)


def marked(kind: str, offset: int, length: int, **more: object) -> list[Json]:
    """One entity."""
    return [{"type": kind, "offset": offset, "length": length, **more}]


def press(data: str | None, chat: Json = PRIVATE, **members: object) -> Json:
    """A pressed button below a message of the bot's."""
    below = {"message_id": 9, "from": BOT, "chat": chat, "date": DATE, "text": "Laporan Anda"}
    query: Json = {"id": "4400", "from": SITI, "message": below, "chat_instance": "1", **members}
    return query if data is None else {**query, "data": data}


def membership(before: str, after: str, chat: Json = GROUP) -> Json:
    """The bot's standing in a chat changed."""
    return {
        "chat": chat,
        "from": SITI,
        "date": DATE,
        "old_chat_member": case_state(before),
        "new_chat_member": case_state(after),
    }


def case_state(status: str) -> Json:
    """What the bot is to a chat."""
    more: Json = {"until_date": 0} if status == "kicked" else {}
    return {"user": BOT, "status": status, **(RIGHTS if status == "administrator" else more)}


def read(raw: Json) -> Arrival | None:
    """What arrives by this update."""
    return arrival_of(Update.de_json(raw, None), now=NOW, me=ME)


def event(raw: Json) -> Event | None:
    """What happens by this update."""
    arrival = read(raw)
    return arrival.event if arrival else None


def from_siti(at: datetime = SENT) -> dict[str, Any]:
    """What every event of Siti's carries in update 1000."""
    return {"id": "trs", "at": at, "name": "Siti Aminah", "language": "id"}
