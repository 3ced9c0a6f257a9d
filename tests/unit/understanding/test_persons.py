"""Who and what may not be read by everybody is covered; where a matter is stays readable."""

from __future__ import annotations

import re

import pytest
from rule_tables import assert_as_written, cases, known_failures

from bot.understanding.normalise import mask

NUMBERS = re.compile(r"\d{9,}")
"""Long enough for a telephone, a NIK or an account."""
METERS = {"nomor meter 12345678901", "id pelanggan pln 231234567890"}


def test_persons_are_covered_as_the_table_says() -> None:
    assert_as_written("persons", cases("persons"), mask)


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(cases("persons")) >= 150
    assert known_failures("persons") <= cases("persons").keys()


@pytest.mark.thorough
@pytest.mark.parametrize("text", sorted(cases("persons").keys() - METERS))
def test_no_long_number_is_left(text: str) -> None:
    assert not NUMBERS.search(re.sub(r"[ .-]", "", mask(text)))


def test_what_is_covered_stays_covered() -> None:
    covered = [mask(text) for text in cases("persons").values()]
    assert [mask(text) for text in covered] == covered
