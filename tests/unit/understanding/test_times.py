"""When a matter happened, from free words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from rule_tables import assert_as_written, cases, known_failures, today

from bot.understanding.time.days import RAMADAN, feasts_of
from bot.understanding.time.finder import find_when
from bot.understanding.understood import When

TODAY = today("times")


def in_words(when: When) -> str:
    """As the table writes it: one date is one day."""
    if when.since is None:
        return ""
    return f"{when.since}" if when.since == when.until else f"{when.since} {when.until}"


def test_times_are_read_as_the_table_says() -> None:
    assert_as_written("times", cases("times"), lambda text: in_words(find_when(text, TODAY)))


def test_the_table_is_long_enough_to_tell() -> None:
    assert len(cases("times")) >= 150
    assert known_failures("times") <= cases("times").keys()


@pytest.mark.thorough
@pytest.mark.parametrize("back", range(0, 800, 7))
def test_a_date_without_a_year_is_the_last_that_has_come(back: int) -> None:
    day = TODAY - timedelta(days=back)
    found = find_when(f"tanggal {day.day}/{day.month}", TODAY)
    assert found.since is not None
    assert (found.since.day, found.since.month) == (day.day, day.month)
    assert TODAY - timedelta(days=366) <= found.since <= TODAY


def test_a_feast_that_is_still_to_come_this_year_is_last_years() -> None:
    assert find_when("sejak natal lampu mati", TODAY) == When(date(2025, 12, 25), TODAY)


def test_feasts_come_in_as_an_argument() -> None:
    def moved(year: int) -> Mapping[str, date]:
        return {"Idul Fitri": date(year, 2, 2)}

    assert find_when("waktu lebaran", TODAY, moved) == When(date(2026, 2, 2), date(2026, 2, 2))


def test_the_fasting_month_ends_where_the_feast_begins() -> None:
    feasts = feasts_of(2025)
    assert feasts[RAMADAN] + timedelta(days=30) == feasts["Idul Fitri"]


def test_a_day_that_the_calendar_has_not_is_no_time() -> None:
    assert find_when("tanggal 31/4/2026", TODAY) == When()
