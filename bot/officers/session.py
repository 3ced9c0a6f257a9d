"""One chat's turn as officers' handlers have it, and what an officer may read of and do to a case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent
from actions.cases.case_state import CaseState
from actions.cases.decide import decide
from actions.cases.lifecycle import StepRefused, action_of
from actions.cases.officer_handlers import NoSuchCase, buttons, case_state_of
from actions.cases.ports import Chance
from actions.people.people import STAFF_CHANNEL, Person
from actions.people.roles import Actor
from actions.privacy.visibility import is_confidential
from actions.regency.agencies import parents
from actions.regency.model import Regency
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.officer_work import names_of
from actions.store.messages.groups import SqlGroups
from bot.configuration.case_links import CaseLinks
from bot.conversation.draft import File
from bot.conversation.screen import Label, LabelSource, Line, Screen, Value, line
from bot.messaging.outbox_message import ButtonSigner, Keyboard, OutboxMessage, OutboxMessageKind, TopicTurn
from bot.messaging.records import write_outgoing
from bot.messaging.rendering import AddressedMessage, MessageRenderer
from bot.officers.chat_bindings import actors_of, may_see
from bot.services.declared_words import refusal
from bot.texts.words import Texts

TELEGRAM = STAFF_CHANNEL
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
class OfficersService:
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
    ) -> OutboxMessage:
        """Returns a screen in words, its buttons signed for this chat; `topic`, `turn`: as in `OutboxMessage`."""
        outgoing = MessageRenderer(self.texts, self.signer, chat, self.language, plain=False).message(shown, 0)
        kind = OutboxMessageKind.EDIT if is_edit else OutboxMessageKind.MESSAGE
        return (
            replace(outgoing, kind=kind, topic=topic, topic_turn=turn)
            if is_group(chat)
            else replace(outgoing, kind=kind)
        )

    def row(self, chat: str, ref: str, message: OutboxMessage, at: datetime, edits: str = "") -> dict[str, object]:
        """Returns a message as a row of the outbox."""
        written = {"message": write_outgoing(message), "created_at": at}
        return {"channel": TELEGRAM, "chat": chat, "ref": ref, "edits": edits, **written}

    def say(self, one: Line, language: str | None = None) -> str:
        """The words of a line, in the office's language or in this one."""
        return self.texts.say(self.texts.spoken(language or self.language), one)


@dataclass(slots=True)
class OfficersSession:
    """One turn of one chat.

    Attributes:
        officers_service: see `OfficersService`.
        connection: of the turn's transaction.
        book: the turn's cases.
        chat: in Telegram.
        name: of the turn, unique.
        outgoing_messages: what is to be sent.
        toast: what the pressed button answers.
        wanted: files that went to a citizen, to be kept.
        channel: in which she sent them.
    """

    officers_service: OfficersService
    connection: AsyncConnection
    book: SqlCaseBook
    chat: str
    name: str
    outgoing_messages: list[AddressedMessage] = field(default_factory=list)
    toast: str = ""
    wanted: list[File] = field(default_factory=list)
    channel: str = TELEGRAM

    def answer(self, one: Line) -> None:
        """Say this where the button was pressed, for a moment."""
        self.toast = self.officers_service.say(one)

    def show(self, shown: Screen, ticket: str = "", edits: str = "") -> str:
        """A message, in the place of an earlier one where that is named; returns the name of what now stands there."""
        place = f"{self.name}.{len(self.outgoing_messages)}o"
        ref = ref_of(ticket, place) if ticket else place
        message = self.officers_service.message(self.chat, shown, topic=ticket, is_edit=bool(edits))
        self.outgoing_messages.append(AddressedMessage(ref, message, edits))
        return edits or ref

    def invite(self, asked: Screen, ticket: str) -> str:
        """A question of whose answer the phone makes an answer to this message by itself; returns its name.

        Only in a private chat: in a group it would do so on everybody's phone.
        """
        ref = ref_of(ticket, f"{self.name}.{len(self.outgoing_messages)}o")
        question = replace(self.officers_service.message(self.chat, asked), rows=(), keyboard=Keyboard.REPLY)
        self.outgoing_messages.append(AddressedMessage(ref, question))
        return ref


BESIDE_THE_CASE = frozenset({CaseAction.ESCALATE, CaseAction.REMIND, CaseAction.RATE})
"""After these a case stands as it stood."""


@dataclass(frozen=True, slots=True)
class CaseAccess:
    """A case in the hands of somebody who may read it.

    Attributes:
        person, account: who, by name and by Telegram's id.
        at: when she pressed or wrote.
        offered: what she may do now, and in which role.
        is_here: the case may be worked on in this chat: it is hers alone, or the group of the agency that has the case
            or of one above it.
    """

    case: Case
    case_state: CaseState
    events: Sequence[CaseEvent]
    person: Person
    account: str
    at: datetime
    offered: Mapping[CaseAction, Actor]
    is_here: bool


async def take_up(
    session: OfficersSession, person: Person, account: str, ticket: str, at: datetime
) -> CaseAccess | Line:
    """The case for this person here; a sentence where she may not work on it in this chat."""
    regency = session.officers_service.regency
    try:
        case, case_state, events = await case_state_of(session.book, regency, ticket)
    except NoSuchCase:
        return line("officer-no-case")
    if not may_see(person, case, regency, case_state.contests):
        return line("refused-not-yours")
    if is_confidential(case) and account != session.chat:
        return line("officer-in-private")
    offered = buttons(case, case_state, actors_of(person), regency)
    is_alone = account == session.chat
    above = parents(regency.agencies, case.agency) if case.agency in regency.agencies else ()
    is_here = is_alone or await SqlGroups(session.connection).agency_of(session.chat) in {case.agency, *above}
    return CaseAccess(case, case_state, events, person, account, at, offered, is_here)


def why_not(session: OfficersSession, case_access: CaseAccess, action: CaseAction) -> Line:
    """Why an action is not hers now: as the table says it in that of her roles that comes nearest."""
    refused = [_refused(session, case_access, action, actor) for actor in actors_of(case_access.person)]
    reasons = sorted(filter(None, refused), key=lambda one: one.reason_key == "refused-not-yours")
    return refusal(reasons[0]) if reasons else line("refused-not-yours")


def _refused(session: OfficersSession, case_access: CaseAccess, action: CaseAction, actor: Actor) -> StepRefused | None:
    try:
        decide(
            case_access.case,
            case_access.case_state,
            CaseCommand(action=action),
            actor,
            case_access.at,
            session.officers_service.regency,
        )
    except StepRefused as refused:
        return refused
    return None


def since(case_access: CaseAccess, version: int) -> Sequence[CaseEvent]:
    """What has happened to the case since this version that whoever acts on it must know; no reminders of clocks."""
    return [event for event in case_access.events[version:] if event.action not in BESIDE_THE_CASE]


async def meanwhile(session: OfficersSession, events: Sequence[CaseEvent]) -> Line:
    """What has happened to a case since somebody looked at it: the last of it, by whom and when."""
    last = events[-1] if events else None
    action = action_of(last) if last else None
    if last is None or action is None:
        return line("officer-button-stale")
    names = await names_of(session.connection, {last.person})
    by: Value = names.get(last.person) or Label(LabelSource.TEXT, f"officer-by-{last.who.value}")
    return line("officer-meanwhile", action=Label(LabelSource.TEXT, f"deed-{action.value}"), by=by, at=last.at)
