"""What holds of every case, whatever anybody tries to do to it, in whatever order and whenever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases import chain
from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import TERMINAL, CaseEvent, Status
from actions.cases.case_state import CaseState
from actions.cases.decide import decide
from actions.cases.guards import GuardContext
from actions.cases.lifecycle import TABLE, StepRefused, row_of
from actions.cases.replay import agrees
from actions.people.roles import REPORTER, Actor, Role
from tests.unit.actions.acting import EVERYBODY, REGENCY, WORDS, Handled, filed
from tests.unit.actions.builders import NOON, a_case

pytestmark = pytest.mark.thorough

type Try = tuple[CaseAction, Actor, dict[str, Any], GuardContext, int]

AGENCIES = ["roads", "waste", "power", "inspectorate", "nobody's", None]
PARENTS = [None, a_case(ticket="LP-3333-3333"), a_case(ticket="LP-4444-4444", status=Status.CLOSED)]

commands = st.fixed_dictionaries(
    {
        "why": st.sampled_from(["rule", ""]),
        "words": st.sampled_from([WORDS, "akan kami tindak lanjuti", ""]),
        "photos": st.integers(0, 1),
        "agency": st.sampled_from(AGENCIES),
        "code": st.sampled_from(["unclear", ""]),
        "mend": st.just("Sebutkan tempatnya"),
        "parent": st.just("LP-3333-3333"),
        "body": st.just("Ombudsman"),
        "contact": st.just("137"),
        "rating": st.integers(0, 6),
    }
)
facts = st.builds(
    GuardContext,
    parent=st.sampled_from(PARENTS),
    supporters=st.integers(0, 1),
    reminders_delivered=st.integers(0, 2),
)
marks = {CaseAction.REMIND, CaseAction.ESCALATE}
tries = st.tuples(
    st.sampled_from(sorted(set(CaseAction) - marks)),
    st.sampled_from(EVERYBODY),
    commands,
    facts,
    st.integers(0, 14),
)


def tried(attempts: list[Try]) -> Handled:
    """Takes what steps it can, in order, after filing; the service does what is due before each."""
    now = filed()
    for action, who, command, known, days in attempts:
        now = now.later(days=days, hours=1).swept()
        try:
            now = now.then(action, who, known, **command)
        except StepRefused:
            continue
    return now


@given(st.lists(tries, max_size=40))
def test_replaying_a_case_s_events_rebuilds_it(attempts: list[Try]) -> None:
    now = tried(attempts)
    assert now.retold == now.case_state
    assert now.case_state is not None
    assert agrees(now.case, now.case_state)


@given(st.lists(tries, max_size=40))
def test_every_event_took_a_row_of_the_table(attempts: list[Try]) -> None:
    rows = [row_of(event) for event in tried(attempts).events]
    assert all(rows)


@given(st.lists(tries, max_size=40))
def test_a_case_is_always_held_by_an_agency_that_there_is(attempts: list[Try]) -> None:
    assert {event.agency for event in tried(attempts).events} <= REGENCY.agencies.keys()


@given(st.lists(tries, max_size=40))
def test_no_clock_of_an_office_runs_while_the_reporter_is_waited_for_or_when_all_is_over(attempts: list[Try]) -> None:
    now = tried(attempts)
    assert now.case_state is not None
    running = {clock.name for clock in now.case_state.clocks if not clock.is_paused}
    waited_for = {Status.NEEDS_INFO: {"reply"}, Status.ANSWERED: {"confirm"}, Status.DISPUTED_AUTHORITY: {"rule"}}
    if now.case_state.status in TERMINAL:
        assert running <= {"appeal"}
    elif now.case_state.status in waited_for:
        assert running == waited_for[now.case_state.status]
    else:
        assert running


@given(st.lists(tries, max_size=20))
def test_its_chain_is_whole_and_shows_any_event_that_is_taken_out_or_changed(attempts: list[Try]) -> None:
    sealed: list[CaseEvent] = []
    for event in tried(attempts).events:
        sealed.append(chain.seal(event, sealed[-1].hash if sealed else chain.BEGINNING))
    assert chain.verify(sealed) is None
    for place in range(len(sealed)):
        changed = [*sealed[:place], replace(sealed[place], why="something else"), *sealed[place + 1 :]]
        assert chain.verify(changed) == place + 1
        if place < len(sealed) - 1:
            assert chain.verify([*sealed[:place], *sealed[place + 1 :]]) == place + 1


@given(st.sampled_from(Status), st.sampled_from(CaseAction), st.sampled_from(Role))
def test_what_is_not_in_the_table_is_refused(came_from: Status, action: CaseAction, role: Role) -> None:
    if any(row.action is action and came_from in row.came_from and role in row.who for row in TABLE):
        return
    case = a_case(status=came_from, version=1)
    case_state = CaseState(status=came_from, agency="admin", version=1)
    with pytest.raises(StepRefused, match=r"refused-no-such-step|refused-not-yours"):
        decide(case, case_state, CaseCommand(action=action), Actor(role), NOON, REGENCY)


@given(st.lists(tries, max_size=30), st.lists(st.integers(0, 40), min_size=1, max_size=10))
def test_when_the_service_looks_changes_nothing_but_when_it_is_written_down(
    attempts: list[Try], pauses: list[int]
) -> None:
    """However long it was down: each mark comes once, in its order."""
    now = tried(attempts)
    for days in pauses:
        now = replace(now, at=now.at + timedelta(days=days)).swept()
    assert now.case_state is not None
    for clock in now.case_state.clocks:
        come = [mark for mark, _ in clock.past]
        assert len(come) == len(set(come))


def test_who_files_is_the_reporter() -> None:
    assert filed().events[0].who is REPORTER.role
