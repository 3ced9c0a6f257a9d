"""What Telegram's refusals mean for the one who wants to send. Descriptions are compared, never repeated."""

from __future__ import annotations

from enum import StrEnum

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.aiohttp_request import Unreached
from bot.messaging.ports import Impossible, NeverAgain, NotNow, SendingFailed

SHORT_SECONDS = 1.0
LONG_SECONDS = 30.0


class TelegramRefusal(StrEnum):
    """Why Telegram answers 400, as far as it matters here."""

    NO_CHAT = "there is no such chat"
    NOT_MODIFIED = "the message already reads like that"
    GONE = "the message is gone or can no longer be edited"
    STALE = "nothing waits for this answer any more"
    EMPTY = "the text is empty"
    TOO_LONG = "the text is too long"
    BUTTONS = "the buttons are not valid"
    NO_TOPIC = "the topic is gone"
    OTHER = "the request is not valid"


DESCRIPTIONS = {
    "chat not found": TelegramRefusal.NO_CHAT,
    "peer_id_invalid": TelegramRefusal.NO_CHAT,
    "user not found": TelegramRefusal.NO_CHAT,
    "message is not modified": TelegramRefusal.NOT_MODIFIED,
    "message to edit not found": TelegramRefusal.GONE,
    "message can't be edited": TelegramRefusal.GONE,
    "message_id_invalid": TelegramRefusal.GONE,
    "message thread not found": TelegramRefusal.NO_TOPIC,
    "topic_deleted": TelegramRefusal.NO_TOPIC,
    "query is too old": TelegramRefusal.STALE,
    "query_id_invalid": TelegramRefusal.STALE,
    "message text is empty": TelegramRefusal.EMPTY,
    "text must be non-empty": TelegramRefusal.EMPTY,
    "message is too long": TelegramRefusal.TOO_LONG,
    "message_too_long": TelegramRefusal.TOO_LONG,
    "button": TelegramRefusal.BUTTONS,
    "reply markup": TelegramRefusal.BUTTONS,
    "reply_markup": TelegramRefusal.BUTTONS,
}
"""Part of Telegram's description, in small letters, and what it means."""


def refusal(error: BadRequest) -> TelegramRefusal:
    """The meaning of a 400."""
    description = error.message.lower()
    return next((meaning for part, meaning in DESCRIPTIONS.items() if part in description), TelegramRefusal.OTHER)


def as_sending_failed(error: TelegramError) -> SendingFailed:
    """What the outbox must do after this error: the message is kept unless it can never arrive."""
    match error:
        case RetryAfter():
            return NotNow(retry_seconds(error), asked=True)
        case Forbidden() | ChatMigrated():
            return NeverAgain("the bot is blocked, or the chat is gone")
        case BadRequest():
            meaning = refusal(error)
            return NeverAgain(meaning) if meaning is TelegramRefusal.NO_CHAT else Impossible(meaning)
        case Unreached():
            return NotNow(SHORT_SECONDS, everybody=True)
        case InvalidToken():
            return NotNow(LONG_SECONDS, everybody=True)
        case _:
            return NotNow(SHORT_SECONDS)


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
