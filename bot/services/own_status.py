"""Where a case stands for its own reporter: what she may do, until when, and what the office said last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

from actions.cases.actions import Deed
from actions.cases.case import Case, CaseEvent, HandlingClass, Status
from actions.cases.case_state import Standing
from actions.cases.citizen_actions import is_late, own_deeds, reviewer
from actions.cases.clocks import ClockName
from actions.cases.lifecycle import deed_of
from actions.cases.officer_handlers import NoSuchCase, standing_of
from actions.cases.ports import WorkBook
from actions.cases.replay import BrokenHistory
from actions.regency.model import Regency

SAID_LAST = {
    Status.NEEDS_INFO: Deed.ASK,
    Status.ANSWERED: Deed.ANSWER,
    Status.CLOSED: Deed.ANSWER,
    Status.REJECTED: Deed.REJECT,
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


def standing_part(case: Case, standing: Standing, at: datetime, regency: Regency) -> OwnPart:
    """What she may do now, until when her word is waited for, and whether she waits too long herself. Pure."""
    name = HER_CLOCKS.get(standing.status)
    clock = standing.clock(name) if name else None
    return {
        "may": tuple(deed.value for deed in own_deeds(case, standing, at, regency)),
        "version": case.version,
        "until": clock.last_day(regency.calendar) if clock else None,
        "is_late": is_late(standing),
        "reviewer": reviewer_of(case, standing),
    }


def reviewer_of(case: Case, standing: Standing) -> str:
    """Who looks at it after she contested an answer; "" where she has not, or it is not worked on now."""
    if not standing.contests or standing.status is not Status.IN_PROGRESS:
        return ""
    return reviewer(standing, is_supervisory=case.handling_class is HandlingClass.SUPERVISORY).value


async def own_part(book: WorkBook, regency: Regency, ticket: str, at: datetime) -> OwnPart:
    """The same with what the office said last; nothing of a case whose events cannot be read."""
    try:
        case, standing, events = await standing_of(book, regency, ticket)
    except (NoSuchCase, BrokenHistory):
        return {}
    deed = SAID_LAST.get(standing.status)
    said = await said_last(book, events, deed) if deed else ""
    return {**standing_part(case, standing, at, regency), "said": said}


async def said_last(book: WorkBook, events: Sequence[CaseEvent], deed: Deed) -> str:
    """What was typed when this was last done."""
    number = next((event.number for event in reversed(events) if deed_of(event) is deed), 0)
    return (await book.said(events[0].ticket, number)).words if number else ""
