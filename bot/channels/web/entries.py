"""A talk as a page shows it: her messages and ours in one order, edits in the place of what they edit. Pure."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest

from bot.conversation.draft import File
from bot.conversation.events import Edited, Event, Pressed, Said, SentPhoto, SharedPlace
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind, WordedButton

SHOWN = (Said, SharedPlace)
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_TURN = re.compile(r"(\d{1,18})\.")

type Order = tuple[datetime, int, int, int]
"""When, in which turn (its first row of the inbox), hers before ours, and the row."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A row of the inbox."""

    id: int
    at: datetime
    event: Event

    @property
    def order(self) -> Order:
        """Its place in the talk."""
        return self.at, self.id, 0, self.id


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row of the outbox; `edits` names the message whose place it takes."""

    id: int
    at: datetime
    ref: str
    edits: str
    outgoing: OutboxMessage

    @property
    def turn(self) -> int:
        """The first row of the inbox that it answers; 0 for what answers none."""
        turn = _TURN.match(self.ref)
        return int(turn[1]) if turn else 0

    @property
    def order(self) -> Order:
        """Its place in the talk; news come behind whatever else was said in the same moment."""
        return self.at, self.turn or sys.maxsize, 1, self.id


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a page has read: the last rows of inbox and outbox that it knows."""

    hers: int = 0
    ours: int = 0

    @classmethod
    def read(cls, written: str | None) -> Cursor:
        """A cursor as a browser sends it back; the beginning for anything else."""
        found = re.fullmatch(r"(\d{1,18})-(\d{1,18})", written or "")
        return cls(int(found[1]), int(found[2])) if found else cls()

    def __str__(self) -> str:
        """As a browser keeps it."""
        return f"{self.hers}-{self.ours}"


@dataclass(frozen=True, slots=True)
class ChatRows:
    """The rows of a talk, or of as much of it as is shown; `welcome` is what is said before anything was."""

    hers: tuple[InboxRow, ...] = ()
    ours: tuple[OutboxRow, ...] = ()
    welcome: OutboxMessage | None = None

    @property
    def cursor(self) -> Cursor:
        """How far it goes."""
        return Cursor(max((row.id for row in self.hers), default=0), max((row.id for row in self.ours), default=0))

    @property
    def file_ids(self) -> frozenset[str]:
        """Every file that she sent, by its name."""
        return frozenset(row.event.file_id for row in self.hers if isinstance(row.event, SentPhoto))

    def until(self, cursor: Cursor) -> ChatRows:
        """The talk as a page knew it that had read so far."""
        return ChatRows(
            tuple(row for row in self.hers if row.id <= cursor.hers),
            tuple(row for row in self.ours if row.id <= cursor.ours),
            self.welcome,
        )


@dataclass(frozen=True, slots=True)
class ChatPicture:
    """A file of hers that can be opened.

    Attributes:
        thumb: the address of its small picture; "" where it has none.
        take_back: the button beside it, while the message that shows it stands open.
    """

    kind: str
    address: str
    thumb: str = ""
    take_back: WordedButton | None = None


@dataclass(frozen=True, slots=True)
class ChatEntry:
    """One message on the page: hers (`event`) or ours (`outgoing`).

    Attributes:
        key: its id on the page, the same for as long as the talk lives.
        label: the words of the button that she pressed.
        files: the files that she sent together.
        pictures: those of its files that can be opened now.
        is_open: its buttons can still be pressed.
        is_editable: she can still change its words.
    """

    key: str
    at: datetime
    event: Event | None = None
    outgoing: OutboxMessage | None = None
    label: str = ""
    files: tuple[File, ...] = ()
    pictures: tuple[ChatPicture, ...] = ()
    is_open: bool = False
    is_editable: bool = False

    @property
    def ref(self) -> str:
        """The name by which her message is edited; "" for one that has no words of hers."""
        return self.event.ref if isinstance(self.event, Said | SentPhoto) else ""

    @property
    def file_ids(self) -> tuple[str, ...]:
        """The files that it shows."""
        return self.outgoing.files if self.outgoing else tuple(file.file_id for file in self.files)


@dataclass(slots=True)
class _Ours:
    """One of our messages: where it stands, and how it reads now."""

    first: OutboxRow
    now: OutboxRow


def entries_of(talk: ChatRows, labels: Mapping[str, str] | None = None) -> list[ChatEntry]:
    """The messages in order. `labels`: words of buttons that stand outside the talk, by what they say."""
    ours = _open_messages(talk)
    words = dict(labels or {}) | _labels(talk)
    is_open = _open(ours, talk.hers)
    placed: list[tuple[Order, ChatEntry]] = []
    for one in ours:
        ref = one.first.ref
        entry = ChatEntry(f"o{ref}", one.first.at, outgoing=one.now.outgoing, is_open=ref in is_open)
        placed.append((one.first.order, entry))
    placed += _hers(talk, words)
    return [entry for _, entry in sorted(placed, key=lambda one: one[0])]


def _open(ours: Sequence[_Ours], hers: Sequence[InboxRow]) -> set[str]:
    """Messages whose buttons can be pressed; of all others only the words stay.

    Those are what was said last with any, and everything else that was said or edited since she wrote before
    that; but a button stands once, where it was shown last.
    """
    with_buttons = sorted((one for one in ours if one.now.outgoing.rows), key=lambda one: one.now.order, reverse=True)
    if not with_buttons:
        return set()
    latest = with_buttons[0].now.order
    before = max((row.order for row in hers if row.order < latest), default=(BEFORE_ALL, -1, 0, 0))
    found, pressed = set[str](), set[str]()
    for one in with_buttons:
        presses = {button.press for row in one.now.outgoing.rows for button in row}
        if one.now.order > before and not presses & pressed:
            found.add(one.first.ref)
        pressed |= presses
    return found


def dressed(
    entries: Iterable[ChatEntry], pictures: Mapping[str, ChatPicture], editable: Collection[str]
) -> list[ChatEntry]:
    """The messages with what can be opened of their files, and with what she may still edit."""
    return [
        replace(
            entry,
            pictures=tuple(_pictures(entry, pictures)),
            is_editable=bool(entry.ref) and entry.ref in editable,
        )
        for entry in entries
    ]


def _pictures(entry: ChatEntry, pictures: Mapping[str, ChatPicture]) -> Iterable[ChatPicture]:
    buttons = entry.outgoing.file_buttons if entry.outgoing and entry.is_open else ()
    for name, button in zip_longest(entry.file_ids, buttons):
        if name in pictures:
            yield replace(pictures[name], take_back=button)


def changes(before: Sequence[ChatEntry], after: Sequence[ChatEntry]) -> list[ChatEntry]:
    """What a page that shows `before` must show otherwise, or more of."""
    known = {entry.key: entry for entry in before}
    return [entry for entry in after if known.get(entry.key) != entry]


def _hers(talk: ChatRows, words: Mapping[str, str]) -> list[tuple[Order, ChatEntry]]:
    """Her messages, as she last edited them; files of one form are one. What has no words to show is left out."""
    answers = sorted(
        (row for row in talk.ours if row.outgoing.kind is not OutboxMessageKind.ANSWER), key=lambda r: r.order
    )
    placed: dict[str, tuple[Order, ChatEntry]] = {}
    reads = {row.event.ref: row.event.text for row in talk.hers if isinstance(row.event, Edited)}
    for row in talk.hers:
        event = _as_it_reads(row.event, reads)
        form = event.id.partition("-")[0]
        first = placed.get(form)
        if isinstance(event, SentPhoto) and first and isinstance(first[1].event, SentPhoto):
            placed[form] = first[0], replace(first[1], files=(*first[1].files, File(event.kind, event.file_id)))
        elif isinstance(event, SentPhoto):
            files = (File(event.kind, event.file_id),)
            placed[form] = row.order, ChatEntry(f"m{event.id}", row.at, event=event, files=files)
        elif isinstance(event, Pressed):
            label = words.get(event.press)
            if label and _is_answered_below(row, answers):
                placed[event.id] = row.order, ChatEntry(f"m{event.id}", row.at, event=event, label=label)
        elif isinstance(event, SHOWN):
            placed[event.id] = row.order, ChatEntry(f"m{event.id}", row.at, event=event)
    return list(placed.values())


def _as_it_reads(event: Event, reads: Mapping[str, str]) -> Event:
    if isinstance(event, Said) and event.ref in reads:
        return replace(event, text=reads[event.ref])
    if isinstance(event, SentPhoto) and event.caption and event.ref in reads:
        return replace(event, caption=reads[event.ref])
    return event


def _is_answered_below(press: InboxRow, answers: Sequence[OutboxRow]) -> bool:
    """Whether a press led to a message of its own. One that only changed the card has nothing to stand above."""
    answer = next((row for row in answers if row.order > press.order), None)
    return answer is not None and answer.outgoing.kind is OutboxMessageKind.MESSAGE


def _open_messages(talk: ChatRows) -> list[_Ours]:
    """Our messages, each as it reads after the last edit; an edit of one that is gone is a message of its own."""
    shown_at_end: dict[str, _Ours] = {}
    if talk.welcome:
        first = OutboxRow(0, BEFORE_ALL, "welcome", "", talk.welcome)
        shown_at_end[first.ref] = _Ours(first, first)
    for row in sorted(talk.ours, key=lambda row: row.id):
        if row.outgoing.kind is OutboxMessageKind.ANSWER:
            continue
        place = row.edits or row.ref
        if place in shown_at_end:
            shown_at_end[place].now = row
        else:
            shown_at_end[place] = _Ours(row, row)
    return list(shown_at_end.values())


def _labels(talk: ChatRows) -> dict[str, str]:
    """The words of every button that was ever shown in this talk."""
    shown: Iterable[OutboxMessage] = [row.outgoing for row in talk.ours] + ([talk.welcome] if talk.welcome else [])
    return {button.press: button.words for outgoing in shown for row in outgoing.rows for button in row}
