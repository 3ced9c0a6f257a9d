"""The hash chain over a case's events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from actions.cases.case import CaseEvent, Status, Words
from actions.cases.chain import BEGINNING, digest_words, seal, verify
from actions.people.roles import Role
from tests.unit.actions.builders import NOON


def an_event(number: int) -> CaseEvent:
    at = NOON + timedelta(hours=number)
    moved = (Status.RECEIVED, Status.FORWARDED)
    return CaseEvent("LP-2222-2222", number, *moved, Role.SYSTEM, at, f"why {number}", "roads", "", "", "")


def a_chain(length: int) -> list[CaseEvent]:
    events: list[CaseEvent] = []
    for number in range(1, length + 1):
        events.append(seal(an_event(number), events[-1].hash if events else BEGINNING))
    return events


changes = st.sampled_from(
    [
        {"why": "other"},
        {"agency": "waste"},
        {"who": Role.VERIFIER},
        {"to": Status.WITHDRAWN},
        {"came_from": None},
        {"words_digest": "00"},
        {"at": NOON - timedelta(days=1)},
        {"ticket": "LP-2222-2223"},
        {"number": 9},
        {"hash": "0" * 64},
        {"previous_hash": "1" * 64},
    ]
)


def test_an_untouched_chain_verifies() -> None:
    assert verify(a_chain(5)) is None
    assert verify([]) is None


@given(st.integers(0, 4), changes)
def test_any_change_to_any_event_shows_at_that_event(place: int, change: dict[str, object]) -> None:
    events = a_chain(5)
    events[place] = replace(events[place], **change)  # type: ignore[arg-type]
    assert verify(events) == place + 1


@given(st.integers(0, 4), st.just({"why": "other"}))
def test_a_change_that_was_sealed_anew_shows_at_the_next_event(place: int, change: dict[str, str]) -> None:
    events = a_chain(6)
    events[place] = seal(replace(events[place], **change), events[place].previous_hash)  # type: ignore[arg-type]
    assert verify(events) == place + 2


@given(st.integers(0, 3))
def test_an_event_taken_out_shows_at_its_place(place: int) -> None:
    events = a_chain(5)
    del events[place]
    assert verify(events) == place + 1


def test_the_hash_is_of_the_instant_whatever_the_zone_it_is_read_in() -> None:
    event = a_chain(1)[0]
    read = replace(event, at=event.at.astimezone(ZoneInfo("Asia/Makassar")))
    assert verify([read]) is None
    assert seal(read).hash == seal(replace(event, at=event.at.astimezone(UTC))).hash


@given(st.text(), st.text() | st.none(), st.binary(min_size=16, max_size=16))
def test_a_digest_of_words_depends_on_every_part_and_holds_none_of_them(
    story: str, name: str | None, salt: bytes
) -> None:
    digest = digest_words(Words(story, name), salt)
    assert len(digest) == 64
    assert digest != digest_words(Words(story + "x", name), salt)
    assert digest != digest_words(Words(story, (name or "") + "x"), salt)
    assert digest != digest_words(Words(story, name), salt + b"x")
