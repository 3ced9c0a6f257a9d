"""Who among the officers is to hear that a clock of their office has come to a mark. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.cases.actions import CaseAction
from actions.cases.clocks import ClockMark, ClockName
from actions.cases.event_details import read_details
from actions.cases.outcome import Done
from actions.people.roles import Role
from actions.regency.agencies import parents
from actions.regency.model import Regency

BY_CLOCK: Mapping[ClockName, Role] = {
    ClockName.VERIFY: Role.VERIFIER,
    ClockName.VERIFY_AGAIN: Role.VERIFIER,
    ClockName.RULE: Role.ARBITER,
}
"""Clocks that no agency's people are measured by."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Those in a role, of one agency or of any; where a person is named, she alone."""

    role: Role
    agency: str | None = None
    person: str = ""


def audience(done: Done, regency: Regency) -> tuple[Audience, ...]:
    """Whom a mark is for, each mark further up; nobody for anything that is no mark of an office.

    The nudge is for the one who claimed the case, or for its unit; then its admin, that of the agency above it, and in
    the end the national admins, who are the verifiers.
    """
    if done.action is not CaseAction.ESCALATE:
        return ()
    details, agency = read_details(done.event.details), done.case.agency
    own = BY_CLOCK.get(ClockName(details.clock))
    workers = Audience(own) if own else Audience(Role.LIAISON, agency, done.case_state.claimed_by)
    above = next(iter(parents(regency.agencies, agency)), agency) if agency in regency.agencies else agency
    admin = Audience(Role.AGENCY_ADMIN, agency)
    match ClockMark(details.mark):
        case ClockMark.NUDGE:
            return (workers,)
        case ClockMark.UNIT_HEAD | ClockMark.LATE:
            return (workers, admin)
        case ClockMark.AGENCY_HEAD:
            return (workers, admin, Audience(Role.AGENCY_ADMIN, above))
        case ClockMark.NATIONAL:
            return (workers, admin, Audience(Role.AGENCY_ADMIN, above), Audience(Role.VERIFIER))
    return ()
