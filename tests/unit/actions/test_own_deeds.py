"""What a reporter may do with a case of hers, wherever it stands, and what her old buttons still mean."""

from __future__ import annotations

import pytest

from actions.cases.actions import Deed
from actions.cases.case_state import Standing
from actions.cases.citizen_actions import QUIET, is_late, own_deeds, reviewer, why_not
from actions.people.roles import REPORTER, Role
from tests.unit.actions.acting import LEO, LINA, MODI, REMINDED, VERA, WORDS, Handled, filed


def may(case: Handled) -> list[Deed]:
    assert case.standing is not None
    return list(own_deeds(case.case, case.standing, case.at, case.regency))


def in_progress() -> Handled:
    return filed().then(Deed.FORWARD, VERA, why="rule", agency="roads").then(Deed.ACCEPT, LINA)


def answered() -> Handled:
    return in_progress().then(Deed.ANSWER, LINA, words=WORDS, photos=1)


def closed_after_silence() -> Handled:
    now = answered()
    for _ in range(4):
        now = now.later(days=8).swept()
    return now


def rejected() -> Handled:
    return filed().then(Deed.REJECT, VERA, code="unclear", words=WORDS, mend="Sebutkan tempatnya")


ALWAYS = [Deed.ADD, Deed.WITHDRAW]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (filed(), ALWAYS),
        (in_progress(), ALWAYS),
        (in_progress().then(Deed.ASK, LINA, words="Di mana?"), [Deed.REPLY, Deed.WITHDRAW]),
        (answered(), [Deed.CONFIRM, Deed.DISPUTE, *ALWAYS]),
        (answered().then(Deed.CONFIRM, REPORTER), [Deed.RATE, Deed.REOPEN]),
        (answered().then(Deed.CONFIRM, REPORTER).then(Deed.RATE, REPORTER, rating=5), [Deed.REOPEN]),
        (closed_after_silence(), [Deed.REOPEN]),
        (rejected(), [Deed.APPEAL]),
        (filed().then(Deed.WITHDRAW, REPORTER), []),
    ],
)
def test_she_is_offered_what_she_can_do_the_most_urgent_first(case: Handled, expected: list[Deed]) -> None:
    assert may(case) == expected


def test_nothing_is_offered_that_comes_too_late() -> None:
    assert may(answered().then(Deed.CONFIRM, REPORTER).later(days=31)) == [Deed.RATE]
    assert may(rejected().later(days=30)) == []


def test_a_second_time_only_the_arbiter_opens_it_again() -> None:
    again = answered().then(Deed.CONFIRM, REPORTER).then(Deed.REOPEN, REPORTER, words="mati lagi")
    closed = again.then(Deed.ANSWER, LEO, words=WORDS, photos=1).then(Deed.CONFIRM, REPORTER)
    assert closed.standing is not None
    assert Deed.REOPEN not in may(closed)
    assert why_not(closed.case, closed.standing, Deed.REOPEN, closed.at, closed.regency) == "refused-reopened-before"


def test_whatever_is_offered_is_not_refused() -> None:
    for case in (filed(), in_progress(), answered(), rejected(), answered().then(Deed.CONFIRM, REPORTER)):
        assert {case.refuses(deed, REPORTER, words="x", rating=1) for deed in may(case)} == {""}


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
    case = answered().then(Deed.DISPUTE, REPORTER, words="belum")
    assert isinstance(case.standing, Standing)
    contested = Standing(status=case.standing.status, agency="roads", version=1, contests=contests)
    assert reviewer(contested, is_supervisory=supervisory) is expected


def test_it_is_late_from_the_mark_to_the_step_that_was_waited_for() -> None:
    late = filed().later(days=20).swept()
    assert late.standing is not None
    assert is_late(late.standing)
    forwarded = late.then(Deed.FORWARD, VERA, why="rule", agency="roads")
    assert forwarded.standing is not None
    assert not is_late(forwarded.standing)


def test_what_moderators_and_clocks_do_leaves_her_buttons_as_they_were() -> None:
    before = answered()
    hidden = before.then(Deed.HIDE, MODI, words="Ada nama orang").later(days=6).swept(REMINDED)
    assert {event.deed for event in hidden.events[len(before.events) :]} <= QUIET
    assert may(hidden) == may(before)
