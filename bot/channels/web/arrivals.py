"""Turns what a browser posted into arrivals. Pure: no clock, no disk, no decision about the talk."""

from __future__ import annotations

import hashlib
import math
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation.events import Edited, Event, Pressed, Said, SentPhoto, SharedPlace
from bot.messaging.ports import Arrival
from bot.messaging.records import storable

CHANNEL = "web"
LONGEST_TEXT = 10_000
LONGEST_PRESS = 200
LONGEST_REF = 40
_TOKEN = re.compile(r"[jp][a-z0-9]{8,15}")
FROM_A_PAGE = "p"
FROM_A_SCRIPT = "j"


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file that is kept: its kind, the name under which it is kept, and what it holds, as a digest."""

    kind: str
    file_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """What a form said.

    Attributes:
        token: makes a form that is sent again the same arrival; a script makes one for each message (j…), a page
            one for each time that it is shown (p…).
        place: latitude and longitude in degrees.
        edits: the name of the earlier message whose words these are now.
    """

    token: str = ""
    text: str = ""
    press: str = ""
    place: tuple[float, float] | None = None
    files: tuple[PostedFile, ...] = ()
    edits: str = ""

    @property
    def is_empty(self) -> bool:
        """Nobody said anything."""
        return not (self.text or self.press or self.place or self.files)


@dataclass(frozen=True, slots=True)
class PostSender:
    """Who posted it, in which order (nanoseconds since 1970), when, and which language her browser asks for.

    `update_id`: the inbox's name of an event of hers, the same each time, which does not tell that it is hers.
    """

    visitor: str
    sequence: int
    at: datetime
    language: str | None
    update_id: Callable[[str], str]


def page_token() -> str:
    """For a form on a page that is about to be shown."""
    return FROM_A_PAGE + secrets.token_hex(5)


def arrivals_of(posted: PostedMessage, sender: PostSender) -> list[Arrival]:
    """Words first, as the caption of the first file where there are files; then the place, then the press."""
    events = _events(posted, sender)
    return [
        Arrival(CHANNEL, sender.visitor, sender.update_id(event.id), sender.sequence + number, event)
        for number, event in enumerate(events)
    ]


def _events(posted: PostedMessage, sender: PostSender) -> list[Event]:
    name = _name(posted)
    events: list[Event] = []

    def common() -> dict[str, Any]:
        number = len(events)
        return {"id": f"{name}-{number}" if number else name, "at": sender.at, "language": sender.language}

    if posted.text and posted.edits and not posted.files:
        events.append(Edited(ref=posted.edits, text=posted.text, **common()))
    elif posted.text and not posted.files:
        events.append(Said(text=posted.text, ref=name, **common()))
    for file in posted.files:
        caption = "" if events else posted.text
        fields = common()
        events.append(SentPhoto(kind=file.kind, file_id=file.file_id, caption=caption, ref=fields["id"], **fields))
    if posted.place:
        lat, lon = posted.place
        events.append(SharedPlace(lat=lat, lon=lon, **common()))
    if posted.press:
        events.append(Pressed(press=posted.press, **common()))
    return events


def _name(posted: PostedMessage) -> str:
    """Names the message: at most 22 letters, since it also names a draft in the data of buttons.

    A page's token counts together with what was said: one who goes back and writes something else means it.
    """
    token = posted.token if _TOKEN.fullmatch(posted.token) else FROM_A_SCRIPT + secrets.token_hex(6)
    if token.startswith(FROM_A_SCRIPT):
        return token
    said = repr((posted.text, posted.press, posted.edits, posted.place, [file.digest for file in posted.files]))
    return token + hashlib.sha256(said.encode()).hexdigest()[:6]


def clean(text: str) -> str:
    """Text as every database takes it: no NUL, no half of a surrogate pair, one kind of line break, no margins."""
    return storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()


def place_of(lat: str, lon: str) -> tuple[float, float] | None:
    """A position on this earth; None for anything else."""
    try:
        north, east = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    is_on_earth = math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180  # noqa: PLR2004 - degrees
    return (north, east) if is_on_earth else None
