"""Where a message falls into two parts, in the words of who wrote it."""

from __future__ import annotations

import re

import pytest
from rule_tables import assert_as_written, cases, known_failures

from bot.understanding.matters import parts_of

_MARK = re.compile(r"(?:^|(?<=\s))(?:[12][.)]|satu[.):]|dua[.):]|[-•*])(?=\s)")


def in_words(text: str) -> str:
    """As the table writes it: "first || second"."""
    parts = parts_of(text)
    return f"{parts.first} || {parts.second}" if parts else ""


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_parts_are_found_as_the_table_says() -> None:
    assert_as_written("matters", cases("matters"), in_words)


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(cases("matters")) >= 150
    assert known_failures("matters") <= cases("matters").keys()


@pytest.mark.parametrize("text", [text for text, parts in cases("matters").items() if parts])
def test_no_word_is_lost_but_the_numbers_of_a_list(text: str) -> None:
    parts = parts_of(text)
    told = words(f"{parts.first} {parts.second}") if parts else words(text)
    assert told in (words(text), words(_MARK.sub("", text)))


def test_a_third_matter_stays_with_the_second() -> None:
    parts = parts_of("1. jalan sotek rusak\n2. lampu riko mati\n3. got petung buntu")
    assert parts is not None
    assert parts.second == "lampu riko mati\n3. got petung buntu"
