"""A direct message as an arrival, and a public post as it may enter a report. Pure: no calls, no clock."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.x.webhook import DirectMessage
from bot.conversation.events import Event, Said, SentOther
from bot.messaging.ports import Arrival
from bot.messaging.records import storable

CHANNEL: Final = "x"
ESCAPED: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
"""The three letters that X writes otherwise, in this order."""
GREETED: Final = re.compile(r"^\.?(?:@\w{1,15}\s+)+")
"""Who a post is for, before what it says."""
SHORT_LINK: Final = re.compile(r"\s*https://t\.co/\w+\s*$")
TAKE_POST: Final = re.compile(
    r"(?:tolong |ya,? )?(?:pakai|gunakan|use)(?: saja)?"
    r"(?: (?:unggahan|postingan|post|tweet|twit|kicauan|cuitan|my post|my tweet)"
    r"(?:ku| saya| aku| tadi| itu)*)?[.!]?",
    re.IGNORECASE,
)
"""Whole words with which she says that what she wrote in public may be in her report."""


def row_name(message_id: str) -> str:
    """X's id of a message in as many letters as a row has room for; the same for the same id."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()


def is_between_two(message: DirectMessage, account: str) -> bool:
    """Whether she wrote it to the account alone, and the account not to her."""
    pair = {message.sender, account}
    if message.sender == account or (message.recipient and message.recipient != account):
        return False
    return not message.conversation or {*message.conversation.split("-")} == pair


def takes_her_post(message: DirectMessage) -> bool:
    """Whether she says that the words of her public post may be used."""
    return TAKE_POST.fullmatch(" ".join(message.text.split())) is not None


def x_arrival(message: DirectMessage, now: datetime, words: str = "") -> Arrival:
    """The arrival of a direct message.

    Args:
        message: as it was posted.
        now: when it came; no message is newer.
        words: of her public post, where she says that they are to stand for this message.
    """
    update = row_name(message.id)
    at = min(now, datetime.fromtimestamp(message.created_ms / 1000, UTC)) if message.created_ms else now
    event = _event(words or _written(message), {"id": f"x{update[:9]}", "at": at})
    return Arrival(CHANNEL, message.sender, update, int(at.timestamp() * 1000) * 1000, event)


def _event(words: str, common: dict[str, Any]) -> Event:
    text = storable(words)
    return Said(text=text, ref=common["id"], **common) if text.strip() else SentOther(**common)


def _written(message: DirectMessage) -> str:
    """Her words as she wrote them: links in whole, and without the one that stands for a file."""
    text = message.text
    for short, whole in message.links.items():
        text = text.replace(short, "" if message.has_file and _is_of_a_file(whole) else whole)
    return _unescaped(text).strip()


def _is_of_a_file(link: str) -> bool:
    return not link or bool(re.match(r"https://(?:twitter|x)\.com/messages/media/", link))


def words_of_post(text: str) -> str:
    """What a public post says: without whom it greets, and without the link to its picture."""
    return _unescaped(SHORT_LINK.sub("", GREETED.sub("", text.strip()))).strip()


def _unescaped(text: str) -> str:
    for written, letter in ESCAPED.items():
        text = text.replace(written, letter)
    return text
