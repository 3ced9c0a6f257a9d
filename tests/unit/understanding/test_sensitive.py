"""Bribery, abuse of office, sexual violence, violence at home, and what only sounds like it."""

from __future__ import annotations

import pytest
from rule_tables import assert_as_written, assert_examples_are_read, sentences

from bot.understanding.danger.rules import is_sensitive

SENSITIVE = sentences("sensitive", "sensitive")
OPEN = sentences("sensitive", "not_sensitive")


def test_sensitive_matters_are_found_as_the_table_says() -> None:
    assert_as_written("sensitive", dict.fromkeys(SENSITIVE, True), is_sensitive)


def test_open_matters_are_left_open() -> None:
    assert_as_written("sensitive", dict.fromkeys(OPEN, False), is_sensitive)


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(SENSITIVE) + len(OPEN) >= 150
    assert not set(SENSITIVE) & set(OPEN)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("pacar saya selingkuh", False),
        ("kucing saya dipukul tetangga", False),
        ("anak saya dipukul tetangga", True),
        ("pak lurah minta uang untuk tanda tangan", True),
        ("loket minta fotokopi ktp", False),
    ],
)
def test_it_needs_an_accused_in_office_or_violence_against_a_person(text: str, *, wanted: bool) -> None:
    assert is_sensitive(text) is wanted


@pytest.mark.thorough
def test_the_examples_themselves_are_read_as_they_say() -> None:
    kinds = {"money": True, "harm": True, "open": False, "none": False, "ordinary": False}
    assert_examples_are_read("sensitive", kinds, is_sensitive, "sensitive*", "voices/*", "corpus", "talk")
