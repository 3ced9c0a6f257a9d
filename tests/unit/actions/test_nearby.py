"""What is reported already: the same thing in other words is found, another thing or place is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.case import Location, ReportType, Status
from actions.cases.nearby import Candidate, NearbyQuery, nearest
from bot.conversation.dialogue import Draft
from bot.messaging.understanding_service import UnderstandingRules
from bot.understanding.normalise import normalise
from bot.understanding.understood import Guess, Meaning
from tests.talks.world import TUESDAY as NOW
from tests.talks.world import declared

REGENCY = declared().regency
HOLE = "jalan berlubang di jl provinsi km 5 babulu darat"
A_DAY = timedelta(days=1)

SAME = [
    (HOLE, "aspal rusak parah km 5 jl propinsi babulu darat bikin motor jatuh"),
    ("lubang di jalan depan masjid al ikhlas petung", "depan masjid al-ikhlas petung jalannya ambles pak"),
    ("sampah menumpuk di petung tidak diangkut seminggu", "sampah petung sdh lama menumpuk ga diangkut2 petugas"),
    ("jalan rusak di petung", "jalan petung rusak parah banyak lubang"),
    ("lampu jalan rt 05 kelurahan petung mati", "penerangan di rt 5 petung padam sudah sebulan"),
    ("jembatan kayu di desa giripurwa sudah lapuk mau ambruk", "jembatan giripurwa lapuk bahaya buat anak sekolah"),
    ("jalan rusak depan pasar waru", "aspal mengelupas dekat pasar waru"),
]
OTHER = [
    (HOLE, "jalan berlubang di jl provinsi km 8 babulu darat"),
    (HOLE, "jalan berlubang di babulu laut"),
    ("lubang di jalan depan masjid al ikhlas petung", "depan sekolah sd petung jalannya berlubang"),
    ("sampah menumpuk di petung tidak diangkut seminggu", "banyak warga buang sampah ke sungai petung"),
    ("jalan rusak di petung", "trotoar depan rumah saya di petung dipakai parkir"),
    ("lampu jalan di petung mati", "lampu jalan waru mati"),
    ("lampu jalan rt 05 kelurahan petung mati", "lampu jalan rt 7 petung mati"),
    ("jalan rusak parah", "jalan rusak parah"),
]


@cache
def located(story: str) -> Location:
    """Where a story says that it is, as a case would have it."""
    meaning = Meaning(Guess("complaint", 0.9), place=rules().places.find(story))
    return declared().effect_runner._location(Draft("d1", NOW, NOW, meaning=meaning))


@cache
def rules() -> UnderstandingRules:
    """Names of places are learned once."""
    return declared().rules()


def sought(story: str = HOLE, **changes: Any) -> NearbyQuery:
    """A complaint about a road in these words."""
    known = NearbyQuery(
        reporter="telegram:siti",
        type=ReportType.COMPLAINT,
        categories=("jalan",),
        location=located(story),
        story=normalise(story),
        at=NOW,
    )
    return replace(known, **changes)


def candidate(story: str = HOLE, **changes: Any) -> Candidate:
    """Somebody else's, filed three days ago and worked on since yesterday."""
    known = Candidate(
        ticket="LP-2222-2222",
        status=Status.IN_PROGRESS,
        type=ReportType.COMPLAINT,
        category="jalan",
        location=located(story),
        filed_at=NOW - 3 * A_DAY,
        changed_at=NOW - A_DAY,
        supporters=0,
        story=story,
    )
    return replace(known, **changes)


def found(asked: NearbyQuery, *candidates: Candidate) -> list[str]:
    """The numbers of what is found, best first."""
    return [one.ticket for one in nearest(asked, candidates, REGENCY, normalise)]


def is_found(asked: NearbyQuery, one: Candidate) -> bool:
    """Whether this one is."""
    return bool(found(asked, one))


@pytest.mark.parametrize(("mine", "theirs"), SAME)
def test_the_same_thing_in_other_words_is_found(mine: str, theirs: str) -> None:
    assert is_found(sought(mine), candidate(theirs))


@pytest.mark.parametrize(("mine", "theirs"), OTHER)
def test_another_thing_or_place_is_not(mine: str, theirs: str) -> None:
    assert not is_found(sought(mine), candidate(theirs))


def test_another_category_or_type_is_another_thing() -> None:
    assert not is_found(sought(), candidate(category="sampah"))
    assert not is_found(sought(), candidate(type=ReportType.ASPIRATION))


def test_while_the_category_is_in_doubt_each_likely_one_counts() -> None:
    assert is_found(sought(categories=("sampah", "jalan")), candidate())


# By pins ---------------------------------------------------------------------------------------------------------

PIN, NEXT_SQUARE, FAR = (-1.31415, 116.70005), (-1.31305, 116.70105), (-1.31115, 116.70005)


def pinned(story: str, pin: tuple[float, float]) -> Location:
    """A place with a pin on it."""
    return replace(located(story), lat=pin[0], lon=pin[1])


def test_near_pins_are_one_place_whatever_their_places_are_called() -> None:
    mine = sought(location=pinned("jalan berlubang di petung", PIN))
    assert is_found(mine, candidate(location=pinned("jalan berlubang di nenang", NEXT_SQUARE)))


def test_pins_that_are_far_apart_are_two_places_of_one_name() -> None:
    assert not is_found(sought(location=pinned(HOLE, PIN)), candidate(location=pinned(HOLE, FAR)))


def test_a_pin_on_one_side_alone_leaves_it_to_the_words() -> None:
    assert is_found(sought(location=pinned(HOLE, PIN)), candidate())


@given(st.floats(0, 0.00098), st.floats(0, 0.00098))
def test_moving_a_pin_within_its_square_tells_nothing_of_the_other(north: float, east: float) -> None:
    still = Location(lat=-1.31399, lon=116.70001)
    moved = Location(lat=-1.31399 + north, lon=116.70001 + east)
    asked = sought("", location=still)
    for lat, lon in (PIN, NEXT_SQUARE, FAR):
        one = candidate("", location=Location(lat=lat, lon=lon))
        assert is_found(replace(asked, location=moved), one) == is_found(asked, one)


# In time ---------------------------------------------------------------------------------------------------------


def test_what_was_closed_not_long_ago_is_told_and_cannot_be_supported() -> None:
    [one] = nearest(sought(), [candidate(status=Status.CLOSED)], REGENCY, normalise)
    assert (one.is_open, one.changed_at) == (False, NOW - A_DAY)


@pytest.mark.parametrize(
    "old",
    [
        {"status": Status.CLOSED, "changed_at": NOW - (REGENCY.nearby.closed_days + 1) * A_DAY},
        {"filed_at": NOW - (REGENCY.nearby.open_days + 1) * A_DAY},
        {"status": Status.REJECTED},
        {"status": Status.MERGED},
        {"status": Status.REFERRED},
        {"status": Status.WITHDRAWN},
    ],
)
def test_what_is_over_for_long_or_was_not_taken_up_is_not_found(old: dict[str, Any]) -> None:
    assert not is_found(sought(), candidate(**old))


# What is shown ---------------------------------------------------------------------------------------------------


def test_the_likeliest_come_first_and_those_that_wait_before_those_that_are_closed() -> None:
    village = candidate("jalan berlubang di babulu darat", ticket="village", location=located("di babulu darat"))
    spot, closed = candidate(ticket="spot"), candidate(ticket="closed", status=Status.CLOSED)
    assert found(sought(), closed, village, spot) == ["spot", "village"]
    assert found(sought(), closed, spot) == ["spot", "closed"]


def test_its_reporter_is_one_of_those_who_say_so() -> None:
    [one] = nearest(sought(), [candidate(supporters=11)], REGENCY, normalise)
    assert one.people == 12


def test_nothing_of_another_reporter_comes_out() -> None:
    theirs = candidate(f"{HOLE}, PENANDA-CERITA", location=pinned(HOLE, PIN))
    [one] = nearest(sought(location=pinned(HOLE, NEXT_SQUARE)), [theirs], REGENCY, normalise)
    shown = repr(one)
    assert not any(mark in shown for mark in ("PENANDA", "Km 5", "1.314", "116.7"))
