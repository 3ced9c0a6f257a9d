"""A case in an officer's hands: whether she may read it, what she may do now, why not, and what came between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent
from actions.cases.case_state import CaseState
from actions.cases.decide import decide
from actions.cases.lifecycle import StepRefused, action_of
from actions.cases.officer_handlers import NoSuchCase, buttons, case_state_of
from actions.people.people import Person
from actions.people.roles import Actor
from actions.privacy.visibility import is_confidential
from actions.store.cases.officer_work import names_of
from actions.store.messages.groups import SqlGroups
from bot.conversation.screen import Label, LabelSource, Line, Value, line
from bot.officers.chat_bindings import actors_of, may_see
from bot.officers.session import OfficersSession
from bot.services.refusing import refusal

BESIDE_THE_CASE = frozenset({CaseAction.ESCALATE, CaseAction.REMIND, CaseAction.RATE})
"""After these a case stands as it stood."""


@dataclass(frozen=True, slots=True)
class CaseAccess:
    """A case in the hands of somebody who may read it.

    Attributes:
        person, account: who, by name and by Telegram's id.
        at: when she pressed or wrote.
        offered: what she may do now, and in which role.
        is_here: the case may be worked on in this chat: it is hers alone, or the group of the agency that has the case.
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
    if not may_see(person, case, regency):
        return line("refused-not-yours")
    if is_confidential(case) and account != session.chat:
        return line("officer-in-private")
    offered = buttons(case, case_state, actors_of(person), regency)
    is_alone = account == session.chat
    is_here = is_alone or await SqlGroups(session.connection).agency_of(session.chat) == case.agency
    return CaseAccess(case, case_state, events, person, account, at, offered, is_here)


def why_not(session: OfficersSession, case_access: CaseAccess, action: CaseAction) -> Line:
    """Why an action is not hers now: as the table says it in that of her roles that comes nearest."""
    refused = [_refused(session, case_access, action, actor) for actor in actors_of(case_access.person)]
    keys = [one for one in refused if one and one.reason_key != "refused-not-yours"]
    return refusal(keys[0]) if keys else line("refused-not-yours")


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
