"""What the service itself must do with a case, and when: reminders, escalations, closing after silence. Pure."""

from __future__ import annotations

from datetime import datetime

from actions.cases.actions import Act, Deed
from actions.cases.case_state import Standing
from actions.cases.clocks import OFFICES, ClockName, Mark
from actions.regency.model import Regency


def next_act(standing: Standing, regency: Regency) -> tuple[datetime, Act] | None:
    """The first thing that the service itself must do, and when; None when nothing is to come.

    It is an act like any other, and the same table decides on it.
    """
    marks = [(clock.name, clock.next_mark(regency.deadlines.ladder, regency.calendar)) for clock in standing.clocks]
    coming = [(found[0], name, found[1]) for name, found in marks if found]
    if not coming:
        return None
    moment, name, mark = min(coming, key=lambda one: (one[0], list(ClockName).index(one[1])))
    return moment, _act(name, mark)


def next_due_at(standing: Standing, regency: Regency) -> datetime | None:
    """When the service itself must next look at the case; None for never, until somebody acts."""
    found = next_act(standing, regency)
    return found[0] if found else None


def due(standing: Standing, now: datetime, regency: Regency) -> Act | None:
    """The one act that is due now; after it is done, ask again, for a service that was down has several to do."""
    found = next_act(standing, regency)
    return found[1] if found and found[0] <= now else None


def look_again(now: datetime, regency: Regency) -> datetime:
    """When to try again what the table refused for now: the next working morning."""
    calendar = regency.calendar
    return calendar.opening(calendar.after(calendar.day(now), 1))


def _act(name: ClockName, mark: Mark) -> Act:
    if name in OFFICES:
        return Act(deed=Deed.ESCALATE, clock=name.value, mark=mark.value)
    if mark is Mark.SILENCE:
        is_question = name is ClockName.REPLY
        return Act(deed=Deed.CLOSE_UNREPLIED if is_question else Deed.CLOSE_UNCONFIRMED, why="silence")
    return Act(deed=Deed.REMIND, clock=name.value, mark=mark.value)
