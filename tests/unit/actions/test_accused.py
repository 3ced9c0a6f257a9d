"""Whoever a report of bribery or violence names neither holds nor reads it, in any role."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.accused import accused_in, keeps_out
from actions.cases.case import Location, ReportType, Severity, Status, Visibility
from actions.cases.case_state import CaseState
from actions.cases.routing import ALL_ACCUSED, route
from actions.people.people import OFFICER_ROLES, Person
from actions.people.roles import Role
from actions.privacy.visibility import Reader, see
from actions.regency.files import load
from bot.officers.chat_bindings import chat_bindings, may_see
from tests.unit.actions.builders import a_case

DATA = Path(__file__).resolve().parents[3] / "data"
REGENCY = load(DATA, DATA)
UNITS = [one for one in REGENCY.agencies.values() if one.code != "admin_ppu"]
NAMES = [(one.code, name) for one in UNITS for name in (one.name, one.code, *one.aliases)]
PEOPLE = [
    Person(number, f"P{number}", frozenset({role}), agency.code, telegram=str(number))
    for number, (agency, role) in enumerate(
        [(agency, role) for agency in REGENCY.agencies.values() for role in OFFICER_ROLES], 1
    )
]


@pytest.mark.parametrize(
    ("words", "accused"),
    [
        ("Petugas dishub minta uang pelicin", {"dishub"}),
        ("petugas DISHUBnya minta uang", {"dishub"}),
        ("orang P.U.P.R. minta jatah proyek", {"dpupr"}),
        ("Satpol-PP memalak pedagang", {"satpol_pp"}),
        ("pegawai Dinas Kesehatan dan PDAM minta uang", {"dinkes", "perumda_danum_taka"}),
        ("auditor inspektorat minta uang supaya diam", {"inspektorat"}),
        ("jalan rusak di depan rumah saya", set()),
        ("kadishubungan", set()),
    ],
)
def test_names_and_short_forms_are_found_as_whole_words(words: str, accused: set[str]) -> None:
    assert set(accused_in(REGENCY, words, Location())) == accused


def test_a_name_that_several_share_means_those_of_the_place() -> None:
    every = {code for code in REGENCY.agencies if code.startswith("kecamatan_")}
    assert set(accused_in(REGENCY, "pak camat minta uang", Location())) == every
    assert accused_in(REGENCY, "pak camat minta uang", Location(district="64.09.02")) == ("kecamatan_waru",)


NOWHERE = Location()


def decided(words: str, location: Location = NOWHERE) -> tuple[str, tuple[str, ...], str]:
    accused = accused_in(REGENCY, words, location)
    decision = route(
        REGENCY,
        type=ReportType.COMPLAINT,
        category="pungli_korupsi",
        location=location,
        severity=Severity.NORMAL,
        sensitive=True,
        accused=accused,
    )
    return decision.agency, accused, decision.reason.key


def test_the_inspectorate_accused_is_passed_over_for_a_body_above() -> None:
    assert decided("inspektorat minta uang")[0] == "pemprov_kaltim"
    assert decided("petugas dishub minta uang pelicin")[0] == "inspektorat"


def test_where_everybody_is_accused_the_regency_admin_holds_it_and_its_people_read_it() -> None:
    holder, accused, why = decided("inspektorat, pemprov dan sp4n lapor semua minta uang")
    assert (holder, why) == ("admin_ppu", ALL_ACCUSED)
    case = a_case(sensitive=True, agency=holder, accused=accused, category="pungli_korupsi")
    assert may_see(Person(1, "Vera", frozenset({Role.VERIFIER})), case, REGENCY)
    assert not may_see(Person(2, "Ina", frozenset({Role.LIAISON}), "inspektorat"), case, REGENCY)


@given(
    st.sampled_from(NAMES),
    st.text(alphabet="abcdefghij ,.\n", max_size=30),
    st.sampled_from(Status),
    st.sampled_from(Visibility),
    st.integers(0, 4),
    st.sampled_from([Location(), Location(district="64.09.02"), Location(district="64.09.04")]),
)
def test_no_reader_of_an_accused_agency_reads_it_in_any_role(
    named: tuple[str, str], around: str, status: Status, visibility: Visibility, contests: int, location: Location
) -> None:
    """Whatever else the report says, wherever it is, and wherever the case stands."""
    holder, accused, why = decided(f"{around} {named[1]} minta uang {around}", location)
    shared = [code for code, name in NAMES if name == named[1]]
    assert named[0] in accused or len(shared) > 1
    assert set(accused) & set(shared)
    case = a_case(
        status=status,
        sensitive=True,
        visibility=visibility,
        agency=holder,
        accused=accused,
        category="pungli_korupsi",
        location=location,
    )
    assert why == ALL_ACCUSED or not keeps_out(REGENCY.agencies, holder, accused)
    theirs = [person for person in PEOPLE if person.agency in accused]
    assert not [person for person in theirs if may_see(person, case, REGENCY, contests)]
    state = CaseState(status=status, agency=holder, version=1, contests=contests, accused=accused)
    groups = {code: f"-{number}" for number, code in enumerate(REGENCY.agencies, 1)}
    chats = chat_bindings(case, state, groups, PEOPLE, REGENCY)
    assert not {person.telegram for person in theirs} & set(chats)
    assert not [chat for chat in chats.values() if chat.is_group]
    assert see(case, None, Reader.ANYBODY) is see(case, None, Reader.GROUP) is see(case, None, Reader.TRAINER) is None


def test_a_moderator_opens_neither_a_secret_nor_a_sensitive_case() -> None:
    modi = Person(1, "Modi", frozenset({Role.MODERATOR}))
    open_case = a_case(agency="dishub")
    assert may_see(modi, open_case, REGENCY)
    assert not may_see(modi, replace(open_case, sensitive=True, agency="inspektorat"), REGENCY)
    assert not may_see(modi, replace(open_case, visibility=Visibility.SECRET, agency="inspektorat"), REGENCY)
