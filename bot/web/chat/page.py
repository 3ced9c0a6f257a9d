"""Gives the talk its page: templates, words and links. Reads nothing, decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time
from jinja2 import Environment
from markupsafe import Markup, escape

from bot.channels.web.arrivals import LONGEST_TEXT, page_token
from bot.channels.web.entries import BEFORE_ALL, ChatEntry, Cursor
from bot.conversation.events import Pressed, Said, SentPhoto, SharedPlace
from bot.conversation.screen import ButtonKind, Line
from bot.messaging.outbox_message import OutboxMessage, WordedButton
from bot.web.chat.forms import MOST_BYTES_OF_A_FILE, MOST_FILES
from bot.web.chat.words import PageWords, file_words, place_words
from bot.web.manuals.site import address
from bot.web.shared.assets import Assets
from bot.web.shared.site import templates

AFTER_LABEL = ": "
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
_NUMBER_TO_CALL = re.compile(r"(?m)^(\+?\d[\d -]{1,16}\d|\d{3})(?= · )")


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A file that can be opened, what it is called, and the button that takes it out of the report."""

    address: str
    thumb: str
    name: str
    take_back: WordedButton | None


@dataclass(frozen=True, slots=True)
class LabelledPart:
    """A part of a message: words alone, or what stands under a label."""

    words: Markup
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as the template takes it.

    Attributes:
        text: what she wrote; of ours the `parts`: words, or several parts with labels, which stand together.
        edits: its name where she can still change its `words`.
    """

    key: str
    is_hers: bool
    text: str
    parts: tuple[tuple[LabelledPart, ...], ...]
    at: str
    moment: str
    rows: tuple[tuple[WordedButton, ...], ...]
    pictures: tuple[NamedPicture, ...]
    edits: str
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """One page as it is about to be shown.

    Attributes:
        typed: words that come back into the box.
        edited: the message of hers that she changes; its words are in the box.
        waits: an answer is not there yet.
        talk: tells her browser one talk from another.
    """

    language: str
    entries: Sequence[ChatEntry]
    cursor: Cursor
    talk: str
    languages: Sequence[WordedButton] = ()
    notices: Sequence[Line] = ()
    typed: str = ""
    edited: ChatEntry | None = None
    waits: bool = False


@dataclass(slots=True)
class ChatPage:
    """Renders the page of the talk."""

    words: PageWords
    assets: Assets
    zone: ZoneInfo
    push_key: str
    _templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        """Templates are read once each."""
        self._templates = templates(self.assets)

    def page(self, view: View, now: datetime) -> str:
        """The whole page."""
        return self._templates.get_template("chat/chat.html").render(
            w=self.words.of(view.language),
            lang=view.language,
            manual=address(view.language, "citizen"),
            view=view,
            typed=words_of(view.edited) if view.edited else view.typed,
            entries=[self._shown(entry, view.language, now) for entry in view.entries],
            notices=[self.words.say(view.language, notice) for notice in view.notices],
            token=page_token(),
            push_key=self.push_key,
            most_letters=LONGEST_TEXT,
            most_files=MOST_FILES,
            most_bytes=MOST_BYTES_OF_A_FILE,
        )

    def entries(self, entries: Iterable[ChatEntry], language: str, now: datetime) -> str:
        """Messages alone, each to take the place of the one of its key, or to stand behind the last."""
        shown = [self._shown(entry, language, now) for entry in entries]
        template = self._templates.get_template("chat/entries.html")
        return template.render(w=self.words.of(language), entries=shown).strip()

    def notice(self, notices: Iterable[Line], language: str) -> str:
        """What is said above the box, to take the place of what was said there."""
        said = [self.words.say(language, notice) for notice in notices]
        return self._templates.get_template("chat/notice.html").render(notices=said).strip()

    def offline(self, language: str) -> str:
        """What an installed page shows without a connection."""
        return self._templates.get_template("chat/offline.html").render(w=self.words.of(language), lang=language)

    def _shown(self, entry: ChatEntry, language: str, now: datetime) -> ShownMessage:
        local = entry.at.astimezone(self.zone) if entry.at > BEFORE_ALL else None
        return ShownMessage(
            key=entry.key,
            is_hers=entry.event is not None,
            text="" if entry.outgoing else self._her_words(entry, language),
            parts=tuple(_parts(entry.outgoing)) if entry.outgoing else (),
            at=_clock(local, now.astimezone(self.zone), language) if local else "",
            moment=local.isoformat(timespec="minutes") if local else "",
            rows=_rows_of(entry),
            pictures=tuple(
                NamedPicture(one.address, one.thumb, self.words.say(language, file_words([one.kind])[0]), one.take_back)
                for one in entry.pictures
            ),
            edits=entry.ref if entry.is_editable else "",
            words=words_of(entry) if entry.is_editable else "",
        )

    def _her_words(self, entry: ChatEntry, language: str) -> str:
        match entry.event:
            case Said(text=text):
                return text
            case Pressed():
                return entry.label
            case SharedPlace(lat=lat, lon=lon):
                return self.words.say(language, place_words(lat, lon))
            case SentPhoto(caption=caption):
                kinds = [file.kind for file in entry.files]
                sent = ", ".join(self.words.say(language, count) for count in file_words(kinds))
                return f"{sent}\n{caption}" if caption else sent
        return ""


def words_of(entry: ChatEntry) -> str:
    """Her own words in a message of hers."""
    match entry.event:
        case Said(text=text) | SentPhoto(caption=text):
            return text
    return ""


def _parts(outgoing: OutboxMessage) -> Iterator[tuple[LabelledPart, ...]]:
    """The message: where several lines with labels follow each other, these together, and so all between them."""
    lines: list[LabelledPart] = []
    begins = 0
    for text in outgoing.text.split("\n"):
        bold = [(start - begins, end - begins) for start, end in outgoing.bold if 0 <= start - begins < len(text)]
        lines.append(_labelled(text, bold))
        begins += len(text) + 1
    alone: list[Markup] = []
    for has_label, together in groupby(lines, key=lambda part: bool(part.label)):
        parts = tuple(together)
        if not has_label or len(parts) == 1:
            alone += (_unlabelled(part) for part in parts)
            continue
        if alone:
            yield (LabelledPart(Markup("\n").join(alone)),)
        yield parts
        alone = []
    if alone:
        yield (LabelledPart(Markup("\n").join(alone)),)


def _labelled(text: str, bold: Sequence[tuple[int, int]]) -> LabelledPart:
    if bold and bold[0][0] == 0 and text[bold[0][1] :].startswith(AFTER_LABEL):
        after = bold[0][1] + len(AFTER_LABEL)
        rest = [(start - after, end - after) for start, end in bold[1:]]
        return LabelledPart(_emphasised(text[after:], rest), text[: bold[0][1]])
    return LabelledPart(_emphasised(text, bold))


def _unlabelled(part: LabelledPart) -> Markup:
    return Markup("<strong>{}</strong>{}{}").format(part.label, AFTER_LABEL, part.words) if part.label else part.words


def _emphasised(text: str, bold: Sequence[tuple[int, int]]) -> Markup:
    """Words with their links, and with what stands out."""
    done, html = 0, Markup()
    for start, end in bold:
        html += linked(text[done:start]) + Markup("<strong>{}</strong>").format(text[start:end])
        done = end
    return html + linked(text[done:])


def linked(text: str) -> Markup:
    """Our own words, with what can be opened or called as links."""
    html = str(escape(text))
    html = _LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', html)
    return Markup(_NUMBER_TO_CALL.sub(lambda found: f'<a href="tel:{_dialled(found[0])}">{found[0]}</a>', html))  # noqa: S704 - escaped above


def _dialled(number: str) -> str:
    return re.sub(r"[ -]", "", number)


def _clock(at: datetime, now: datetime, language: str) -> str:
    """The hour, and the day where it is not today."""
    if at.date() == now.date():
        return format_time(at, "HH.mm", tzinfo=at.tzinfo, locale=language)
    return format_datetime(at, "d MMM, HH.mm", tzinfo=at.tzinfo, locale=language)


def _rows_of(entry: ChatEntry) -> tuple[tuple[WordedButton, ...], ...]:
    """The buttons of what was said last; numbers to ring stay for as long as the talk is shown."""
    if entry.outgoing is None:
        return ()
    if entry.is_open:
        return entry.outgoing.rows
    calls = (tuple(one for one in row if one.kind is ButtonKind.CALL) for row in entry.outgoing.rows)
    return tuple(row for row in calls if row)
