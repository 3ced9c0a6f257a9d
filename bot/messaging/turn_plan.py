"""What of a chat's backlog is one turn: everything up to the first button, in order. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation.events import Edited, Event, Pressed, Said
from bot.conversation.officer_events import PREFIX, PressedAsOfficer
from bot.messaging.button_words import bare, pressed_by
from bot.messaging.outbox_message import ButtonSigner
from bot.messaging.records import ChatRecord
from bot.understanding.cues import wish

EVENTS_A_TURN = 12
"""An album and the words beside it. Each event is understood with the whole story, which takes milliseconds."""
NUMBER = re.compile(r"\d{1,3}")
"""What may press a button by its number."""
FORGED = "forged"
"""What a button says that was never shown here: no verb, so it is answered like a stale one."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the inbox that waits to be worked, with its event."""

    row: int
    event: Event
    press_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class TurnPlan:
    """One turn of one chat.

    Attributes:
        rows: the inbox rows that it works.
        events: what they say, words sent in a row being one story.
    """

    channel: str
    chat: str
    record: ChatRecord
    rows: tuple[Waiting, ...]
    events: tuple[Event, ...]

    @property
    def thread(self) -> str:
        """What the channel wants back with the answers: of the last message that it gave any with."""
        return next((row.event.thread for row in reversed(self.rows) if row.event.thread), "")

    @property
    def is_by_hand(self) -> bool:
        """She pressed a button with her thumb or edited a message; words that press a button are words."""
        return isinstance(self.rows[-1].event, Pressed | Edited)


def plan_turn(
    channel: str,
    chat: str,
    record: ChatRecord,
    waiting: Sequence[Waiting],
    signer: ButtonSigner,
    case_state: Mapping[str, str],
    *,
    plain: bool,
) -> TurnPlan:
    """Take what is one turn from what waits; a button ends it, since it may change what words mean.

    A word like Kirim behind a story waits for the next turn: what it presses comes only with this one.
    """
    rows: list[Waiting] = []
    events: list[Event] = []
    for one in waiting:
        event = _read(one.event, chat, record, signer, case_state, plain=plain)
        if events and _is_standing(event, case_state):
            break
        with_this = _and_then(events, event)
        if len(with_this) > EVENTS_A_TURN:
            break
        rows.append(one)
        events = with_this
        if isinstance(event, Pressed | PressedAsOfficer):
            break
    return TurnPlan(channel, chat, record, tuple(rows), tuple(events))


def _and_then(events: Sequence[Event], event: Event) -> list[Event]:
    """These events and one more; words that go on with the words before them are one with those."""
    before = events[-1] if events else None
    if isinstance(event, Said) and isinstance(before, Said) and _is_story(event, before):
        return [*events[:-1], before.and_then(event)]
    return [*events, event]


def _read(
    event: Event,
    chat: str,
    record: ChatRecord,
    signer: ButtonSigner,
    case_state: Mapping[str, str],
    *,
    plain: bool,
) -> Event:
    if isinstance(event, Pressed | PressedAsOfficer):
        pressed = replace(event, press=signer.read(chat, event.press) or FORGED)
        return _as_officer(pressed, chat) if isinstance(pressed, Pressed) else pressed
    if isinstance(event, Said) and not event.reply_to:
        return as_pressed(event, record, case_state, plain=plain)
    return event


def as_pressed(event: Said, record: ChatRecord, case_state: Mapping[str, str], *, plain: bool) -> Event:
    """The button that these words press, or the words."""
    said = bare(event.text)
    seen = replace(record, shown=record.shown_at(event.at, int(said))) if NUMBER.fullmatch(said) else record
    press = pressed_by(event.text, seen, case_state, plain=plain)
    if press is None:
        return event
    return Pressed(id=event.id, at=event.at, name=event.name, language=event.language, press=press)


def _as_officer(event: Pressed, chat: str) -> Event:
    """A button of a case's card in a private chat, where chat and account are the same, is no citizen's."""
    if not event.press.startswith(PREFIX):
        return event
    return PressedAsOfficer(
        id=event.id, at=event.at, name=event.name, language=event.language, press=event.press, account=chat
    )


def _is_standing(event: Event, case_state: Mapping[str, str]) -> bool:
    labels = {bare(label) for label in case_state.values()}
    return isinstance(event, Said) and (bare(event.text) in labels or wish(event.text) is not None)


def _is_story(event: Said, before: Said) -> bool:
    is_answer = event.reply_to or before.reply_to
    return not is_answer and not event.text.startswith("/") and not before.text.startswith("/")
