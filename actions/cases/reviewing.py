"""Who may work on and answer a case, the more often an answer to it was contested the higher. Pure."""

from __future__ import annotations

from actions.cases.case_state import CaseState
from actions.people.roles import Actor, Role

TO_THE_ADMIN, TO_THE_ARBITER = 2, 3
"""The contest from which on the agency's admin answers, and that from which on the arbiter does."""


def reviewers(case_state: CaseState, *, is_supervisory: bool) -> frozenset[Role]:
    """The roles that may answer a case in progress now."""
    if case_state.contests >= TO_THE_ARBITER:
        return frozenset({Role.ARBITER})
    if case_state.contests >= TO_THE_ADMIN or is_supervisory:
        return frozenset({Role.AGENCY_ADMIN})
    return frozenset({Role.LIAISON, Role.AGENCY_ADMIN} if case_state.contests else {Role.LIAISON})


def may_review(case_state: CaseState, who: Actor, *, is_supervisory: bool, is_answer: bool) -> str | None:
    """The key of a refusal, or None.

    A progress note is a liaison's too where somebody above her will answer. After a contest whoever answered before
    does not answer again; but above an arbiter there is nobody.
    """
    roles = reviewers(case_state, is_supervisory=is_supervisory)
    is_at_the_agency = case_state.contests < TO_THE_ARBITER
    if not is_answer and is_at_the_agency:
        roles |= {Role.LIAISON}
    if who.role not in roles:
        return _refusal(roles)
    is_same = bool(who.person) and who.person == case_state.answered_by and who.role is not Role.ARBITER
    return "refused-own-answer" if case_state.contests and is_same else None


def _refusal(roles: frozenset[Role]) -> str:
    if Role.ARBITER in roles:
        return "refused-answer-of-arbiter"
    return "refused-answer-of-liaison" if Role.LIAISON in roles else "refused-answer-of-admin"
