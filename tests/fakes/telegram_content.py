"""Parts of messages as the Bot API writes them."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.telegram_rules import utf16_units
from tests.fakes.telegram_world import StoredFile

type Json = dict[str, Any]

MARKED = {"bot_command": r"(?<!\S)/[A-Za-z0-9_]+(?:@\w+)?", "mention": r"(?<![\w/@])@\w{4,32}"}


def entities(text: str) -> list[Json]:
    """The commands and mentions in a text, counted in UTF-16 units."""
    return [
        {"type": kind, "offset": utf16_units(text[: found.start()]), "length": utf16_units(found.group())}
        for kind, pattern in MARKED.items()
        for found in re.finditer(pattern, text)
    ]


def file(stored: StoredFile, **more: object) -> Json:
    """A file as a message names it."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_id[-8:],
        "file_size": stored.size,
        **more,
    }


def caption(text: str) -> Json:
    """The words below a file, if any."""
    return {"caption": text, "caption_entities": entities(text)} if text else {}


def membership(bot: Json, status: str) -> Json:
    """What the bot is to a chat."""
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def user(number: int, first_name: str, last_name: str | None, language: str | None) -> Json:
    """A person; what she did not fill in is left out."""
    person: Json = {"id": number, "is_bot": False, "first_name": first_name}
    if last_name:
        person["last_name"] = last_name
    if language:
        person["language_code"] = language
    return person
