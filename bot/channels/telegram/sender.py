"""Who sent an update, when, and under which name our events know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from telegram import User

from bot.messaging.records import storable

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
FIRST_ID_TOO_LARGE, BOTS = 2**31, 2**15


@dataclass(frozen=True, slots=True)
class UpdateSender:
    """What every event of one update carries."""

    id: str
    at: datetime
    name: str | None
    language: str | None

    def common(self) -> dict[str, Any]:
        """As the arguments of an event."""
        return {"id": self.id, "at": self.at, "name": self.name, "language": self.language}


def sender_of(update_id: int, user: User | None, at: datetime) -> UpdateSender:
    """The sender of an update that was written at this time."""
    name = storable(user.full_name).strip() if user else ""
    language = (user.language_code or "").split("-")[0].lower() if user else ""
    return UpdateSender(event_id(update_id), at.astimezone(UTC), name or None, language or None)


def event_id(update_id: int, bot_id: str = "") -> str:
    """A name of at most 10 characters for an update of a bot, since it goes into the data of buttons (64 bytes).

    Telegram's ids are below 2**31 today. What is above that tells apart bots of one installation, for a draft is named
    after the event that opened it.
    """
    number = update_id + (crc32(bot_id.encode()) % BOTS) * FIRST_ID_TOO_LARGE
    digits = ""
    while number > 0:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return f"t{digits or '0'}"
