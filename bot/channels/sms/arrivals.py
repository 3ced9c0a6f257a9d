"""An SMS as an arrival: the words, or that something came; and whether its story seems to go on in the next. Pure."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Final

from bot.channels.sms.gsm import ROOM, coding_of, units
from bot.conversation.events import Said, SentOther
from bot.messaging.ports import Arrival

CHANNEL: Final = "sms"
NEARLY_FULL: Final = 0.93
"""Of an SMS: a phone that divides a story by itself breaks it behind a word."""
ENDS: Final = re.compile(r"""[.!?)"']\s*$""")
GOES_ON: Final = re.compile(r"\bbersambung[\s.)]*$", re.IGNORECASE)


def sms_arrival(chat: str, key: str, text: str, at: datetime) -> Arrival:
    """`key`: the same for the same message."""
    name, said = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest(), text.replace("\0", "")
    ref = f"s{name[:9]}"
    event = Said(id=ref, at=at, text=said, ref=ref) if said.strip() else SentOther(id=ref, at=at)
    return Arrival(CHANNEL, chat, name, int(at.timestamp() * 1e6), event)


def joined_arrival(chat: str, message: str, text: str, at: datetime) -> Arrival:
    """An arrival of what was kept in parts; `message` is what `sms_arrival` called it, or names its parts."""
    ref = f"s{message[:9]}"
    event = Said(id=ref, at=at, text=text, ref=ref) if text.strip() else SentOther(id=ref, at=at)
    return Arrival(CHANNEL, chat, message, int(at.timestamp() * 1e6), event)


def seems_to_go_on(text: str) -> bool:
    """Whether whoever wrote it seems to write more: it fills its SMS and ends in no sentence, or says so itself."""
    coding = coding_of(text)
    most = ROOM[coding][0]
    is_full = most * NEARLY_FULL <= units(text, coding) <= most
    return bool(GOES_ON.search(text)) or (is_full and not ENDS.search(text))
