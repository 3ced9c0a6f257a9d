"""Rebuilding where a case stands from the events that happened to it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from actions.cases.actions import Deed
from actions.cases.case import Case, CaseEvent, Status
from actions.cases.case_state import Standing
from actions.cases.clocks import Calendar, Clock, ClockName, Mark
from actions.cases.event_words import Details, read_details
from actions.cases.lifecycle import Row, row_of


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
) -> Standing | None:
    """Rebuilds where a case stands from its events, oldest first; None where there is none.

    Args:
        events: of one case.
        calendar: of the region.
        days_of_before: of clocks that were started by an event from before events said how many they allow.

    Raises:
        BrokenHistory: an event does not follow from those before it.
    """
    now: Standing | None = None
    for event in events:
        now = follow(now, event, calendar, days_of_before)
    return now


def agrees(case: Case, standing: Standing) -> bool:
    """Whether a case as it is stored is what its events say."""
    told = (case.status, case.agency, case.returns, case.version, case.is_hidden)
    return told == (standing.status, standing.agency, standing.returns, standing.version, standing.is_hidden)


def follow(
    standing: Standing | None, event: CaseEvent, calendar: Calendar, days_of_before: Mapping[ClockName, int] = NO_DAYS
) -> Standing:
    """Where the case stands after an event.

    Args:
        standing: before it; None before the first.
        event: the next.
        calendar: of the region; other holidays than when the event happened move the clocks.
        days_of_before: as in `replay`.

    Raises:
        BrokenHistory: the table has no such step from here.
    """
    came_from, version = (standing.status, standing.version) if standing else (None, 0)
    row = row_of(event)
    if row is None or event.came_from != came_from or event.number != version + 1:
        raise BrokenHistory(event.number)
    details = read_details(event.details) if event.deed else _details_of_before(standing, row, days_of_before)
    known = standing or Standing(status=event.to, agency=event.agency, version=0)
    remember = MEMORIES.get(row.deed)
    return replace(
        known,
        status=event.to,
        agency=event.agency,
        version=event.number,
        clocks=_clocks(known, event, row, details, calendar),
        **(remember(known, event, details) if remember else {}),
    )


type Memory = Callable[[Standing, CaseEvent, Details], dict[str, Any]]
"""What a deed leaves behind beside status, holder and clocks, from where the case stood before."""


def _asked(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event, details
    return {"questions": before.questions + 1, "interrupted": before.status}


def _returned(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event
    return {"returns": before.returns + 1, "suggested": details.suggested, "claimed_by": ""}


def _reopened(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    again = _contested(before, event, details) | {"reopenings": before.reopenings + 1}
    return again | {"ended_at": None, "is_confirmed": False}


def _contested(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event, details
    return {"contests": before.contests + 1, "claimed_by": ""}


def _judged(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    del before
    return {"ended_at": event.at, "judged_by": event.person, "parent": details.parent}


def _appealed(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    del event, details
    return {"appeals": before.appeals + 1, "ended_at": None, "parent": ""}


def _left(before: Standing, event: CaseEvent, details: Details) -> dict[str, Any]:
    del before, details
    return {"ended_at": event.at} if event.to is Status.WITHDRAWN else {"is_left": True, "interrupted": None}


MEMORIES: Mapping[Deed, Memory] = {
    Deed.ASK: _asked,
    Deed.REPLY: lambda *_: {"interrupted": None},
    Deed.RETURN: _returned,
    Deed.DISPUTE_AUTHORITY: _returned,
    Deed.RULE: lambda _, event, __: {"bound": event.agency},
    Deed.ACCEPT: lambda _, event, __: {"claimed_by": event.person},
    Deed.PASS_ON: lambda *_: {"claimed_by": ""},
    Deed.ANSWER: lambda _, event, __: {"answered_by": event.person, "answered_as": event.who.value},
    Deed.DISPUTE: _contested,
    Deed.REOPEN: _reopened,
    Deed.REJECT: _judged,
    Deed.MERGE: _judged,
    Deed.APPEAL: _appealed,
    Deed.CONFIRM: lambda _, event, __: {"ended_at": event.at, "is_confirmed": True},
    Deed.RATE: lambda _, __, details: {"rating": details.rating},
    Deed.WITHDRAW: _left,
    Deed.HIDE: lambda *_: {"is_hidden": True},
    Deed.CLOSE_UNREPLIED: lambda _, event, __: {"ended_at": event.at},
    Deed.CLOSE_UNCONFIRMED: lambda _, event, __: {"ended_at": event.at},
    Deed.REFER: lambda _, event, __: {"ended_at": event.at},
}
"""What each deed leaves behind; one that is not here leaves nothing."""


def _details_of_before(standing: Standing | None, row: Row, days: Mapping[ClockName, int]) -> Details:
    """What an event would say that was written before there were deeds."""
    return Details(days={name.value: days[name] for name in to_start(row, standing) if name in days})


def to_start(row: Row, standing: Standing | None) -> list[ClockName]:
    """The clocks that a row starts; one that runs and is not stopped goes on as it is."""
    return [name for name in row.starts if name in row.stops or standing is None or standing.clock(name) is None]


def _clocks(before: Standing, event: CaseEvent, row: Row, details: Details, calendar: Calendar) -> tuple[Clock, ...]:
    if row.deed in {Deed.REMIND, Deed.ESCALATE}:
        return tuple(
            clock.marked(Mark(details.mark), event.at) if clock.name.value == details.clock else clock
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
