"""What each reader sees of a case, of every kind of case there is."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product
from typing import Any

from actions.cases.case import Attachment, Case, Identity, Location, Severity, Status, Visibility, Words
from actions.privacy.visibility import READERS, Reader, VisibleCase, is_confidential, see
from tests.unit.actions.builders import a_case

PLACE = Location(district="64.09.01", village="PENANDA-DESA", spoken="PENANDA-TEMPAT", lat=-1.23456, lon=116.87654)
MARKED = a_case(
    reporter="PENANDA-ORANG",
    draft_key="PENANDA-KUNCI",
    reason="PENANDA-ALASAN",
    location=PLACE,
    attachments=(Attachment("photo", "PENANDA-FOTO"),),
    severity=Severity.URGENT,
    identity=Identity.NAMED,
)
TOLD = Words("PENANDA-CERITA", "PENANDA-NAMA")
NEVER_NAMED = (Reader.ANYBODY, Reader.TRAINER, Reader.OPERATOR)


def kinds() -> list[Case]:
    """Named or not, secret or not, sensitive or not, hidden or not, at each status."""
    every = product(Identity, Visibility, (True, False), (True, False), Status)
    return [
        replace(MARKED, identity=identity, visibility=visibility, sensitive=sensitive, is_hidden=hidden, status=status)
        for identity, visibility, sensitive, hidden, status in every
    ]


def shown(case: Case, reader: Reader) -> str:
    """All that a reader gets, as letters."""
    return repr(see(case, TOLD, reader))


def marks_in(read: str) -> set[str]:
    """What of the marks is to be seen."""
    names = ("ORANG", "KUNCI", "ALASAN", "DESA", "TEMPAT", "FOTO", "CERITA", "NAMA")
    pin = {"PIN"} if "1.23456" in read or "116.87654" in read else set[str]()
    return pin | {name for name in names if f"PENANDA-{name}" in read}


def test_there_is_a_rule_for_every_reader() -> None:
    assert set(READERS) == set(Reader)


def test_anybody_sees_nothing_of_the_reporter_s() -> None:
    for case in kinds():
        assert marks_in(shown(case, Reader.ANYBODY)) == set()
        is_public = case.visibility is Visibility.PUBLIC and not case.is_hidden and not case.sensitive
        assert (see(case, TOLD, Reader.ANYBODY) is not None) == is_public


def test_who_the_reporter_is_comes_out_for_herself_alone() -> None:
    for case, reader in product(kinds(), set(Reader) - {Reader.REPORTER}):
        assert marks_in(shown(case, reader)).isdisjoint({"ORANG", "KUNCI"})


def test_a_reporter_sees_everything_of_hers() -> None:
    for case in kinds():
        assert see(case, TOLD, Reader.REPORTER) == VisibleCase(case, TOLD)


def test_her_name_comes_out_for_officers_where_she_gave_it() -> None:
    for case in kinds():
        assert ("NAMA" in marks_in(shown(case, Reader.OFFICER))) == (case.identity is Identity.NAMED)
        assert marks_in(shown(case, Reader.OFFICER)) >= {"CERITA", "TEMPAT", "FOTO"}
        assert not any("NAMA" in marks_in(shown(case, reader)) for reader in NEVER_NAMED)


def test_what_is_discreet_is_there_for_no_group_and_no_trainer() -> None:
    for case in kinds():
        of_single_persons = {see(case, TOLD, reader) is None for reader in (Reader.GROUP, Reader.TRAINER)}
        assert of_single_persons == {is_confidential(case)}


def test_a_trainer_sees_what_was_told_and_nothing_around_it() -> None:
    assert marks_in(shown(MARKED, Reader.TRAINER)) == {"CERITA"}


def test_an_operator_sees_where_it_stands_and_no_words_but_the_place() -> None:
    assert marks_in(shown(MARKED, Reader.OPERATOR)) == {"ALASAN", "DESA", "TEMPAT", "FOTO"}


def test_anybody_sees_of_the_place_its_district_and_whether_it_is_outside() -> None:
    def place_of(place: Location) -> Location:
        seen = see(replace(MARKED, location=place), TOLD, Reader.ANYBODY)
        assert seen
        return seen.case.location

    assert place_of(PLACE) == Location(district="64.09.01")
    assert place_of(Location(outside="Kota Lain")) == Location(outside="")
    assert place_of(Location(outside_province=True)) == Location(outside="", outside_province=True)


def test_a_new_member_of_a_case_is_shown_to_nobody_until_somebody_has_thought_of_it() -> None:
    """Whoever adds one puts it here, after `visible.py` says who sees it."""
    thought_of = {
        *("ticket", "draft_key", "status", "type", "category", "handling_class", "agency", "reason", "location"),
        *("severity", "identity", "visibility", "sensitive", "channel", "reporter", "language", "filed_at"),
        *("deadline", "consent", "attachments", "returns", "version", "next_due_at", "due_on", "is_hidden"),
        "accused",
        "assignee",
    }
    assert {field.name for field in fields(Case)} == thought_of


def test_what_anybody_sees_of_a_case_is_all_that_she_sees() -> None:
    plain: dict[str, Any] = {
        "draft_key": "",
        "reporter": "",
        "channel": "",
        "reason": "",
        "location": Location(district="64.09.01"),
        "severity": Severity.NORMAL,
        "identity": Identity.ANONYMOUS,
        "consent": "",
        "attachments": (),
    }
    seen = see(MARKED, TOLD, Reader.ANYBODY)
    assert seen
    assert (seen.case, seen.words) == (replace(MARKED, **plain), None)
