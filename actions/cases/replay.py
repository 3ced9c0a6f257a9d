"""Rebuilding where a case stands from the events that happened to it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from actions.cases.actions import CaseAction
from actions.cases.case import Case, CaseEvent, Status
from actions.cases.case_state import CaseState
from actions.cases.clocks import Calendar, Clock, ClockMark, ClockName
from actions.cases.event_words import Details, read_details
from actions.cases.lifecycle import TransitionRule, row_of


class BrokenHistory(Exception):
    """Events that cannot be those of one case.

    Attributes:
        number: of the first event that does not follow from those before it.
    """

    def __init__(self, number: int) -> None:
        """Keeps the number of the event that does not fit."""
        super().__init__(f"event {number} does not follow from those before it")
        self.number: int = number


NO_DAYS: Mapping[ClockName, int] = {}


def replay(
    events: Iterable[CaseEvent], calendar: Calendar, days_of_before: Mapping[ClockName, int] = NO_DAYS
) -> CaseState | None:
    """Rebuilds where a case stands from its events, oldest first; None where there is none.

    Args:
        events: of one case.
        calendar: of the region.
        days_of_before: of clocks that were started by an event from before events said how many they allow.

    Raises:
        BrokenHistory: an event does not follow from those before it.
    """
    now: CaseState | None = None
    for event in events:
        now = follow(now, event, calendar, days_of_before)
    return now


def agrees(case: Case, case_state: CaseState) -> bool:
    """Whether a case as it is stored is what its events say."""
    names = ("status", "agency", "returns", "version", "is_hidden", "accused")
    return all(getattr(case, name) == getattr(case_state, name) for name in names)


def follow(
    case_state: CaseState | None,
    event: CaseEvent,
    calendar: Calendar,
    days_of_before: Mapping[ClockName, int] = NO_DAYS,
) -> CaseState:
    """Where the case stands after an event.

    Args:
        case_state: before it; None before the first.
        event: the next.
        calendar: of the region; other holidays than when the event happened move the clocks.
        days_of_before: as in `replay`.

    Raises:
        BrokenHistory: the table has no such step from here.
    """
    came_from, version = (case_state.status, case_state.version) if case_state else (None, 0)
    row = row_of(event)
    if row is None or event.came_from != came_from or event.number != version + 1:
        raise BrokenHistory(event.number)
    details = read_details(event.details) if event.action else _details_of_before(case_state, row, days_of_before)
    known = case_state or CaseState(status=event.to, agency=event.agency, version=0)
    remember = MEMORIES.get(row.action)
    return replace(
        known,
        status=event.to,
        agency=event.agency,
        version=event.number,
        clocks=_clocks(known, event, row, details, calendar),
        **(remember(known, event, details) if remember else {}),
    )


type Memory = Callable[[CaseState, CaseEvent, Details], dict[str, Any]]
"""What an action leaves behind beside status, holder and clocks, from where the case stood before."""


def _asked(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event, details
    return {"questions": before.questions + 1, "interrupted": before.status}


def _returned(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event
    return {"returns": before.returns + 1, "suggested": details.suggested, "claimed_by": ""}


def _reopened(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    again = _contested(before, event, details) | {"reopenings": before.reopenings + 1}
    return again | {"ended_at": None, "is_confirmed": False}


def _contested(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event, details
    return {"contests": before.contests + 1, "claimed_by": ""}


def _judged(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    del before
    return {"ended_at": event.at, "judged_by": event.person, "parent": details.parent}


def _appealed(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event, details
    return {"appeals": before.appeals + 1, "ended_at": None, "parent": ""}


def _left(before: CaseState, event: CaseEvent, details: Details) -> dict[str, Any]:
    del before, details
    return {"ended_at": event.at} if event.to is Status.WITHDRAWN else {"is_left": True, "interrupted": None}


MEMORIES: Mapping[CaseAction, Memory] = {
    CaseAction.FILE: lambda _, __, details: {"accused": details.accused},
    CaseAction.ASK: _asked,
    CaseAction.REPLY: lambda *_: {"interrupted": None},
    CaseAction.RETURN: _returned,
    CaseAction.DISPUTE_AUTHORITY: _returned,
    CaseAction.RULE: lambda _, event, __: {"bound": event.agency},
    CaseAction.ACCEPT: lambda _, event, __: {"claimed_by": event.person},
    CaseAction.ASSIGN: lambda _, __, details: {"claimed_by": details.assignee},
    CaseAction.PASS_ON: lambda *_: {"claimed_by": ""},
    CaseAction.ANSWER: lambda _, event, __: {"answered_by": event.person, "answered_as": event.who.value},
    CaseAction.DISPUTE: _contested,
    CaseAction.REOPEN: _reopened,
    CaseAction.REJECT: _judged,
    CaseAction.MERGE: _judged,
    CaseAction.APPEAL: _appealed,
    CaseAction.CONFIRM: lambda _, event, __: {"ended_at": event.at, "is_confirmed": True},
    CaseAction.RATE: lambda _, __, details: {"rating": details.rating},
    CaseAction.WITHDRAW: _left,
    CaseAction.HIDE: lambda *_: {"is_hidden": True},
    CaseAction.CLOSE_UNREPLIED: lambda _, event, __: {"ended_at": event.at},
    CaseAction.CLOSE_UNCONFIRMED: lambda _, event, __: {"ended_at": event.at},
    CaseAction.REFER: lambda _, event, __: {"ended_at": event.at},
}
"""What each action leaves behind; one that is not here leaves nothing."""


def _details_of_before(case_state: CaseState | None, row: TransitionRule, days: Mapping[ClockName, int]) -> Details:
    """What an event would say that was written before there were actions."""
    return Details(days={name.value: days[name] for name in to_start(row, case_state) if name in days})


def to_start(row: TransitionRule, case_state: CaseState | None) -> list[ClockName]:
    """The clocks that a row starts; one that runs and is not stopped goes on as it is."""
    return [name for name in row.starts if name in row.stops or case_state is None or case_state.clock(name) is None]


def _clocks(
    before: CaseState, event: CaseEvent, row: TransitionRule, details: Details, calendar: Calendar
) -> tuple[Clock, ...]:
    if row.action in {CaseAction.REMIND, CaseAction.ESCALATE}:
        return tuple(
            clock.marked(ClockMark(details.mark), event.at) if clock.name.value == details.clock else clock
            for clock in before.clocks
        )
    kept = [clock for clock in before.clocks if clock.name not in row.stops]
    kept = [clock for clock in kept if clock.name.value not in details.days]
    if row.pauses:
        kept = [clock.paused(event.at, calendar) for clock in kept]
    if row.resumes and event.to is not event.came_from:
        kept = [clock.resumed(event.at) for clock in kept]
    started = [Clock(ClockName(name), days, event.at) for name, days in details.days.items()]
    return tuple(sorted([*kept, *started], key=lambda clock: clock.name))
