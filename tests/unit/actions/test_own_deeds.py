"""What a reporter may do with a case of hers, wherever it stands, and what her old buttons still mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Status
from actions.cases.case_state import CaseState
from actions.cases.citizen_actions import QUIET, citizen_actions, is_late, is_promised, reviewer, why_not
from actions.cases.clocks import ClockName
from actions.people.roles import REPORTER, Role
from tests.unit.actions.acting import LEO, LINA, MODI, REMINDED, VERA, WORDS, Handled, filed


def may(case: Handled) -> list[CaseAction]:
    assert case.case_state is not None
    return list(citizen_actions(case.case, case.case_state, case.at, case.regency))


def in_progress() -> Handled:
    return filed().then(CaseAction.FORWARD, VERA, why="rule", agency="roads").then(CaseAction.ACCEPT, LINA)


def answered() -> Handled:
    return in_progress().then(CaseAction.ANSWER, LINA, words=WORDS, photos=1)


def closed_after_silence() -> Handled:
    now = answered()
    for _ in range(4):
        now = now.later(days=8).swept()
    return now


def rejected() -> Handled:
    return filed().then(CaseAction.REJECT, VERA, code="unclear", words=WORDS, mend="Sebutkan tempatnya")


ALWAYS = [CaseAction.ADD, CaseAction.WITHDRAW]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (filed(), ALWAYS),
        (in_progress(), ALWAYS),
        (in_progress().then(CaseAction.ASK, LINA, words="Di mana?"), [CaseAction.REPLY, CaseAction.WITHDRAW]),
        (answered(), [CaseAction.CONFIRM, CaseAction.DISPUTE, *ALWAYS]),
        (answered().then(CaseAction.CONFIRM, REPORTER), [CaseAction.RATE, CaseAction.REOPEN]),
        (answered().then(CaseAction.CONFIRM, REPORTER).then(CaseAction.RATE, REPORTER, rating=5), [CaseAction.REOPEN]),
        (closed_after_silence(), [CaseAction.REOPEN]),
        (rejected(), [CaseAction.APPEAL]),
        (filed().then(CaseAction.WITHDRAW, REPORTER), []),
    ],
)
def test_she_is_offered_what_she_can_do_the_most_urgent_first(case: Handled, expected: list[CaseAction]) -> None:
    assert may(case) == expected


def test_nothing_is_offered_that_comes_too_late() -> None:
    assert may(answered().then(CaseAction.CONFIRM, REPORTER).later(days=31)) == [CaseAction.RATE]
    assert may(rejected().later(days=30)) == []


def test_a_second_time_only_the_arbiter_opens_it_again() -> None:
    again = answered().then(CaseAction.CONFIRM, REPORTER).then(CaseAction.REOPEN, REPORTER, words="mati lagi")
    closed = again.then(CaseAction.ANSWER, LEO, words=WORDS, photos=1).then(CaseAction.CONFIRM, REPORTER)
    assert closed.case_state is not None
    assert CaseAction.REOPEN not in may(closed)
    assert (
        why_not(closed.case, closed.case_state, CaseAction.REOPEN, closed.at, closed.regency)
        == "refused-reopened-before"
    )


def test_whatever_is_offered_is_not_refused() -> None:
    for case in (filed(), in_progress(), answered(), rejected(), answered().then(CaseAction.CONFIRM, REPORTER)):
        assert {case.refuses(action, REPORTER, words="x", rating=1) for action in may(case)} == {""}


@pytest.mark.parametrize(
    ("contests", "supervisory", "expected"),
    [
        (1, False, Role.LIAISON),
        (1, True, Role.AGENCY_ADMIN),
        (2, False, Role.AGENCY_ADMIN),
        (3, False, Role.ARBITER),
        (3, True, Role.ARBITER),
    ],
)
def test_who_looks_at_it_after_so_many_contests(contests: int, expected: Role, *, supervisory: bool) -> None:
    case = answered().then(CaseAction.DISPUTE, REPORTER, words="belum")
    assert isinstance(case.case_state, CaseState)
    contested = CaseState(status=case.case_state.status, agency="roads", version=1, contests=contests)
    assert reviewer(contested, is_supervisory=supervisory) is expected


def test_it_is_late_for_her_only_once_the_day_of_the_answer_has_passed() -> None:
    waiting = filed().later(days=20).swept()
    assert waiting.case_state is not None
    assert waiting.case_state.clock(ClockName.VERIFY) is not None
    assert waiting.case is not None
    promised = waiting.case.deadline
    regency = waiting.regency
    evening = regency.calendar.end(promised)
    assert not is_late(waiting.case, evening - timedelta(seconds=1), regency)
    assert is_late(waiting.case, evening, regency)


@pytest.mark.parametrize(
    ("name", "state", "expected"),
    [
        (ClockName.VERIFY, {}, False),
        (ClockName.VERIFY, {"appeals": 1}, True),
        (ClockName.ACCEPT, {}, False),
        (ClockName.FOLLOW_UP, {}, False),
        (ClockName.FOLLOW_UP, {"contests": 1}, True),
        (ClockName.RESOLVE, {}, True),
        (ClockName.RULE, {}, False),
    ],
)
def test_only_the_answer_is_promised_to_her(name: ClockName, state: dict[str, int], *, expected: bool) -> None:
    case_state = CaseState(status=Status.IN_PROGRESS, agency="roads", version=1, **state)
    assert is_promised(name, case_state) is expected


def test_what_moderators_and_clocks_do_leaves_her_buttons_as_they_were() -> None:
    before = answered()
    hidden = before.then(CaseAction.HIDE, MODI, words="Ada nama orang").later(days=6).swept(REMINDED)
    assert {event.action for event in hidden.events[len(before.events) :]} <= QUIET
    assert may(hidden) == may(before)
