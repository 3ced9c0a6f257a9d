"""Reads a visitor's talk from the rows that it is: what she sent, what she was told, and her language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.database import Database
from actions.store.letters import load_records
from actions.store.transcript import Came, Went, load_transcript
from bot.channels.web.arrivals import CHANNEL
from bot.channels.web.entries import HerRow, OurRow, Talk
from bot.delivery.outgoing import Outgoing
from bot.delivery.records import read_event, read_outgoing, read_record

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ReadTalk:
    """A talk, and the language that it is held in."""

    talk: Talk
    language: str


@dataclass(frozen=True, slots=True)
class TalkReader:
    """Reads talks. `welcome` gives what stands at the beginning of one, for this visitor in this language."""

    database: Database
    languages: Sequence[str]
    welcome: Callable[[str, str], Outgoing]

    async def read(self, visitor: str, asked_language: str | None) -> ReadTalk:
        """The talk as it stands; `asked_language` is her browser's, for as long as the talk has none."""
        async with self.database.reading() as connection:
            language = await self._language(connection, visitor) or self._known(asked_language)
            transcript = await load_transcript(connection, visitor)
        hers = tuple(row for came in transcript.came if (row := _her_row(came)))
        ours = tuple(one for went in transcript.went if (one := _our_row(went)))
        welcome = self.welcome(visitor, language) if transcript.is_whole else None
        return ReadTalk(Talk(hers, ours, welcome), language)

    async def _language(self, connection: AsyncConnection, visitor: str) -> str | None:
        stored = (await load_records(connection, [(CHANNEL, visitor)])).get((CHANNEL, visitor))
        language = read_record(stored).dialogue.language
        return language if language in self.languages else None

    def _known(self, asked: str | None) -> str:
        return asked if asked and asked in self.languages else self.languages[0]


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


def _her_row(came: Came) -> HerRow | None:
    """A row of hers; None for one that no version can read: the rest is shown all the same."""
    try:
        return HerRow(came.id, came.at, read_event(came.event))
    except ValueError:
        log.warning("row_unreadable", side="inbox")
        return None


def _our_row(went: Went) -> OurRow | None:
    try:
        return OurRow(went.id, went.at, went.ref, went.edits, read_outgoing(went.message))
    except ValueError:
        log.warning("row_unreadable", side="outbox")
        return None
