"""Where a message falls into parts, in the words of who wrote it."""

from __future__ import annotations

import re

import pytest
from rule_tables import assert_as_written, cases, known_failures

from bot.understanding.matters.marked import parts_of

_MARK = re.compile(r"(?:^|(?<=\s))(?:[123][.)]|satu[.):]|dua[.):]|[-•*])(?=\s)")


def in_words(text: str) -> str:
    """As the table writes it: "first || second"."""
    return " || ".join(parts_of(text))


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
    told = words(" ".join(parts)) if parts else words(text)
    assert told in (words(text), words(_MARK.sub("", text)))


@pytest.mark.parametrize(
    "text",
    [
        "1. jalan sotek rusak\n2. lampu riko mati\n3. got petung buntu",
        "- jalan sotek rusak\n- lampu riko mati\n- got petung buntu",
        "1) jalan sotek rusak 2) lampu riko mati 3) got petung buntu",
    ],
)
def test_a_third_matter_is_a_part_of_its_own(text: str) -> None:
    assert parts_of(text) == ("jalan sotek rusak", "lampu riko mati", "got petung buntu")
