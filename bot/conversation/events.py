"""What can happen in a talk, in the past tense: what a citizen did, and what became of her draft and her files.

What is found out about cases, and for officers, lies beside what is said of it (`own_cases/events.py` and others).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every event carries.

    Attributes:
        id: unique in this chat and the same when the event is replayed; names the draft that it opens.
        at: when it arrived, aware.
        name: the sender's name as the channel gives it; shown to nobody unless she asks for it.
        language: language code as the channel guesses it.
        thread: what the channel wants to be given back with every answer to it, in letters of its own; "" for nothing.
    """

    id: str
    at: datetime
    name: str | None = None
    language: str | None = None
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Words, of one message or of several that were sent in a row.

    Attributes:
        ref: names the message, so that an edit finds it again.
        parts: the messages as (ref, text), where there are several; `text` is all of them.
        reply_to: the channel's name of the bot's message that they answer; "" for none.
    """

    text: str
    ref: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    reply_to: str = ""

    def and_then(self, later: Said) -> Said:
        """With the next message behind it; the same message again changes nothing."""
        if later.text.strip() in {text.strip() for _, text in self.messages}:
            return self
        return replace(self, text=f"{self.text}\n{later.text}", parts=(*self.messages, *later.messages))

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """Each message as (ref, text)."""
        return self.parts or ((self.ref, self.text),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A button, or its words. `press` is "verb", "verb:argument", either with "@draft" behind it."""

    press: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPlace(Event):
    """A pin, in degrees (WGS 84)."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPhoto(Event):
    """A file of any kind (photo, document, voice, video) by the channel's own name for it. `reply_to`: as in `Said`."""

    kind: str
    file_id: str
    caption: str = ""
    ref: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Event):
    """An earlier message now reads differently."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOther(Event):
    """Something with no words in it: a sticker, a contact, a dice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WroteInGroup(Event):
    """A message in a group, where nobody's complaint belongs."""


# What became of it ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Event):
    """A draft became a case, or already was one (`again`). `link` opens the case's page as its reporter's.

    `take_hours`: of an urgent case, in how many hours somebody must take it; 0 for any other.
    """

    draft_key: str
    ticket: str
    agency: str
    reason: str
    deadline: date
    forwarded: bool
    secret: bool
    link: str
    again: bool = False
    take_hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPaused(Event):
    """Too many were filed; the draft is kept. `until` is when the next may be filed."""

    until: datetime


class FileRefusal(StrEnum):
    """Why a file is not kept; each is the key of the sentence that says so, and what to do next."""

    EMPTY = "file-empty"
    TOO_BIG = "file-too-big"
    TOO_LARGE = "file-too-large-inside"
    BROKEN = "file-broken"
    KIND = "file-kind"
    PROGRAM = "file-program"
    MACROS = "file-macros"
    DISGUISED = "file-disguised"
    LOCKED = "file-locked"
    FULL = "file-disk-full"
    GONE = "file-gone"


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that is not kept; `kind` and `file_id` as it was sent."""

    kind: str
    file_id: str
    why: FileRefusal


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRefused(Event):
    """Files that she sent could not be kept: found out after the turn, when they were fetched."""

    files: tuple[RefusedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcribed(Event):
    """What was heard in a recording of hers, found out after the turn; "" where it could not be put into words."""

    file_id: str
    text: str = ""
