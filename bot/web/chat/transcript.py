"""Reads a visitor's talk from the rows that it is: what she sent, what she was told, and her language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.engine.database import Database
from actions.store.messages.messages import load_records
from actions.store.messages.transcript import InboxEntry, OutboxEntry, load_transcript
from bot.channels.web.arrivals import CHANNEL
from bot.channels.web.entries import ChatEntry, ChatPicture, ChatRows, Cursor, InboxRow, OutboxRow, dressed, entries_of
from bot.channels.web.steady import steadied
from bot.conversation.dialogue import Dialogue
from bot.files.file_views import FileRegistry, OpenedFile
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.records import read_event, read_outgoing, read_record

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ReadTalk:
    """A talk, and the language that it is held in.

    Attributes:
        labels: words of buttons that stand outside the talk, by what they say.
        files: her files by their names, as far as they have come.
        editable: names of her messages whose words she may still change.
    """

    talk: ChatRows
    language: str
    labels: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, OpenedFile] = field(default_factory=dict)
    editable: frozenset[str] = frozenset()

    @property
    def awaits_files(self) -> bool:
        """A file of hers is still on its way."""
        return any(file.state == "wanted" for file in self.files.values())

    def entries(self) -> list[ChatEntry]:
        """The messages of the talk."""
        pictures = {
            name: ChatPicture(file.kind, file.address, file.thumb) for name, file in self.files.items() if file.address
        }
        return dressed(entries_of(self.talk, self.labels), pictures, self.editable)

    def entries_before(self, cursor: Cursor) -> list[ChatEntry]:
        """The messages as a page has them that had read so far; which files had come by then, nobody knows."""
        return dressed(entries_of(self.talk.until(cursor), self.labels), {}, self.editable)


@dataclass(frozen=True, slots=True)
class TalkReader:
    """Reads talks.

    Attributes:
        welcome: gives what stands at the beginning of a talk, for this visitor in this language.
        labels: gives the words of buttons that stand outside her talk, by what they say.
    """

    database: Database
    file_registry: FileRegistry
    languages: Sequence[str]
    welcome: Callable[[str, str], OutboxMessage]
    labels: Callable[[str], Mapping[str, str]]

    async def read(self, visitor: str, asked_language: str | None) -> ReadTalk:
        """The talk as it stands; `asked_language` is her browser's, for as long as the talk has none."""
        async with self.database.reading() as connection:
            dialogue = await self._dialogue(connection, visitor)
            transcript = await load_transcript(connection, visitor)
        language = self._known(dialogue.language) or self._known(asked_language) or self.languages[0]
        hers = tuple(row for came in transcript.came if (row := _her_row(came)))
        ours = tuple(one for went in transcript.went if (one := _our_row(went)))
        welcome = self.welcome(visitor, language) if transcript.is_whole else None
        talk = ChatRows(*steadied(hers, ours), welcome)
        files = await self.file_registry.of_chat((CHANNEL, visitor), talk.file_ids)
        return ReadTalk(talk, language, self.labels(visitor), files, _editable(dialogue))

    async def _dialogue(self, connection: AsyncConnection, visitor: str) -> Dialogue:
        stored = (await load_records(connection, [(CHANNEL, visitor)])).get((CHANNEL, visitor))
        return read_record(stored).dialogue

    def _known(self, language: str | None) -> str | None:
        return language if language in self.languages else None


def _editable(dialogue: Dialogue) -> frozenset[str]:
    """Her messages that are part of the open draft: only there an edit changes anything."""
    draft = dialogue.draft
    return frozenset(piece.ref for piece in draft.pieces if piece.ref) if draft else frozenset()


def asked_language(header: str, languages: Sequence[str]) -> str | None:
    """The first language of an Accept-Language header that is spoken here."""
    wishes = []
    for number, wish in enumerate(header.split(",")[:20]):
        name, _, weight = wish.partition(";q=")
        try:
            wishes.append((-float(weight or 1), number, name.strip().split("-")[0].lower()))
        except ValueError:
            continue
    return next((name for _, _, name in sorted(wishes) if name in languages), None)


def _her_row(came: InboxEntry) -> InboxRow | None:
    """A row of hers; None for one that no version can read: the rest is shown all the same."""
    try:
        return InboxRow(came.id, came.at, read_event(came.event))
    except ValueError:
        log.warning("row_unreadable", side="inbox")
        return None


def _our_row(went: OutboxEntry) -> OutboxRow | None:
    try:
        return OutboxRow(went.id, went.at, went.ref, went.edits, read_outgoing(went.message))
    except ValueError:
        log.warning("row_unreadable", side="outbox")
        return None
