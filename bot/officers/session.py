"""One chat's turn as officers' handlers have it, and what an officer may read of and do to a case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import Act, Deed
from actions.cases.case import Case, CaseEvent
from actions.cases.case_state import Standing
from actions.cases.decide import decide
from actions.cases.lifecycle import Refused, deed_of
from actions.cases.officer_handlers import NoSuchCase, buttons, standing_of
from actions.cases.ports import Chance
from actions.people.people import Person
from actions.people.roles import Actor
from actions.privacy.visibility import is_discreet
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import names_of
from actions.store.messages.groups import SqlGroups
from bot.configuration.case_links import CaseLinks
from bot.conversation.dialogue import File
from bot.conversation.screen import Label, Line, Names, Screen, Value, line
from bot.messaging.outbox_message import ButtonSigner, Keyboard, Outgoing, OutgoingKind, TopicTurn
from bot.messaging.records import write_outgoing
from bot.messaging.rendering import Letter, Wording
from bot.officers.chat_bindings import actors_of, may_see
from bot.services.declared_words import refusal
from bot.texts.words import Texts

TELEGRAM = "telegram"
"""The one channel in which officers work."""
_REF = re.compile(r"officer\.(LP-\w{4}-\w{4})\.")


def ref_of(ticket: str, name: str) -> str:
    """What a message to officers about a case is called in the outbox."""
    return f"officer.{ticket}.{name}"


def is_group(chat: str) -> bool:
    """Whether this chat of Telegram is a group: their numbers are negative."""
    return chat.startswith("-")


def ticket_of(ref: str) -> str | None:
    """The case that a message of this name is about; None for a message that is not for officers."""
    found = _REF.match(ref)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Office:
    """What does not change from turn to turn."""

    regency: Regency
    texts: Texts
    signer: ButtonSigner
    chance: Chance
    links: CaseLinks

    @property
    def language(self) -> str:
        """The regency's first: a group has people of every phone."""
        return self.regency.languages[0]

    def message(
        self,
        chat: str,
        shown: Screen,
        *,
        topic: str = "",
        turn: TopicTurn = TopicTurn.NONE,
        is_edit: bool = False,
    ) -> Outgoing:
        """A screen in words, with its buttons signed for this chat; `topic`, `turn`: of a group, as in `Outgoing`."""
        outgoing = Wording(self.texts, self.signer, chat, self.language, plain=False).message(shown, 0)
        kind = OutgoingKind.EDIT if is_edit else OutgoingKind.MESSAGE
        return (
            replace(outgoing, kind=kind, topic=topic, topic_turn=turn)
            if is_group(chat)
            else replace(outgoing, kind=kind)
        )

    def row(self, chat: str, ref: str, message: Outgoing, at: datetime, edits: str = "") -> dict[str, object]:
        """Returns a message as a row of the outbox."""
        written = {"message": write_outgoing(message), "created_at": at}
        return {"channel": TELEGRAM, "chat": chat, "ref": ref, "edits": edits, **written}

    def say(self, one: Line, language: str | None = None) -> str:
        """The words of a line, in the office's language or in this one."""
        return self.texts.say(self.texts.spoken(language or self.language), one)


@dataclass(slots=True)
class Room:
    """One turn of one chat.

    Attributes:
        office: see `Office`.
        connection: of the turn's transaction.
        book: the turn's cases.
        chat: in Telegram.
        name: of the turn, unique.
        letters: what is to be sent.
        toast: what the pressed button answers.
        wanted: files that went to a citizen, to be kept.
        channel: in which she sent them.
    """

    office: Office
    connection: AsyncConnection
    book: SqlCaseBook
    chat: str
    name: str
    letters: list[Letter] = field(default_factory=list)
    toast: str = ""
    wanted: list[File] = field(default_factory=list)
    channel: str = TELEGRAM

    def answer(self, one: Line) -> None:
        """Say this where the button was pressed, for a moment."""
        self.toast = self.office.say(one)

    def show(self, shown: Screen, ticket: str = "", edits: str = "") -> str:
        """A message, in the place of an earlier one where that is named; returns the name of what now stands there."""
        place = f"{self.name}.{len(self.letters)}o"
        ref = ref_of(ticket, place) if ticket else place
        message = self.office.message(self.chat, shown, topic=ticket, is_edit=bool(edits))
        self.letters.append(Letter(ref, message, edits))
        return edits or ref

    def invite(self, asked: Screen, ticket: str) -> str:
        """A question of whose answer the phone makes an answer to this message by itself; returns its name.

        Only in a private chat: in a group it would do so on everybody's phone.
        """
        ref = ref_of(ticket, f"{self.name}.{len(self.letters)}o")
        question = replace(self.office.message(self.chat, asked), rows=(), keyboard=Keyboard.REPLY)
        self.letters.append(Letter(ref, question))
        return ref


BESIDE_THE_CASE = frozenset({Deed.ESCALATE, Deed.REMIND, Deed.RATE})
"""After these a case stands as it stood."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A case in the hands of somebody who may read it.

    Attributes:
        person, account: who, by name and by Telegram's id.
        at: when she pressed or wrote.
        offered: what she may do now, and in which role.
        is_here: the case may be worked on in this chat: it is hers alone, or the group of the agency that has the case.
    """

    case: Case
    standing: Standing
    events: Sequence[CaseEvent]
    person: Person
    account: str
    at: datetime
    offered: Mapping[Deed, Actor]
    is_here: bool


async def take_up(room: Room, person: Person, account: str, ticket: str, at: datetime) -> Matter | Line:
    """The case for this person here; a sentence where she may not work on it in this chat."""
    regency = room.office.regency
    try:
        case, standing, events = await standing_of(room.book, regency, ticket)
    except NoSuchCase:
        return line("officer-no-case")
    if not may_see(person, case, regency):
        return line("refused-not-yours")
    if is_discreet(case) and account != room.chat:
        return line("officer-in-private")
    offered = buttons(case, standing, actors_of(person), regency)
    is_alone = account == room.chat
    is_here = is_alone or await SqlGroups(room.connection).agency_of(room.chat) == case.agency
    return Matter(case, standing, events, person, account, at, offered, is_here)


def why_not(room: Room, matter: Matter, deed: Deed) -> Line:
    """Why a deed is not hers now: as the table says it in that of her roles that comes nearest."""
    refused = [_refused(room, matter, deed, actor) for actor in actors_of(matter.person)]
    keys = [one for one in refused if one and one.reason_key != "refused-not-yours"]
    return refusal(keys[0]) if keys else line("refused-not-yours")


def _refused(room: Room, matter: Matter, deed: Deed, actor: Actor) -> Refused | None:
    try:
        decide(matter.case, matter.standing, Act(deed=deed), actor, matter.at, room.office.regency)
    except Refused as refused:
        return refused
    return None


def since(matter: Matter, version: int) -> Sequence[CaseEvent]:
    """What has happened to the case since this version that whoever acts on it must know; no reminders of clocks."""
    return [event for event in matter.events[version:] if event.deed not in BESIDE_THE_CASE]


async def meanwhile(room: Room, events: Sequence[CaseEvent]) -> Line:
    """What has happened to a case since somebody looked at it: the last of it, by whom and when."""
    last = events[-1] if events else None
    deed = deed_of(last) if last else None
    if last is None or deed is None:
        return line("officer-button-stale")
    names = await names_of(room.connection, {last.person})
    by: Value = names.get(last.person) or Label(Names.TEXT, f"officer-by-{last.who.value}")
    return line("officer-meanwhile", deed=Label(Names.TEXT, f"deed-{deed.value}"), by=by, at=last.at)
