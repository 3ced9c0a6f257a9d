"""Where a case stands for its own reporter: what she may do, until when, and what the office said last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, HandlingClass, Status
from actions.cases.case_state import CaseState
from actions.cases.citizen_actions import citizen_actions, is_late, reviewer
from actions.cases.clocks import ClockName
from actions.cases.lifecycle import action_of
from actions.cases.officer_handlers import NoSuchCase, case_state_of
from actions.cases.ports import WorkBook
from actions.cases.replay import BrokenHistory
from actions.regency.model import Regency

SAID_LAST = {
    Status.NEEDS_INFO: CaseAction.ASK,
    Status.ANSWERED: CaseAction.ANSWER,
    Status.CLOSED: CaseAction.ANSWER,
    Status.REJECTED: CaseAction.REJECT,
}
"""Whose words she is shown with the status."""
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
    reviewer: str


def standing_part(case: Case, case_state: CaseState, at: datetime, regency: Regency) -> OwnPart:
    """What she may do now, until when her word is waited for, and whether she waits too long herself. Pure."""
    name = HER_CLOCKS.get(case_state.status)
    clock = case_state.clock(name) if name else None
    return {
        "may": tuple(action.value for action in citizen_actions(case, case_state, at, regency)),
        "version": case.version,
        "until": clock.last_day(regency.calendar) if clock else None,
        "is_late": is_late(case_state),
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
    return {**standing_part(case, case_state, at, regency), "said": said}


async def said_last(book: WorkBook, events: Sequence[CaseEvent], action: CaseAction) -> str:
    """What was typed when this was last done."""
    number = next((event.number for event in reversed(events) if action_of(event) is action), 0)
    return (await book.said(events[0].ticket, number)).words if number else ""
