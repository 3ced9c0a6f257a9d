"""The facts of a case by which offices are held to account: days, never hours, and nothing that anybody typed. Pure.

They are a row of their own beside the case, changed by `statistics_after` with each event and in its transaction, so that
numbers are counted from them and never from histories. `statistics_of` tells the same from all events of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.cases.actions import CaseAction
from actions.cases.case import AWAITED, Case, CaseEvent, HandlingClass, Status
from actions.cases.decide import days_of_clocks, honest_day
from actions.cases.event_details import read_details
from actions.cases.lifecycle import action_of
from actions.cases.replay import BrokenHistory, follow
from actions.cases.routing import handling_class
from actions.privacy.visibility import is_confidential
from actions.regency.model import Regency


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatistics:
    """What is counted of a case. All days are days of the region's own calendar.

    Attributes:
        ticket: its number.
        received_on: when it was filed.
        agency: who holds it now, and so answers for it.
        category: leaf slug; None where nobody knows.
        district, village: codes; None where the place is not known or lies outside.
        is_open: it is neither secret nor sensitive nor hidden.
        version: of the case; events up to this number are in here.
        changed_on: when something last happened to it.
        due_on: the day by which an answer is promised; None while none is awaited.
        is_late: a promised day has passed without what was promised; it stays so for ever.
        answered_on: when it was first answered.
        solved_on: when it was closed after an answer; None again once it is reopened.
        disputes, reopenings: how often its reporter said that it is not mended.
        rating: 1 to 5 as the reporter gave it for what stands; 0 for none, and silence is none.
    """

    ticket: str
    received_on: date
    agency: str
    category: str | None
    district: str | None
    village: str | None
    status: Status
    is_open: bool
    version: int
    changed_on: date
    due_on: date | None = None
    is_late: bool = False
    answered_on: date | None = None
    solved_on: date | None = None
    disputes: int = 0
    reopenings: int = 0
    rating: int = 0

    @property
    def month(self) -> str:
        """In which it was filed, as "2026-10"."""
        return month_of(self.received_on)

    @property
    def answer_days(self) -> int | None:
        """Days of the calendar that the first answer took; None before it."""
        return (self.answered_on - self.received_on).days if self.answered_on else None


def month_of(day: date) -> str:
    """The month of a day, as "2026-10"."""
    return f"{day:%Y-%m}"


def statistics_after(statistics: CaseStatistics | None, event: CaseEvent, case: Case, day: date) -> CaseStatistics:
    """The facts after one more event.

    Args:
        statistics: before it; None before the first.
        event: the next.
        case: as the event left it.
        day: of the event, by the region's calendar.

    Raises:
        BrokenHistory: an event before this one is missing.
    """
    known = statistics or _received(case, day)
    if event.number != known.version + 1:
        raise BrokenHistory(event.number)
    action = action_of(event)
    learn = LEARNT.get(action) if action else None
    return replace(
        known,
        agency=case.agency,
        category=case.category,
        status=case.status,
        is_open=not is_confidential(case),
        version=event.number,
        changed_on=day,
        due_on=case.deadline if case.status in AWAITED else None,
        is_late=known.is_late or (known.due_on is not None and day > known.due_on),
        **(learn(known, event, day) if learn else {}),
    )


def statistics_of(case: Case, events: Iterable[CaseEvent], regency: Regency) -> CaseStatistics:
    """The same from all events of a case, oldest first.

    Args:
        case: as it stands now.
        events: at least the first.
        regency: its calendar and deadlines.

    Raises:
        BrokenHistory: they are not those of one case.
    """
    told = list(events)
    case_state, statistics = None, None
    then = replace(case, handling_class=_first_class(case, told, regency), deadline=regency.calendar.day(case.filed_at))
    for event in told:
        found = read_details(event.details).handling_class
        then = replace(then, handling_class=HandlingClass(found) if found else then.handling_class)
        case_state = follow(case_state, event, regency.calendar, days_of_clocks(then, regency.deadlines))
        deadline = honest_day(then, case_state, regency) or then.deadline
        then = replace(then, status=event.to, agency=event.agency, deadline=deadline)
        statistics = statistics_after(statistics, event, then, regency.calendar.day(event.at))
    if statistics is None:
        raise BrokenHistory(1)
    return statistics


def _received(case: Case, day: date) -> CaseStatistics:
    place = case.location
    district = place.district or (place.village.rpartition(".")[0] if place.village else None)
    is_inside = place.outside is None and not place.outside_province
    return CaseStatistics(
        ticket=case.ticket,
        received_on=day,
        agency=case.agency,
        category=case.category,
        district=district if is_inside else None,
        village=place.village if is_inside else None,
        status=case.status,
        is_open=not is_confidential(case),
        version=0,
        changed_on=day,
    )


def _first_class(case: Case, events: Iterable[CaseEvent], regency: Regency) -> HandlingClass:
    """How it was to be handled when it was filed: the case itself tells, unless a verifier has changed it since."""
    is_changed = any(read_details(event.details).handling_class for event in events)
    return handling_class(regency.deadlines, case.type, case.category) if is_changed else case.handling_class


type Learn = Callable[[CaseStatistics, CaseEvent, date], dict[str, Any]]
"""What an action adds, from the facts before it and its day."""

LEARNT: Mapping[CaseAction, Learn] = {
    CaseAction.ANSWER: lambda before, _, day: {"answered_on": before.answered_on or day},
    CaseAction.CONFIRM: lambda _, __, day: {"solved_on": day},
    CaseAction.CLOSE_UNCONFIRMED: lambda _, __, day: {"solved_on": day},
    CaseAction.DISPUTE: lambda before, _, __: {"disputes": before.disputes + 1},
    CaseAction.REOPEN: lambda before, _, __: {"reopenings": before.reopenings + 1, "solved_on": None, "rating": 0},
    CaseAction.RATE: lambda _, event, __: {"rating": read_details(event.details).rating},
}
"""A case that was closed because nobody replied to a question was never answered, and is not solved."""
