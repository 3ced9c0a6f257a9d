"""Everything that is kept of a citizen, as one document for her: gathered when it is asked for, and stored nowhere.

What officers noted among themselves, who they are, and anything of others is not hers and is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.cases.actions import CaseAction
from actions.cases.case import CaseEvent
from actions.cases.event_words import read_details
from actions.cases.ports import Clock
from actions.people.roles import Role
from actions.regency.model import Regency
from actions.store.engine.database import Database
from actions.store.messages.messages import Chat
from actions.store.privacy.own_data import Kept, KeptCase, KeptMessage, kept_of
from bot.conversation.dialogue import Dialogue
from bot.conversation.events import Edited, Pressed, Said, SentPhoto, SharedPlace
from bot.conversation.own_data.words import JSON
from bot.conversation.screen import Label, LabelSource, Line, line
from bot.files.serving import FileLinks
from bot.messaging.outbox_message import OutboxMessageKind
from bot.messaging.ports import Document
from bot.messaging.records import UnreadableRow, read_event, read_outgoing, read_record
from bot.services.own_data_page import page
from bot.texts.words import Texts

TOLD = frozenset(
    {
        CaseAction.ASK,
        CaseAction.REJECT,
        CaseAction.REFER,
        CaseAction.MERGE,
        CaseAction.NOTE,
        CaseAction.ANSWER,
        CaseAction.REOPEN,
        CaseAction.HIDE,
        CaseAction.REDACT,
    }
)
"""Of what officers typed with these she was told; the rest they said among themselves."""

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """Writes the documents of citizens. `base`: what stands before every path in an address."""

    database: Database
    regency: Regency
    texts: Texts
    files: FileLinks
    base: str
    clock: Clock

    async def document(self, chat: Chat, which: str) -> Document:
        """What is kept of this chat now, to be read or as JSON."""
        async with self.database.reading() as connection:
            kept = await kept_of(connection, chat)
        language = self.texts.spoken(_dialogue(kept).language)
        told = self.told(kept, chat, language)
        day = self.clock().astimezone(self.regency.time_zone).date().isoformat()
        if which == JSON:
            written = json.dumps(told, ensure_ascii=False, indent=2)
            return Document(f"data-lapor-{day}.json", "application/json", written.encode())

        def say(words: Line | Label) -> str:
            return self.texts.label(language, words)

        return Document(f"data-lapor-{day}.html", "text/html; charset=utf-8", page(told, language, say).encode())

    def told(self, kept: Kept, chat: Chat, language: str) -> Json:
        """All of it, in words where it has words; what is empty is left out."""
        dialogue = _dialogue(kept)
        photos = {row.file_id: self._photo(row.name, row.state, row.kind) for row in kept.files}
        used = {sent.file_id for one in kept.cases for sent in one.case.attachments}
        return _filled(
            {
                "made_at": self._moment(self.clock()),
                "channel": chat[0],
                "account": chat[1],
                "language": language,
                "reports": [self._case(one, photos, language) for one in kept.cases],
                "draft": self._draft(dialogue),
                "supported": [{"ticket": ticket, "since": self._moment(at)} for ticket, at in kept.supported],
                "weekly_news_of": self._place(kept.weekly),
                "browsers_that_are_told": kept.browsers,
                "joined_with": [{"channel": one.channel, "account": one.chat} for one in kept.joined],
                "other_files": [photo for file_id, photo in photos.items() if file_id not in used],
                "learnt_from": [{"at": self._moment(at), "text": text} for text, at in kept.learnt],
                "messages": sorted(
                    [*self._received(kept.received, language), *self._sent(kept.sent)],
                    key=lambda message: str(message["at"]),
                ),
            }
        )

    def _case(self, kept: KeptCase, photos: Mapping[str, Json], language: str) -> Json:
        case, words, where = kept.case, kept.words, kept.case.location
        category = self.texts.label(language, Label(LabelSource.CATEGORY, case.category)) if case.category else None
        return _filled(
            {
                "ticket": case.ticket,
                "filed_at": self._moment(case.filed_at),
                "status": self.texts.label(language, Label(LabelSource.TEXT, f"status-{case.status.value}")),
                "type": self.texts.label(language, Label(LabelSource.TEXT, f"type-{case.type.value}")),
                "category": category,
                "agency": self.texts.label(language, Label(LabelSource.AGENCY, case.agency)),
                "reason": case.reason,
                "story": words.story if words else None,
                "name": words.name if words else None,
                "place": where.spoken,
                "district": self._place(where.district),
                "village": self._place(where.village),
                "outside": where.outside,
                "pin": [where.lat, where.lon] if where.lat is not None else None,
                "identity": case.identity.value,
                "visibility": case.visibility.value,
                "urgent": case.severity.value == "urgent",
                "promised_by": case.deadline.isoformat(),
                "consent": case.consent,
                "files": [photos.get(sent.file_id, {"kind": sent.kind}) for sent in case.attachments],
                "steps": [self._step(event, kept, photos, language) for event in kept.events],
            }
        )

    def _step(self, event: CaseEvent, kept: KeptCase, photos: Mapping[str, Json], language: str) -> Json:
        """What was done, in which role, and what was said with it, where she said it or was told."""
        is_hers = event.who is Role.REPORTER
        saying = kept.sayings.get(event.number)
        is_shown = saying is not None and (is_hers or event.action in TOLD)
        parts = (saying.words, saying.mend, saying.body, saying.contact) if saying and is_shown else ()
        sent = saying.enclosures if saying and is_hers else ()
        return _filled(
            {
                "at": self._moment(event.at),
                "what": self.texts.label(language, Label(LabelSource.TEXT, f"status-{event.to.value}")),
                "by": "you" if is_hers else "service" if event.who is Role.SYSTEM else "office",
                "rating": read_details(event.details).rating,
                "words": "\n".join(part for part in parts if part),
                "files": [photos.get(one.file_id, {"kind": one.kind}) for one in sent],
            }
        )

    def _draft(self, dialogue: Dialogue) -> Json:
        draft = dialogue.draft
        if draft is None:
            return {}
        pin = draft.given_place.pin if draft.given_place else None
        return _filled(
            {
                "opened_at": self._moment(draft.opened_at),
                "story": draft.story,
                "name": draft.name,
                "place": draft.given_place.words if draft.given_place else None,
                "pin": [pin.lat, pin.lon] if pin else None,
                "secret": draft.secret,
                "answers": dict(draft.answers),
            }
        )

    def _photo(self, name: str, state: str, kind: str) -> Json:
        """A file with an address that opens it for a day or two, where it is kept."""
        address = f"{self.base}{self.files.file(name, self.clock())}" if state == "kept" else ""
        return _filled({"kind": kind, "state": state, "address": address})

    def _received(self, rows: Sequence[KeptMessage], language: str) -> Iterator[Json]:
        for row in rows:
            try:
                event = read_event(row.row)
            except UnreadableRow:
                continue
            match event:
                case Said() | Edited():
                    said = event.text
                case SentPhoto():
                    said = f"[{event.kind}] {event.caption}".strip()
                case SharedPlace():
                    said = f"[{event.lat}, {event.lon}]"
                case Pressed():
                    said = self.texts.say(language, line("kept-button"))
                case _:
                    continue
            yield {"at": self._moment(row.at), "from": "you", "text": said}

    def _sent(self, rows: Sequence[KeptMessage]) -> Iterator[Json]:
        for row in rows:
            try:
                outgoing = read_outgoing(row.row)
            except UnreadableRow:
                continue
            if outgoing.text and outgoing.kind is not OutboxMessageKind.ANSWER:
                yield {"at": self._moment(row.at), "from": "service", "text": outgoing.text}

    def _place(self, code: str | None) -> str | None:
        region = self.regency.region(code) if code else None
        return region.name if region else None

    def _moment(self, at: datetime) -> str:
        return at.astimezone(self.regency.time_zone).isoformat(timespec="seconds")


def _dialogue(kept: Kept) -> Dialogue:
    try:
        return read_record(kept.record).dialogue
    except UnreadableRow:
        return Dialogue()


def _filled(told: Json) -> Json:
    return {name: value for name, value in told.items() if value not in (None, "", [], {}, 0, False)}
