"""Names, roles, and what each role may do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.people.people import (
    MAY,
    OFFICER_ROLES,
    Permission,
    Person,
    PersonRefused,
    Reach,
    check_roles,
    clean_name,
    may,
    name_key,
    who_may,
)
from actions.people.roles import Role
from tests.unit.people.officers import AGENCIES


def a_person(*roles: Role, agency: str | None = None, active: bool = True) -> Person:
    return Person(1, "Rina Dewi", frozenset(roles), agency, active)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Rina Dewi", "Rina Dewi"), ("  Rina \t Dewi ", "Rina Dewi"), ("Re\u0301na", "R\u00e9na"), ("7", "7")],
)
def test_a_name_is_composed_and_has_single_spaces(written: str, kept: str) -> None:
    assert clean_name(written) == kept


@pytest.mark.parametrize("written", ["", "   ", "---", "a" * 81, "Rina\x00", "Rina\u202edewi", "Rina\ud800"])
def test_what_is_no_name_is_refused_in_words(written: str) -> None:
    with pytest.raises(PersonRefused, match="name"):
        clean_name(written)


@pytest.mark.parametrize(
    ("one", "other"), [("Rina Dewi", "rINA  dewi"), ("R\u00c9NA", "re\u0301na"), ("Straße", "STRASSE")]
)
def test_spellings_of_one_name_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@given(st.text())
def test_any_text_can_be_looked_up_and_a_key_is_its_own_key(written: str) -> None:
    assert name_key(name_key(written)) == name_key(written)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.SYSTEM])
def test_nobody_signs_in_as_a_reporter_or_as_the_service(role: Role) -> None:
    assert role not in OFFICER_ROLES
    with pytest.raises(PersonRefused, match="nobody signs in as"):
        check_roles([Role.TRAINER, role], None, AGENCIES)


@pytest.mark.parametrize("role", [Role.LIAISON, Role.AGENCY_ADMIN])
def test_a_role_in_one_agency_needs_the_agency(role: Role) -> None:
    check_roles([role], "dishub", AGENCIES)
    with pytest.raises(PersonRefused, match="--agency"):
        check_roles([role], None, AGENCIES)


def test_an_agency_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(PersonRefused, match=r"no agency dinas; agencies\.csv has admin_ppu, dishub, dpupr"):
        check_roles([Role.LIAISON], "dinas", AGENCIES)


def test_a_person_without_a_role_is_refused() -> None:
    with pytest.raises(PersonRefused, match="needs a role"):
        check_roles([], None, AGENCIES)


def test_every_act_is_for_somebody_and_every_officer_may_do_something() -> None:
    assert MAY.keys() == set(Permission)
    assert {role for command in Permission for role in who_may(command)} == set(OFFICER_ROLES)


@pytest.mark.parametrize("command", Permission)
@pytest.mark.parametrize("role", Role)
def test_the_table_says_who_may_do_what_and_where(command: Permission, role: Role) -> None:
    reach = MAY[command].get(role)
    person = a_person(role, agency="dishub")
    assert may(person, command, "dishub") == (reach is not None)
    assert may(person, command, "dpupr") == (reach is Reach.EVERY_AGENCY)


@pytest.mark.parametrize("command", Permission)
def test_who_is_disabled_may_do_nothing(command: Permission) -> None:
    person = a_person(*OFFICER_ROLES, agency="dishub", active=False)
    assert not may(person, command, "dishub")
    assert not person.has_any(OFFICER_ROLES)


def test_an_admin_and_a_trainer_do_not_see_what_citizens_wrote_in_a_case() -> None:
    assert who_may(Permission.SEE_CASE).isdisjoint({Role.ADMIN, Role.TRAINER})
