"""What the Bot API refuses, with the status and description that it gives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

type Json = dict[str, Any]
type Rows = list[list[Json]]

MOST_UNITS = 4096
MOST_BUTTONS = 100
WRITTEN_AS_JSON = frozenset(
    {
        "allowed_updates",
        "commands",
        "entities",
        "link_preview_options",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)


@dataclass
class Refused(Exception):
    """An answer that is not `ok`."""

    status: int
    description: str
    retry_after: int | None = None

    def document(self) -> Json:
        """As the Bot API writes it."""
        document: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            document["parameters"] = {"retry_after": self.retry_after}
        return document


def bad(description: str) -> Refused:
    """A 400."""
    return Refused(400, f"Bad Request: {description}")


def too_many(retry_after: int) -> Refused:
    """A 429."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after)


TWO_POLLERS = Refused(
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
)
BESIDE_WEBHOOK = Refused(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)
NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE_QUERY = bad("query is too old and response timeout expired or query ID is invalid")
BLOCKED = Refused(403, "Forbidden: bot was blocked by the user")
KICKED = Refused(403, "Forbidden: bot was kicked from the group chat")
NEVER_STARTED = Refused(403, "Forbidden: bot can't initiate conversation with a user")
UNAUTHORIZED = Refused(401, "Unauthorized")
NOT_FOUND = Refused(404, "Not Found")


def utf16_units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def arguments(fields: Json) -> Json:
    """The arguments of a call, with what is written as JSON inside a form read."""
    read = dict(fields)
    for name in WRITTEN_AS_JSON & fields.keys():
        if isinstance(fields[name], str):
            try:
                read[name] = json.loads(fields[name])
            except ValueError:
                raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None
    return read


def checked_text(given: Json, *, edit: bool = False) -> str:
    """The text of a message, stripped as Telegram strips it."""
    text = str(given.get("text", "")).strip()
    if not text:
        raise bad("message text is empty")
    if utf16_units(text) > MOST_UNITS:
        raise bad("MESSAGE_TOO_LONG" if edit else "message is too long")
    return text


def inline_rows(given: Json) -> Rows | None:
    """The inline keyboard of a call, checked; None where there is none."""
    keyboard = given.get("reply_markup") or {}
    if "inline_keyboard" not in keyboard:
        return None
    rows: Rows = [row for row in keyboard["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        _check_inline(button)
    return rows


def letters_rows(given: Json) -> Rows | None:
    """The keyboard where the letters are; an empty one when it is to be removed, None when it stays."""
    keyboard = given.get("reply_markup") or {}
    if keyboard.get("remove_keyboard"):
        return []
    if "keyboard" not in keyboard:
        return None
    rows: Rows = [
        [{"text": button} if isinstance(button, str) else button for button in row] for row in keyboard["keyboard"]
    ]
    if not rows or not all(str(button.get("text", "")).strip() for row in rows for button in row):
        raise bad('can\'t parse keyboard button: Field "text" must be of type String and not empty')
    return rows


def _check_inline(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" is empty')
    kinds = button.keys() & {"callback_data", "copy_text", "url", "web_app", "switch_inline_query"}
    if len(kinds) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in kinds and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "copy_text" in kinds and not 1 <= utf16_units(button["copy_text"].get("text", "")) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if "url" in kinds and any(local in button["url"] for local in ("//localhost", "//127.0.0.1", "//[::1]")):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
