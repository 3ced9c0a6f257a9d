"""The steps a case may take, and those it may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.case import Case, CaseEvent, Status, Visibility, Who
from actions.lifecycle import OPEN, TABLE, Refused, transition
from actions.replay import BrokenHistory, replay, standing
from tests.unit.actions.builders import NOON, a_case

type Step = tuple[Status, Who, str | None, str]
GOVERNMENT = ("admin", "roads", "waste")


def refusal(case: Case, to: Status, who: Who, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        transition(case, to, who, NOON, more.pop("why", "because"), **more)
    return refused.value.reason_key


def filed(**changes: Any) -> Case:
    return transition(a_case(**changes), Status.RECEIVED, Who.REPORTER, NOON, "")[0]


def forwarded(**changes: Any) -> Case:
    return transition(filed(**changes), Status.FORWARDED, Who.SYSTEM, NOON, "rule", "roads")[0]


def test_filing_is_the_first_event_and_comes_from_no_status() -> None:
    case, event = transition(a_case(), Status.RECEIVED, Who.REPORTER, NOON, "filed", words_digest="d1")
    assert (case.status, case.version) == (Status.RECEIVED, 1)
    assert (event.came_from, event.to, event.number, event.words_digest) == (None, Status.RECEIVED, 1, "d1")
    assert (event.who, event.at, event.why, event.agency) == (Who.REPORTER, NOON, "filed", "admin")


def test_the_system_forwards_what_the_citizen_categorised() -> None:
    case, event = transition(filed(), Status.FORWARDED, Who.SYSTEM, NOON, "rule", "roads")
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
    assert refusal(filed(**held), Status.FORWARDED, Who.SYSTEM, agency="roads") == "refused-held-back"
    assert transition(filed(**held), Status.FORWARDED, Who.VERIFIER, NOON, "read", "roads")[0].agency == "roads"


def test_nothing_is_forwarded_without_a_reason() -> None:
    assert refusal(filed(), Status.FORWARDED, Who.VERIFIER, why=" ") == "refused-no-reason"


def test_an_agency_admin_passes_a_case_on_among_the_units_of_one_government() -> None:
    case, _ = transition(forwarded(), Status.FORWARDED, Who.AGENCY_ADMIN, NOON, "", "waste", siblings=GOVERNMENT)
    assert (case.status, case.agency, case.returns) == (Status.FORWARDED, "waste", 0)


@pytest.mark.parametrize(
    ("agency", "key"),
    [("power", "refused-other-government"), ("roads", "refused-same-agency"), (None, "refused-no-agency")],
)
def test_an_agency_admin_passes_a_case_on_to_nobody_else(agency: str | None, key: str) -> None:
    step = {"agency": agency, "siblings": GOVERNMENT}
    assert refusal(forwarded(), Status.FORWARDED, Who.AGENCY_ADMIN, **step) == key


def test_a_case_is_returned_once() -> None:
    case, _ = transition(forwarded(), Status.RECEIVED, Who.AGENCY_ADMIN, NOON, "not ours", "admin")
    assert (case.status, case.agency, case.returns) == (Status.RECEIVED, "admin", 1)
    again, _ = transition(case, Status.FORWARDED, Who.VERIFIER, NOON, "it is", "roads")
    assert refusal(again, Status.RECEIVED, Who.AGENCY_ADMIN, agency="admin") == "refused-returned-before"


@pytest.mark.parametrize("status", sorted(OPEN))
def test_the_reporter_withdraws_what_is_open(status: Status) -> None:
    case, _ = transition(a_case(status=status, version=3), Status.WITHDRAWN, Who.REPORTER, NOON, "")
    assert case.status is Status.WITHDRAWN


@pytest.mark.parametrize("status", sorted(set(Status) - OPEN))
def test_what_is_over_is_not_withdrawn(status: Status) -> None:
    over = a_case(status=status, version=3)
    assert refusal(over, Status.WITHDRAWN, Who.REPORTER) == "refused-no-such-step"


def test_nobody_withdraws_another_s_case() -> None:
    assert refusal(filed(), Status.WITHDRAWN, Who.VERIFIER) == "refused-not-yours"


@given(st.sampled_from(Status), st.sampled_from(Status), st.sampled_from(Who))
def test_what_is_not_in_the_table_is_refused(came_from: Status, to: Status, who: Who) -> None:
    in_table = any(came_from in row.came_from and to is row.to and who in row.who for row in TABLE)
    if not in_table:
        key = refusal(a_case(status=came_from, version=1), to, who, agency="roads")
        assert key in {"refused-no-such-step", "refused-not-yours"}


def test_a_step_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="2026"):
        transition(a_case(), Status.RECEIVED, Who.REPORTER, NOON.replace(tzinfo=None), "")


steps = st.tuples(
    st.sampled_from(Status),
    st.sampled_from(Who),
    st.sampled_from(["roads", "waste", "power", None]),
    st.just("why"),
)


def taken(attempts: list[Step]) -> tuple[Case, list[CaseEvent]]:
    """Takes what steps it can, in order, after filing."""
    case, event = transition(a_case(), Status.RECEIVED, Who.REPORTER, NOON, "")
    events = [event]
    for hours, (to, who, agency, why) in enumerate(attempts, 1):
        try:
            at = datetime(2026, 3, 3, tzinfo=UTC) + timedelta(hours=hours)
            case, event = transition(case, to, who, at, why, agency, siblings=GOVERNMENT)
        except Refused:
            continue
        events.append(event)
    return case, events


@given(st.lists(steps, max_size=40))
def test_replaying_a_case_s_events_rebuilds_it(attempts: list[Step]) -> None:
    case, events = taken(attempts)
    assert replay(events) == standing(case)


def test_no_events_are_no_case() -> None:
    assert replay([]) is None


def test_events_with_one_missing_are_no_history() -> None:
    forward, back = (
        (Status.FORWARDED, Who.SYSTEM, "roads", "r"),
        (Status.RECEIVED, Who.AGENCY_ADMIN, "waste", "r"),
    )
    _, events = taken([forward, back])
    with pytest.raises(BrokenHistory) as broken:
        replay([events[0], events[2]])
    assert broken.value.number == 3
