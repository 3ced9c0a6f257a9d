"""What the service itself must do with a case, and when: reminders, escalations, closing after silence. Pure."""

from __future__ import annotations

from datetime import datetime

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case_state import CaseState
from actions.cases.clocks import OFFICES, ClockMark, ClockName
from actions.regency.model import Regency


def next_act(case_state: CaseState, regency: Regency) -> tuple[datetime, CaseCommand] | None:
    """The first thing that the service itself must do, and when; None when nothing is to come.

    It is an act like any other, and the same table decides on it.
    """
    marks = [(clock.name, clock.next_mark(regency.deadlines.ladder, regency.calendar)) for clock in case_state.clocks]
    coming = [(found[0], name, found[1]) for name, found in marks if found]
    if not coming:
        return None
    moment, name, mark = min(coming, key=lambda one: (one[0], list(ClockName).index(one[1])))
    return moment, _act(name, mark)


def next_due_at(case_state: CaseState, regency: Regency) -> datetime | None:
    """When the service itself must next look at the case; None for never, until somebody acts."""
    found = next_act(case_state, regency)
    return found[0] if found else None


def due(case_state: CaseState, now: datetime, regency: Regency) -> CaseCommand | None:
    """The one act that is due now; after it is done, ask again, for a service that was down has several to do."""
    found = next_act(case_state, regency)
    return found[1] if found and found[0] <= now else None


def look_again(now: datetime, regency: Regency) -> datetime:
    """When to try again what the table refused for now: the next working morning."""
    calendar = regency.calendar
    return calendar.opening(calendar.after(calendar.day(now), 1))


def _act(name: ClockName, mark: ClockMark) -> CaseCommand:
    if name in OFFICES:
        return CaseCommand(action=CaseAction.ESCALATE, clock=name.value, mark=mark.value)
    if mark is ClockMark.SILENCE:
        is_question = name is ClockName.REPLY
        return CaseCommand(
            action=CaseAction.CLOSE_UNREPLIED if is_question else CaseAction.CLOSE_UNCONFIRMED, why="silence"
        )
    return CaseCommand(action=CaseAction.REMIND, clock=name.value, mark=mark.value)
