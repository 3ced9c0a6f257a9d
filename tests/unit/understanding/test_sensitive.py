"""Bribery, abuse of office, sexual violence, violence at home, and what only sounds like it."""

from __future__ import annotations

import pytest
from rule_tables import assert_as_written, learned, sentences

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


def test_what_was_learned_is_read_as_it_was_meant() -> None:
    sensitive = learned("sensitive", "money", "harm") + learned("sensitive_short", "money", "harm")
    others = learned("sensitive", "open") + learned("sensitive_short", "open")
    assert sum(map(is_sensitive, sensitive)) / len(sensitive) >= 0.98
    assert sum(map(is_sensitive, others)) / len(others) <= 0.02
    assert not {*sensitive, *others} & {*SENSITIVE, *OPEN}, "a held-back sentence stands among the examples"
