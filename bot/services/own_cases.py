"""Carries out what a citizen does with a case of hers, and says where it stands for her.

Only its reporter gets so far: to anybody else, whatever she pressed or wrote, there is no such case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Case, CaseEvent, HandlingClass, Status
from actions.cases.case_state import CaseState
from actions.cases.citizen_actions import (
    QUIET,
    citizen_actions,
    is_late,
    is_urgent_and_taken,
    reviewer,
    waits_to_be_taken,
    why_not,
)
from actions.cases.clocks import ClockName
from actions.cases.event_words import Enclosure, Saying
from actions.cases.lifecycle import StepRefused, action_of
from actions.cases.officer_handlers import NoSuchCase, Overtaken, Wish, act_on_case, case_state_of
from actions.cases.outcome import Done
from actions.cases.ports import Chance, WorkBook
from actions.cases.replay import BrokenHistory
from actions.cases.ticket import Ticket, read_back
from actions.people.roles import REPORTER, Role
from actions.regency.model import Regency, Region
from bot.conversation.events import Event
from bot.conversation.own_cases.effects import AskOwnCase, DoOwnCase, FindAwaited
from bot.conversation.own_cases.events import (
    AwaitedCase,
    AwaitedFound,
    OwnCaseAsked,
    OwnCaseMoved,
    OwnCaseRefused,
    StatusMissing,
)
from bot.conversation.own_cases.screens import REMARK
from bot.messaging.abilities import AbilitiesOf
from bot.messaging.turn_ports import Citizen

SAID_LAST = {
    Status.NEEDS_INFO: CaseAction.ASK,
    Status.ANSWERED: CaseAction.ANSWER,
    Status.CLOSED: CaseAction.ANSWER,
    Status.REJECTED: CaseAction.REJECT,
}
"""The roles whose last words a reporter is shown with the status."""
HER_CLOCKS = {
    Status.NEEDS_INFO: ClockName.REPLY,
    Status.ANSWERED: ClockName.CONFIRM,
    Status.REJECTED: ClockName.APPEAL,
    Status.MERGED: ClockName.APPEAL,
}
"""Until when her own word counts."""


class OwnPart(TypedDict, total=False):
    """What of a status is the reporter's alone."""

    may: tuple[str, ...]
    version: int
    said: str
    until: date | None
    is_late: bool
    take_hours: int
    is_urgent_and_taken: bool
    reviewer: str
    elsewhere: str


def standing_part(case: Case, case_state: CaseState, at: datetime, regency: Regency) -> OwnPart:
    """What she may do now, until when her word is waited for, and whether the answer is late. Pure."""
    name = HER_CLOCKS.get(case_state.status)
    clock = case_state.clock(name) if name else None
    return {
        "may": tuple(action.value for action in citizen_actions(case, case_state, at, regency)),
        "version": case.version,
        "until": clock.last_day(regency.calendar) if clock else None,
        "is_late": is_late(case, at, regency),
        "take_hours": regency.deadlines.take_hours if waits_to_be_taken(case) else 0,
        "is_urgent_and_taken": is_urgent_and_taken(case),
        "reviewer": reviewer_of(case, case_state),
    }


def reviewer_of(case: Case, case_state: CaseState) -> str:
    """Who looks at it after she contested an answer; "" where she has not, or it is not worked on now."""
    if not case_state.contests or case_state.status is not Status.IN_PROGRESS:
        return ""
    return reviewer(case_state, is_supervisory=case.handling_class is HandlingClass.SUPERVISORY).value


async def own_part(book: WorkBook, regency: Regency, ticket: str, at: datetime) -> OwnPart:
    """The same with what the office said last; nothing of a case whose events cannot be read."""
    try:
        case, case_state, events = await case_state_of(book, regency, ticket)
    except (NoSuchCase, BrokenHistory):
        return {}
    action = SAID_LAST.get(case_state.status)
    said = await said_last(book, events, action) if action else ""
    last = events[-1]
    elsewhere = elsewhere_of(last, await book.said(ticket, last.number)) if is_handed_over(last) else ""
    return {**standing_part(case, case_state, at, regency), "said": said, "elsewhere": elsewhere}


def is_handed_over(event: CaseEvent) -> bool:
    """Whether the service itself has handed a case over to another system with this."""
    return action_of(event) is CaseAction.REFER and event.who is Role.SYSTEM


def elsewhere_of(event: CaseEvent, saying: Saying) -> str:
    """Which system has a case now, under which number; "" where it was not handed over."""
    return f"{saying.body}: {saying.contact}" if is_handed_over(event) and saying.body else ""


async def said_last(book: WorkBook, events: Sequence[CaseEvent], action: CaseAction) -> str:
    """What was typed when this was last done."""
    number = next((event.number for event in reversed(events) if action_of(event) is action), 0)
    return (await book.said(events[0].ticket, number)).words if number else ""


MOST_LOOKED_AT = 20
"""The newest of her cases; one that waits for her for weeks is closed by itself."""
NO_SUCH_STEP = "refused-no-such-step"
"""The one refusal that says less than what was done meanwhile."""
WAITING = frozenset({Status.NEEDS_INFO, Status.ANSWERED})


@dataclass(frozen=True, slots=True)
class OwnCases:
    """The handlers of one citizen's own cases, as the talk needs them."""

    regency: Regency
    chance: Chance
    citizen: Citizen
    abilities_of: AbilitiesOf

    @property
    def reporter(self) -> str:
        """The channel and chat by which cases name this citizen as their reporter."""
        return self.citizen.reporter

    async def carry_out(self, book: WorkBook, effect: AskOwnCase | DoOwnCase | FindAwaited, cause: Event) -> Event:
        """Do what an effect asks, and say what came of it."""
        if isinstance(effect, FindAwaited):
            return await self._find(book, effect, cause)
        case = await book.by_ticket(effect.ticket)
        if case is None or case.reporter != self.reporter or effect.action not in {*CaseAction, REMARK}:
            return StatusMissing(id=cause.id, at=cause.at, number=effect.ticket, mistyped=False)
        if isinstance(effect, AskOwnCase):
            return await self._ask(book, effect, cause)
        return await self._do(book, effect, cause)

    async def _ask(self, book: WorkBook, effect: AskOwnCase, cause: Event) -> Event:
        case, case_state, events = await case_state_of(book, self.regency, effect.ticket)
        since = _loud(events[effect.seen :]) if effect.seen else ""
        why = why_not(case, case_state, CaseAction(effect.action), cause.at, self.regency)
        if why:
            is_told_by_since = bool(since) and why == NO_SUCH_STEP
            return self._refused(case, case_state, effect, cause, why="" if is_told_by_since else why, since=since)
        question = await said_last(book, events, CaseAction.ASK) if effect.action == CaseAction.REPLY else ""
        return OwnCaseAsked(
            id=cause.id, at=cause.at, ticket=case.ticket, action=effect.action, version=case.version, question=question
        )

    async def _do(self, book: WorkBook, effect: DoOwnCase, cause: Event) -> Event:
        try:
            done = await self._carry_out(book, self._wish(effect), cause.at)
        except Overtaken as overtaken:
            return await self._not_done(book, effect, cause, since=_loud(overtaken.since))
        except StepRefused as refused:
            return await self._not_done(book, effect, cause, why=refused.reason_key)
        return _moved(done, effect, cause, self.regency, self._village(done.case))

    def _village(self, case: Case) -> Region | None:
        """Of whose news she may take, in a channel in which they are sent."""
        code, sends_news = case.location.village, self.abilities_of(case.channel).sends_news
        return self.regency.regions.get(code) if code and sends_news else None

    def _wish(self, effect: DoOwnCase) -> Wish:
        action = CaseAction.ADD if effect.action == REMARK else CaseAction(effect.action)
        sent = (Enclosure(file.kind, self.citizen.channel, self.citizen.chat, file.file_id) for file in effect.files)
        return Wish(
            ticket=effect.ticket,
            command=CaseCommand(action=action, words=effect.words, rating=effect.rating),
            who=REPORTER,
            reporter=self.reporter,
            seen=effect.seen or None if action is not CaseAction.ADD else None,
            enclosures=tuple(sent),
        )

    async def _carry_out(self, book: WorkBook, wish: Wish, at: datetime) -> Done:
        """A reminder, a note or a mark of a clock in between does not change what she meant."""
        try:
            return await act_on_case(book, self.regency, wish, at, self.chance)
        except Overtaken as overtaken:
            if _loud(overtaken.since):
                raise
        return await act_on_case(book, self.regency, replace(wish, seen=None), at, self.chance)

    async def _not_done(
        self, book: WorkBook, effect: DoOwnCase, cause: Event, *, why: str = "", since: str = ""
    ) -> Event:
        case, case_state, _ = await case_state_of(book, self.regency, effect.ticket)
        refused = self._refused(case, case_state, effect, cause, why=why, since=since)
        return replace(refused, words=effect.words, files=effect.files)

    def _refused(
        self, case: Case, case_state: CaseState, effect: AskOwnCase | DoOwnCase, cause: Event, *, why: str, since: str
    ) -> OwnCaseRefused:
        may = citizen_actions(case, case_state, cause.at, self.regency)
        return OwnCaseRefused(
            id=cause.id,
            at=cause.at,
            ticket=effect.ticket,
            why=why,
            since=since,
            may=tuple(action.value for action in may),
        )

    async def _find(self, book: WorkBook, effect: FindAwaited, cause: Event) -> Event:
        answered = effect.sent.reply_to
        found = [await self._of_message(book, answered)] if answered else await self._waiting(book)
        cases = [await self._awaited(book, case, cause.at) for case in found if case]
        return AwaitedFound(
            id=cause.id,
            at=cause.at,
            sent=effect.sent,
            cases=tuple(cases),
            is_reply=bool(answered),
            otherwise=effect.otherwise,
        )

    async def _of_message(self, book: WorkBook, message: str) -> Case | None:
        """`message`: the channel's name of a message about the case, or the number that an answer was addressed to."""
        is_number = read_back(message) == [Ticket(message)]
        ticket = message if is_number else await book.case_of_message(replace(self.citizen, owner="").reporter, message)
        case = await book.by_ticket(ticket) if ticket else None
        return case if case and case.reporter == self.reporter else None

    async def _waiting(self, book: WorkBook) -> list[Case]:
        return [case for case in await book.of_reporter(self.reporter, MOST_LOOKED_AT) if case.status in WAITING]

    async def _awaited(self, book: WorkBook, case: Case, at: datetime) -> AwaitedCase:
        part = await own_part(book, self.regency, case.ticket, at)
        return AwaitedCase(case.ticket, part.get("may", ()), part.get("said", ""))


def _loud(events: Sequence[CaseEvent]) -> str:
    """The last of these actions after which her button means something else; "" for none."""
    actions = [action for event in events if (action := action_of(event)) is not None and action not in QUIET]
    return actions[-1].value if actions else ""


def _moved(done: Done, effect: DoOwnCase, cause: Event, regency: Regency, village: Region | None) -> OwnCaseMoved:
    case, case_state = done.case, done.case_state
    verify = case_state.clock(ClockName.VERIFY)
    return OwnCaseMoved(
        id=cause.id,
        at=cause.at,
        ticket=case.ticket,
        action=effect.action,
        agency=case.agency,
        until=verify.last_day(regency.calendar) if verify and done.action is CaseAction.APPEAL else case.deadline,
        reviewer=reviewer_of(case, case_state),
        village=village.code if village else "",
        village_name=village.name if village else "",
    )
