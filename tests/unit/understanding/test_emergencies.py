"""Danger now, and what only sounds like it."""

from __future__ import annotations

import pytest
from rule_tables import assert_as_written, assert_examples_are_read, sentences

from bot.understanding.danger.rules import is_emergency

DANGER = sentences("emergencies", "emergency")
CALM = sentences("emergencies", "not_emergency")


def test_dangers_are_found_as_the_table_says() -> None:
    assert_as_written("emergencies", dict.fromkeys(DANGER, True), is_emergency)


def test_what_was_is_feared_or_is_asked_is_no_danger_now() -> None:
    assert_as_written("emergencies", dict.fromkeys(CALM, False), is_emergency)


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(DANGER) + len(CALM) >= 150
    assert not set(DANGER) & set(CALM)


def test_a_shout_is_heard_like_a_whisper() -> None:
    missed = [text for text in DANGER if is_emergency(text) != is_emergency(text.upper())]
    assert not missed


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("anak saya hilang di pasar", True),
        ("anak tetangga umur empat tahun hilang sejak siang", True),
        ("my son is missing", True),
        ("kartu anak saya hilang", False),
        ("anak saya hilang minat belajar", False),
        ("got meluap depan rumah", False),
    ],
)
def test_a_missing_child_is_danger_and_a_full_ditch_is_not(text: str, *, wanted: bool) -> None:
    assert is_emergency(text) is wanted


@pytest.mark.thorough
def test_the_examples_themselves_are_read_as_they_say() -> None:
    kinds = {"danger": True, "calm": False, "ordinary": False}
    assert_examples_are_read("emergencies", kinds, is_emergency, "emergency*", "talk")
    assert_examples_are_read("emergencies", {"danger": True, "none": False}, is_emergency, "voices/*")
