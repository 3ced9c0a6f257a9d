"""Rebuilding where a case stands from the steps it took. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actions.case import Case, CaseEvent, Status
from actions.lifecycle import TABLE


class BrokenHistory(Exception):
    """Events that cannot be those of one case.

    Attributes:
        number: of the first event that does not follow from those before it.
    """

    def __init__(self, number: int) -> None:
        """Takes the event's number."""
        super().__init__(f"event {number} does not follow from those before it")
        self.number: int = number


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case's events say of it."""

    status: Status
    agency: str
    returns: int
    version: int


def standing(case: Case) -> Standing:
    """The part of a case that its events rebuild."""
    return Standing(case.status, case.agency, case.returns, case.version)


def replay(events: Iterable[CaseEvent]) -> Standing | None:
    """Rebuilds where a case stands from its events, oldest first; None where there is none.

    Raises:
        BrokenHistory: an event does not follow from those before it.
    """
    now: Standing | None = None
    for event in events:
        version = now.version if now else 0
        rows = [
            row for row in TABLE if event.came_from in row.came_from and row.to is event.to and event.who in row.who
        ]
        if event.number != version + 1 or event.came_from != (now.status if now else None) or not rows:
            raise BrokenHistory(event.number)
        returns = (now.returns if now else 0) + rows[0].is_return
        now = Standing(event.to, event.agency, returns, event.number)
    return now
