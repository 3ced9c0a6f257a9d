"""The steps a case may take, and those it may not: filing, forwarding, passing on, returning, withdrawing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import OPEN, Case, Status, Visibility
from actions.cases.case_state import CaseState
from actions.cases.decide import decide
from actions.cases.lifecycle import StepRefused
from actions.cases.replay import BrokenHistory, replay
from actions.people.roles import REPORTER, SYSTEM, Role
from tests.unit.actions.acting import ADE, REGENCY, VERA, VITO, filed, forwarded
from tests.unit.actions.builders import NOON, a_case


def standing_at(status: Status) -> tuple[Case, CaseState]:
    return a_case(status=status, version=3), CaseState(status=status, agency="admin", version=3)


def test_filing_is_the_first_event_and_comes_from_no_status() -> None:
    decision = decide(
        a_case(), None, CaseCommand(action=CaseAction.FILE, why="filed", words_digest="d1"), REPORTER, NOON, REGENCY
    )
    event = decision.event
    assert (decision.case.status, decision.case.version) == (Status.RECEIVED, 1)
    assert (event.came_from, event.to, event.number, event.words_digest) == (None, Status.RECEIVED, 1, "d1")
    assert (event.who, event.at, event.why, event.agency) == (Role.REPORTER, NOON, "filed", "admin")


def test_the_system_forwards_what_the_citizen_categorised() -> None:
    decision = filed().decision(CaseAction.FORWARD, SYSTEM, why="rule", agency="roads")
    case, event = decision.case, decision.event
    assert (case.status, case.agency, case.version) == (Status.FORWARDED, "roads", 2)
    assert (event.came_from, event.to, event.number, event.agency) == (
        Status.RECEIVED,
        Status.FORWARDED,
        2,
        "roads",
    )


@pytest.mark.parametrize("held", [{"category": None}, {"sensitive": True}, {"visibility": Visibility.SECRET}])
def test_the_system_holds_back_what_is_unclear_secret_or_sensitive_but_a_verifier_may_forward_it(
    held: Any,
) -> None:
    received = filed(**held)
    assert received.refuses(CaseAction.FORWARD, SYSTEM, why="rule", agency="roads") == "refused-held-back"
    assert received.then(CaseAction.FORWARD, VERA, why="read", agency="waste").case.agency == "waste"


def test_nothing_is_forwarded_without_a_reason() -> None:
    assert filed().refuses(CaseAction.FORWARD, VERA, why=" ", agency="roads") == "refused-no-reason"


def test_an_agency_admin_passes_a_case_on_among_the_units_of_one_government() -> None:
    case = forwarded().then(CaseAction.PASS_ON, ADE, agency="waste").case
    assert (case.status, case.agency, case.returns) == (Status.FORWARDED, "waste", 0)


@pytest.mark.parametrize(
    ("agency", "key"),
    [("power", "refused-other-government"), ("roads", "refused-same-agency"), (None, "refused-no-agency")],
)
def test_an_agency_admin_passes_a_case_on_to_nobody_else(agency: str | None, key: str) -> None:
    assert forwarded().refuses(CaseAction.PASS_ON, ADE, agency=agency) == key


def test_a_case_is_returned_once() -> None:
    back = forwarded().then(CaseAction.RETURN, ADE, why="not ours")
    assert (back.case.status, back.case.agency, back.case.returns) == (Status.RECEIVED, "admin", 1)
    again = back.then(CaseAction.FORWARD, VERA, why="it is", agency="roads")
    assert again.refuses(CaseAction.RETURN, ADE, why="not ours") == "refused-returned-before"


@pytest.mark.parametrize("status", sorted(OPEN))
def test_the_reporter_withdraws_what_is_open(status: Status) -> None:
    case, case_state = standing_at(status)
    decision = decide(case, case_state, CaseCommand(action=CaseAction.WITHDRAW), REPORTER, NOON, REGENCY)
    assert decision.case.status is Status.WITHDRAWN


@pytest.mark.parametrize("status", sorted(set(Status) - OPEN))
def test_what_is_over_is_not_withdrawn(status: Status) -> None:
    case, case_state = standing_at(status)
    with pytest.raises(StepRefused, match="refused-no-such-step"):
        decide(case, case_state, CaseCommand(action=CaseAction.WITHDRAW), REPORTER, NOON, REGENCY)


def test_nobody_withdraws_another_s_case() -> None:
    assert filed().refuses(CaseAction.WITHDRAW, VITO) == "refused-not-yours"


def test_a_step_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026"):
        decide(a_case(), None, CaseCommand(action=CaseAction.FILE), REPORTER, NOON.replace(tzinfo=None), REGENCY)


def test_no_events_are_no_case() -> None:
    assert replay([], REGENCY.calendar) is None


def test_events_with_one_missing_are_no_history() -> None:
    events = forwarded().then(CaseAction.RETURN, ADE, why="not ours", agency="waste").events
    with pytest.raises(BrokenHistory) as broken:
        replay([events[0], events[2]], REGENCY.calendar)
    assert broken.value.number == 3


def test_a_category_that_is_not_offered_any_more_stays_with_its_case_and_is_found_for_no_other() -> None:
    retired = replace(REGENCY.categories["sampah"], is_offered=False)
    regency = replace(REGENCY, categories={**REGENCY.categories, "sampah": retired})
    there = replace(filed(category="sampah"), regency=regency)
    kept = there.then(CaseAction.FORWARD, VERA, why="read", agency="waste", category="sampah")
    assert kept.case.category == "sampah"
    other = replace(filed(), regency=regency)
    with pytest.raises(StepRefused, match="unknown-category"):
        other.then(CaseAction.FORWARD, VERA, why="read", agency="waste", category="sampah")
