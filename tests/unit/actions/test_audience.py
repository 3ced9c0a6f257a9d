"""Each mark of an office's clock is heard further up."""

from __future__ import annotations

import pytest

from actions.cases.actions import CaseAction
from actions.cases.audience import Audience, audience
from actions.cases.outcome import Done
from actions.people.roles import Role
from tests.unit.actions.acting import LINA, REGENCY, Handled, disputed, filed, forwarded, in_progress

VERIFIERS, ARBITERS = Audience(Role.VERIFIER), Audience(Role.ARBITER)
ROADS, ROADS_ADMIN = Audience(Role.LIAISON, "roads"), Audience(Role.AGENCY_ADMIN, "roads")
HERSELF = Audience(Role.LIAISON, "roads", "lina")


def meaning(before: Handled, clock: str, mark: str) -> tuple[Audience, ...]:
    """Who hears of this mark, once it comes."""
    now = before
    for _ in range(60):
        now = now.later(days=1).swept()
        marks = [event for event in now.events if f'"clock":"{clock}"' in event.details and event.why == mark]
        if marks and now.case_state:
            done = Done(before=now.case, case=now.case, event=marks[0], day=now.at.date(), case_state=now.case_state)
            return audience(done, REGENCY)
    raise LookupError(mark)


@pytest.mark.parametrize(
    ("case", "clock", "mark", "told"),
    [
        (forwarded(), "accept", "nudge", {ROADS}),
        (in_progress(), "resolve", "nudge", {HERSELF}),
        (in_progress(), "resolve", "unit_head", {HERSELF, ROADS_ADMIN}),
        (in_progress(), "resolve", "late", {HERSELF, ROADS_ADMIN}),
        (in_progress(), "resolve", "agency_head", {HERSELF, ROADS_ADMIN, Audience(Role.AGENCY_ADMIN, "admin")}),
        (
            in_progress(),
            "resolve",
            "national",
            {HERSELF, ROADS_ADMIN, Audience(Role.AGENCY_ADMIN, "admin"), VERIFIERS},
        ),
        (filed(), "verify", "nudge", {VERIFIERS}),
        (disputed(), "rule", "nudge", {ARBITERS}),
    ],
)
def test_who_hears_of_a_mark(case: Handled, clock: str, mark: str, told: set[Audience]) -> None:
    assert set(meaning(case, clock, mark)) == told


def test_nobody_is_alarmed_by_anything_else() -> None:
    now = forwarded().then(CaseAction.ACCEPT, LINA)
    assert now.case_state is not None
    done = Done(before=now.case, case=now.case, event=now.events[-1], day=now.at.date(), case_state=now.case_state)
    assert audience(done, REGENCY) == ()
