"""In which chats a case's card stands: whoever's turn it is, and a discreet one never in a group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.case import TERMINAL, Case, Status, Visibility
from actions.cases.case_state import CaseState
from actions.people.people import Person
from actions.people.roles import Role
from actions.privacy.visibility import is_confidential
from bot.officers.chat_bindings import ChatBinding, actors_of, chat_bindings, may_see
from tests.unit.actions.acting import REGENCY, Handled, closed, disputed, filed, forwarded, in_progress
from tests.unit.actions.builders import a_case

GROUPS = {"roads": "-1", "inspectorate": "-2", "admin": "-3"}


def person(number: int, *roles: Role, agency: str | None = None) -> Person:
    return Person(number, f"P{number}", frozenset(roles), agency, telegram=str(number))


VERA, ARIF, MODI = person(1, Role.VERIFIER), person(2, Role.ARBITER), person(3, Role.MODERATOR)
LINA, ADE = person(4, Role.LIAISON, agency="roads"), person(5, Role.AGENCY_ADMIN, agency="roads")
WAWAN, INA = person(6, Role.LIAISON, agency="waste"), person(7, Role.LIAISON, agency="inspectorate")
TINA = person(8, Role.TRAINER, Role.AUDITOR)
EVERYBODY = [VERA, ARIF, MODI, LINA, ADE, WAWAN, INA, TINA]
SECRET = {"visibility": Visibility.SECRET}


def places(handled: Handled, groups: dict[str, str] | None = None) -> list[str]:
    case_state = handled.case_state or CaseState(status=handled.case.status, agency=handled.case.agency, version=1)
    return sorted(chat_bindings(handled.case, case_state, GROUPS if groups is None else groups, EVERYBODY, REGENCY))


@pytest.mark.parametrize(
    ("handled", "groups", "chats"),
    [
        (filed(), None, ["1", "3"]),
        (forwarded(), None, ["-1", "3"]),
        (forwarded(), {}, ["3", "4", "5"]),
        (in_progress(), None, ["-1", "3"]),
        (disputed(), None, ["2", "3"]),
        (closed(), None, []),
        (filed(**SECRET, agency="inspectorate"), None, ["7"]),
        (forwarded(**SECRET), None, ["4", "5"]),
        (in_progress(**SECRET), None, ["4", "5"]),
    ],
)
def test_it_stands_where_somebody_must_act(handled: Handled, groups: dict[str, str] | None, chats: list[str]) -> None:
    assert places(handled, groups) == chats


ANY_CASE = st.builds(
    a_case,
    status=st.sampled_from(Status),
    visibility=st.sampled_from(Visibility),
    sensitive=st.booleans(),
    is_hidden=st.booleans(),
    agency=st.sampled_from(sorted(GROUPS)),
)


@given(ANY_CASE, st.integers(0, 4))
def test_nothing_discreet_ever_stands_in_a_group_and_nothing_with_a_trainer(case: Case, contests: int) -> None:
    case_state = CaseState(status=case.status, agency=case.agency, version=1, contests=contests)
    found = chat_bindings(case, case_state, GROUPS, EVERYBODY, REGENCY)
    assert not (is_confidential(case) and any(chat_binding.is_group for chat_binding in found.values()))
    assert not (case.status in TERMINAL and found)
    assert str(TINA.id) not in found


def test_a_case_about_an_agency_is_kept_from_its_people_whatever_their_role() -> None:
    spy = person(9, Role.VERIFIER, agency="roads")
    case = filed(sensitive=True, agency="inspectorate").case
    assert not may_see(spy, case, REGENCY)
    assert not may_see(VERA, case, REGENCY)
    assert not may_see(MODI, case, REGENCY)
    assert not may_see(TINA, case, REGENCY)
    assert may_see(INA, case, REGENCY)


def test_a_person_of_several_roles_has_one_card_with_all_of_them() -> None:
    both = person(9, Role.MODERATOR, Role.VERIFIER)
    now = filed()
    case_state = now.case_state
    assert case_state is not None
    chat_binding = chat_bindings(now.case, case_state, {}, [both], REGENCY)["9"]
    assert chat_binding == ChatBinding("9", is_group=False, actors=actors_of(both))


def test_somebody_who_is_disabled_acts_as_nobody() -> None:
    gone = Person(9, "Gita", frozenset({Role.VERIFIER}), is_active=False, telegram="9")
    assert actors_of(gone) == ()
