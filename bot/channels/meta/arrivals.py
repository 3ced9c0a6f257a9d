"""A message of WhatsApp as an arrival. Pure: no calls, no clock, no decision about the talk."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.meta.webhook import IncomingMessage
from bot.conversation.events import Event, Pressed, Said, SentOther, SentPhoto, SharedPlace
from bot.messaging.ports import Arrival
from bot.messaging.records import storable

CHANNEL: Final = "whatsapp"
NO_MESSAGES: Final = frozenset({"reaction", "system", "request_welcome"})
"""A thumb below a message, and notes of WhatsApp itself: nobody waits for an answer to them."""
KINDS: Final = {"image": "photo", "video": "video", "audio": "voice", "document": "document"}
LONGEST_NAME: Final = 200


def row_name(wamid: str) -> str:
    """Meta's id of a message in as many letters as a row has room for; the same for the same id."""
    return hashlib.sha256(wamid.encode("utf-8", "replace")).hexdigest()


def whatsapp_arrival(message: IncomingMessage, name: str, now: datetime) -> Arrival | None:
    """The arrival of a message; None for what is none.

    Args:
        message: as it was posted.
        name: what she calls herself.
        now: when it came; no message is newer.
    """
    if message.type in NO_MESSAGES:
        return None
    update = row_name(message.id)
    at = min(now, datetime.fromtimestamp(max(message.timestamp, 0), UTC))
    called = storable(name).strip()[:LONGEST_NAME]
    event = _event(message, {"id": f"w{update[:9]}", "at": at, "name": called or None})
    answered = row_name(message.context.id) if message.context and message.context.id else ""
    return Arrival(CHANNEL, message.sender, update, int(at.timestamp()) * 1_000_000, event, message_id=answered)


def _event(message: IncomingMessage, common: dict[str, Any]) -> Event:
    reply_to = row_name(message.context.id) if message.context and message.context.id else ""
    if message.text and message.text.body.strip():
        return Said(text=storable(message.text.body), ref=common["id"], reply_to=reply_to, **common)
    chosen = message.interactive and (message.interactive.button_reply or message.interactive.list_reply)
    if chosen:
        return Pressed(press=storable(chosen.id), **common)
    if message.location:
        return SharedPlace(lat=message.location.latitude, lon=message.location.longitude, **common)
    for kind, ours in KINDS.items():
        if media := getattr(message, kind):
            caption = storable(media.caption)
            return SentPhoto(
                kind=ours, file_id=media.id, caption=caption, ref=common["id"], reply_to=reply_to, **common
            )
    return SentOther(**common)
