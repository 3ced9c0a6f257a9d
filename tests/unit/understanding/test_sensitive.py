"""Bribery, abuse of office, sexual violence, violence at home, and what only sounds like it."""

from __future__ import annotations

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


def test_the_examples_themselves_are_read_as_they_say() -> None:
    assert_examples_are_read(
        "sensitive", "sensitive_examples", {"money": True, "harm": True, "open": False}, is_sensitive
    )
