"""How events, messages and dialogues are written into rows, and read back by a later version."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from pydantic import TypeAdapter

from bot.conversation import events
from bot.conversation import officer_events as officers
from bot.conversation.dialogue import Dialogue
from bot.conversation.events import Event
from bot.messaging.act_notes import DraftNotes
from bot.messaging.outbox_message import OutboxMessage

KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        events.Said,
        events.Pressed,
        events.SharedPlace,
        events.SentPhoto,
        events.Edited,
        events.SentOther,
        events.WroteInGroup,
        events.FilesRefused,
        events.Transcribed,
        officers.PressedAsOfficer,
        officers.WroteAsOfficer,
        officers.GroupMoved,
        officers.LeftGroup,
    )
}


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button that stands open: the words that press it, and what pressing it says."""

    words: str
    press: str


LONGEST_WAY = timedelta(minutes=30)
"""From when a message is worked until its answer is sent, unless somebody set the clock."""


@dataclass(frozen=True, slots=True)
class EarlierScreen:
    """What stood open before.

    Attributes:
        buttons: in the order of their numbers.
        replaced_by: the outbox's name of the message with the buttons that came after them.
        is_open: that message is not sent yet.
        until: when its sending began, before which nobody read it; None where nobody knows.
    """

    buttons: tuple[ShownButton, ...]
    replaced_by: str
    is_open: bool = False
    until: datetime | None = None

    def was_seen(self, moment: datetime) -> bool:
        """Whether she still had this before her then. After a jump of the clock nobody knows."""
        return self.is_open or (self.until is not None and self.until - LONGEST_WAY <= moment < self.until)


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """Everything kept of a chat between two turns.

    Attributes:
        dialogue: where the talk stands.
        shown: the buttons now shown, in the order of their numbers.
        card: the outbox's name of the message that stands open; "" when it cannot be edited or there is none.
        is_asked_below: a message with buttons came below it since, so that a change further up would not be seen.
        has_reply_keyboard: buttons stand where the letters are, and must be taken away.
        is_numbered: the buttons now shown have numbers, which press them.
        earlier: what stood open before, the oldest first, where a message takes its time to arrive.
        notes: what trainers may learn of the open draft once it is sent.
    """

    dialogue: Dialogue = field(default_factory=Dialogue)
    shown: tuple[ShownButton, ...] = ()
    card: str = ""
    is_asked_below: bool = False
    has_reply_keyboard: bool = False
    is_numbered: bool = False
    earlier: tuple[EarlierScreen, ...] = ()
    notes: DraftNotes = field(default_factory=DraftNotes)

    def shown_at(self, moment: datetime, number: int) -> tuple[ShownButton, ...]:
        """The buttons that she had before her then and of which one has this number; those of now where none did."""
        seen = (one.buttons for one in self.earlier if one.was_seen(moment))
        return next((buttons for buttons in seen if number <= len(buttons)), self.shown)


class UnreadableRow(ValueError):
    """A row that no version of this program wrote. Holds nothing of what is in it."""


# Written with warnings="error": a value of a wrong type would only be warned of, and the warning holds the value.
_EVENTS: dict[str, TypeAdapter[Event]] = {name: TypeAdapter(kind) for name, kind in KINDS.items()}
_RECORD = TypeAdapter(ChatRecord)
_STORED_NAMES = {"deed": "action", "heard": "meaning", "has_letters": "has_reply_keyboard"}
"""What members were called in rows of older versions, and what they are called now."""
_OF_OLDER_VERSIONS = re.compile(f'"(?:{"|".join(_STORED_NAMES)})":')
_OUTGOING = TypeAdapter(OutboxMessage)


def write_event(event: Event) -> str:
    """An event as a row, and with it all that is ever stored of it: in letters that every database takes."""
    kind = type(event).__name__
    body = _EVENTS[kind].dump_python(event, mode="json", exclude_defaults=True, warnings="error")
    return json.dumps({"event": kind, **_storable(body)}, ensure_ascii=False)


def storable(text: str) -> str:
    """Text that every database takes: without NUL, and without halves of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _storable[T](value: T) -> T:
    """Returns the value with every text in it, however deep, made storable."""
    found: object = value
    if isinstance(value, str):
        found = storable(value)
    elif isinstance(value, dict):
        found = {name: _storable(one) for name, one in value.items()}
    elif isinstance(value, list | tuple):
        found = [_storable(one) for one in value]
    return cast("T", found)


def read_event(row: str) -> Event:
    """The event of a row.

    Raises:
        UnreadableRow: it is no event, or of no kind that is known.
    """
    try:
        body = dict(json.loads(row))
        return _EVENTS[body.pop("event")].validate_python(body)
    except (ValueError, TypeError, LookupError):  # pydantic's words hold what is in the row
        raise UnreadableRow("no event of a known kind") from None


def write_record(record: ChatRecord) -> str:
    """A chat as a row."""
    return _RECORD.dump_json(record, exclude_defaults=True, warnings="error").decode()


def read_record(row: str | None) -> ChatRecord:
    """The chat of a row; a new one where there is none.

    Raises:
        UnreadableRow: it is no chat.
    """
    try:
        if row and _OF_OLDER_VERSIONS.search(row):
            return _RECORD.validate_python(names_of_today(json.loads(row)), strict=False)
        return _RECORD.validate_json(row) if row else ChatRecord()
    except ValueError:
        raise UnreadableRow("no chat as this version knows it") from None


def names_of_today(value: object) -> object:
    """Returns the same JSON, with members of older versions under the names that they have now."""
    if isinstance(value, dict):
        return {_STORED_NAMES.get(name, name): names_of_today(one) for name, one in value.items()}
    return [names_of_today(one) for one in value] if isinstance(value, list) else value


def write_outgoing(outgoing: OutboxMessage) -> str:
    """A message as a row."""
    return _OUTGOING.dump_json(outgoing, exclude_defaults=True, warnings="error").decode()


def read_outgoing(row: str) -> OutboxMessage:
    """The message of a row.

    Raises:
        UnreadableRow: it is no message.
    """
    try:
        return _OUTGOING.validate_json(row)
    except ValueError:
        raise UnreadableRow("no message as this version knows it") from None
