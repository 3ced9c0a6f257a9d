"""A case in an officer's hands: whether she may read it, what she may do now, why not, and what came between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.cases.actions import Act, Deed
from actions.cases.case import Case, CaseEvent
from actions.cases.case_state import Standing
from actions.cases.decide import decide
from actions.cases.lifecycle import Refused, deed_of
from actions.cases.officer_handlers import NoSuchCase, buttons, standing_of
from actions.people.people import Person
from actions.people.roles import Actor
from actions.privacy.visibility import is_discreet
from actions.store.cases.officer_work import names_of
from actions.store.messages.groups import SqlGroups
from bot.conversation.screen import Label, Line, Names, Value, line
from bot.officers.chat_bindings import actors_of, may_see
from bot.officers.session import Room
from bot.services.declared_words import refusal

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
