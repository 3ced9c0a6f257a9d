"""A ticket number anywhere in a message, and what only looks like one."""

from __future__ import annotations

from rule_tables import assert_as_written, cases, known_failures

from actions.cases.ticket import Mistyped, read_back


def in_words(text: str) -> str:
    """As the table writes it: "LP-7KD3-M9XK ?LP-7KD3-M9XX"."""
    return " ".join(f"{'?' if isinstance(read, Mistyped) else ''}{read.number}" for read in read_back(text))


def test_numbers_are_found_as_the_table_says() -> None:
    assert_as_written("tickets", cases("tickets"), in_words)


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(cases("tickets")) >= 150
    assert known_failures("tickets") <= cases("tickets").keys()
