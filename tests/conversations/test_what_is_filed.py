"""What becomes of the talks: the cases that she does not see, and the agency that gets them."""

from __future__ import annotations

import pytest

from actions.cases.case import Identity, ReportType, Severity, Status, Visibility
from actions.cases.lifecycle import TABLE
from tests.conversations.talks import FILES, filed_in, rows_taken_in
from tests.talks.world import TUESDAY, declared


@pytest.mark.parametrize("name", [file.stem for file in FILES])
def test_every_case_has_an_agency_and_what_was_consented_to(name: str) -> None:
    texts, agencies = declared().texts, declared().regency.agencies
    own = [case for case in filed_in(name) if case.consent != "id-1"]
    assert all(case.agency in agencies and case.reason for case in own)
    assert all(case.consent == texts.version(case.language, "card-consent") for case in own)


@pytest.mark.parametrize(
    ("name", "category", "agency", "status"),
    [
        ("one_tap", "penerangan_jalan", "dishub", Status.FORWARDED),
        ("doubt_unknown", None, "admin_ppu", Status.RECEIVED),
        ("bribery", "pungli_korupsi", "inspektorat", Status.RECEIVED),
        ("kept_secret", "jalan", "inspektorat", Status.RECEIVED),
        ("place_pin_in_balikpapan", "jalan", "pemprov_kaltim", Status.FORWARDED),
        ("place_pin_in_another_province", "jalan", "sp4n_lapor", Status.FORWARDED),
        ("withdrawn", "penerangan_jalan", "dishub", Status.WITHDRAWN),
    ],
)
def test_a_case_is_held_by_whom_it_belongs_to(name: str, category: str | None, agency: str, status: Status) -> None:
    [case] = filed_in(name)
    assert (case.category, case.agency, case.status) == (category, agency, status)


def test_each_row_of_the_table_of_states_is_taken_in_a_talk() -> None:
    taken = {number for file in FILES for number in rows_taken_in(file)}
    assert taken >= {row.number for row in TABLE}


def test_two_matters_set_apart_become_two_cases_each_with_its_agency() -> None:
    filed = [(case.category, case.agency) for case in reversed(filed_in("two_matters"))]
    assert filed == [("penerangan_jalan", "dishub"), ("sampah", "dlh")]


def test_pressing_kirim_twice_files_one_case() -> None:
    assert len(filed_in("send_pressed_twice")) == 1


def test_a_citizen_is_anonymous_unless_she_gives_her_name() -> None:
    names = ("one_tap", "name_not_given", "name_typed", "name_from_profile")
    assert [filed_in(name)[0].identity for name in names] == [Identity.ANONYMOUS] * 2 + [Identity.NAMED] * 2


def test_secrecy_is_what_she_pressed_last() -> None:
    assert [filed_in(name)[0].visibility for name in ("kept_secret", "words_press_buttons")] == [
        Visibility.SECRET,
        Visibility.PUBLIC,
    ]


def test_danger_makes_a_case_urgent() -> None:
    assert [filed_in(name)[0].severity for name in ("one_tap", "emergency")] == [Severity.NORMAL, Severity.URGENT]


def test_a_pin_is_kept_with_its_village() -> None:
    [case] = filed_in("place_by_pin")
    village = declared().regency.regions[case.location.village or ""]
    assert (village.name, case.location.lat, case.location.lon) == ("Lawe-lawe", -1.316, 116.696)


def test_a_typed_place_is_kept_as_typed() -> None:
    [case] = filed_in("place_typed_unknown")
    assert "samping warung mbok darmi yang cat biru" in (case.location.spoken or "")


def test_files_are_counted_as_they_were_sent() -> None:
    kinds = {name: [file.kind for file in filed_in(name)[0].attachments] for name in ("photo_album", "photos_too_many")}
    assert kinds == {"photo_album": ["photo"] * 5, "photos_too_many": ["photo"] * 10}


def test_types_are_heard() -> None:
    question, wish = filed_in("aspiration_and_information")
    assert (wish.type, question.type) == (ReportType.ASPIRATION, ReportType.INFORMATION)


def test_the_sixth_of_an_hour_is_filed_when_the_hour_is_over() -> None:
    cases = filed_in("limit_of_filing")
    assert [case.filed_at > TUESDAY for case in cases] == [True] + [False] * 5
