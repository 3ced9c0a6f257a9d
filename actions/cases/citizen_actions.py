"""What a reporter may do now with a case of hers. Pure."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import AWAITED, OPEN, Case, Severity, Status
from actions.cases.case_state import CaseState
from actions.cases.clocks import ClockName
from actions.cases.decide import awaited_clock, permitted
from actions.cases.lifecycle import StepRefused
from actions.cases.routing import reviewers
from actions.people.roles import REPORTER, Role
from actions.regency.model import Regency

AWAITED_OF_HER = (CaseAction.REPLY, CaseAction.CONFIRM, CaseAction.DISPUTE)
"""What an office waits for."""
AFTER_THE_END = (CaseAction.RATE, CaseAction.REOPEN, CaseAction.APPEAL)
AT_ANY_TIME = (CaseAction.ADD, CaseAction.WITHDRAW)
QUIET = frozenset(
    {
        CaseAction.ADD,
        CaseAction.ESCALATE,
        CaseAction.HIDE,
        CaseAction.NOTE,
        CaseAction.RATE,
        CaseAction.REDACT,
        CaseAction.REMIND,
    }
)
"""Deeds after which a button of hers that was shown before still means the same."""


def citizen_actions(
    case: Case, case_state: CaseState, at: datetime, regency: Regency, among: Container[str] | None = None
) -> tuple[CaseAction, ...]:
    """What its reporter may do now, the most urgent first: nothing that would then be refused for being too late.

    `among`: only these are looked at; None for all.
    """
    wanted = [*AWAITED_OF_HER, *AFTER_THE_END, *(AT_ANY_TIME if case_state.status in OPEN else ())]
    asked = wanted if among is None else [action for action in wanted if action.value in among]
    return tuple(action for action in asked if not why_not(case, case_state, action, at, regency))


def why_not(case: Case, case_state: CaseState, action: CaseAction, at: datetime, regency: Regency) -> str:
    """The key of why its reporter may not do this now, however much she says; "" where she may."""
    complete = CaseCommand(action=action, words="-", words_digest="-", rating=1)
    try:
        permitted(case, case_state, complete, REPORTER, at, regency)
    except StepRefused as refused:
        return refused.reason_key
    return ""


def reviewer(case_state: CaseState, *, is_supervisory: bool) -> Role:
    """Who looks at a case after she contested its answer: the lowest of those who may."""
    may = reviewers(case_state, is_supervisory=is_supervisory)
    return next(role for role in (Role.LIAISON, Role.AGENCY_ADMIN, Role.ARBITER) if role in may)


def is_late(case: Case, at: datetime, regency: Regency) -> bool:
    """Whether the day of the answer, which was promised to her, has passed while an office has still to act."""
    return case.status in AWAITED and regency.calendar.day(at) > case.deadline


def waits_to_be_taken(case: Case) -> bool:
    """Whether a case is urgent, and nobody whom it came to has taken it yet."""
    return awaited_clock(case) is ClockName.TAKE


def is_urgent_and_taken(case: Case) -> bool:
    """Whether a case is urgent, and somebody is at work on it."""
    return case.severity is Severity.URGENT and case.status is Status.IN_PROGRESS


def is_promised(name: ClockName, case_state: CaseState) -> bool:
    """Whether the reporter was told the last day of this office clock; of every other she hears nothing.

    That is the clock of the answer; after a contest that of the next word; after an appeal that of the other verifier.
    """
    if name is ClockName.FOLLOW_UP:
        return case_state.contests > 0 and case_state.clock(ClockName.RESOLVE) is None
    return name is ClockName.RESOLVE or (name is ClockName.VERIFY and case_state.appeals > 0)
