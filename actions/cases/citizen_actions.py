"""What a reporter may do now with a case of hers. Pure."""

from __future__ import annotations

from datetime import datetime

from actions.cases.actions import Act, Deed
from actions.cases.case import OPEN, Case
from actions.cases.case_state import Standing
from actions.cases.clocks import Mark
from actions.cases.decide import decide
from actions.cases.lifecycle import Refused
from actions.cases.officer_handlers import buttons
from actions.cases.routing import reviewers
from actions.people.roles import REPORTER, Role
from actions.regency.model import Regency

AWAITED_OF_HER = (Deed.REPLY, Deed.CONFIRM, Deed.DISPUTE)
"""What an office waits for."""
AFTER_THE_END = (Deed.RATE, Deed.REOPEN, Deed.APPEAL)
AT_ANY_TIME = (Deed.ADD, Deed.WITHDRAW)
QUIET = frozenset({Deed.ADD, Deed.ESCALATE, Deed.HIDE, Deed.NOTE, Deed.RATE, Deed.REDACT, Deed.REMIND})
"""Deeds after which a button of hers that was shown before still means the same."""


def own_deeds(case: Case, standing: Standing, at: datetime, regency: Regency) -> tuple[Deed, ...]:
    """What its reporter may do now, the most urgent first: nothing that would then be refused for being too late."""
    offered = buttons(case, standing, [REPORTER], regency)
    wanted = [*AWAITED_OF_HER, *AFTER_THE_END, *(AT_ANY_TIME if standing.status in OPEN else ())]
    return tuple(deed for deed in wanted if deed in offered and not why_not(case, standing, deed, at, regency))


def why_not(case: Case, standing: Standing, deed: Deed, at: datetime, regency: Regency) -> str:
    """The key of why its reporter may not do this now, however much she says; "" where she may."""
    complete = Act(deed=deed, words="-", words_digest="-", rating=1)
    try:
        decide(case, standing, complete, REPORTER, at, regency)
    except Refused as refused:
        return refused.reason_key
    return ""


def reviewer(standing: Standing, *, is_supervisory: bool) -> Role:
    """Who looks at a case after she contested its answer: the lowest of those who may."""
    may = reviewers(standing, is_supervisory=is_supervisory)
    return next(role for role in (Role.LIAISON, Role.AGENCY_ADMIN, Role.ARBITER) if role in may)


def is_late(standing: Standing) -> bool:
    """Whether a day that was promised to her has passed without its clock being stopped."""
    return any(mark is Mark.LATE for clock in standing.clocks if not clock.is_paused for mark, _ in clock.past)
