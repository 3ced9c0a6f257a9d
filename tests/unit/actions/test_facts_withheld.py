"""Numbers that are shown tell of nobody: none under five, and none that can be had by subtraction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.statistics.counts import MEASURES, Counted, Counts, total
from actions.statistics.suppression import (
    FEWEST,
    Published,
    ShownRow,
    confidential,
    publish,
    suppressed,
    villages_to_draw,
)

sizes = st.integers(0, 12)


def of(**received: int) -> Counted:
    """A table of which only the sizes matter."""
    return {key: Counts(received=number) for key, number in received.items()}


def shown(published: Published, name: str) -> dict[str | None, int]:
    return {("rest" if row.is_rest else row.key): row.shown.received for row in published.tables[name]}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Counted]:
    """The same cases, divided in two ways."""
    cases = draw(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.booleans()), max_size=70))
    divided: dict[str, dict[str | None, Counts]] = {"one": {}, "two": {}}
    for first, second, is_late in cases:
        one = Counts(received=1, late=int(is_late), in_time=int(not is_late), voices=int(is_late), stars=3 * is_late)
        for name, key in (("one", first), ("two", second)):
            divided[name][key] = total([divided[name].get(key, Counts()), one])
    return dict(divided)


@given(tables())
def test_no_number_under_five_is_shown_and_none_but_nought(counted: dict[str, Counted]) -> None:
    published = publish(counted)
    rows = [row.shown for table in published.tables.values() for row in table]
    for numbers in (*rows, *([published.whole] if published.whole else [])):
        assert numbers.received >= FEWEST
        told = [getattr(numbers, measure) for measure in MEASURES]
        assert not [number for number in told if number is not None and 0 < number < FEWEST]
        assert numbers.rating is None or (numbers.voices or 0) >= FEWEST


@given(tables())
def test_what_is_withheld_is_two_numbers_at_least_each_of_which_may_be_five(counted: dict[str, Counted]) -> None:
    published = publish(counted)
    for measure in MEASURES[1:]:
        whole = getattr(published.whole, measure) if published.whole else None
        if whole is None:
            continue
        for table in published.tables.values():
            cells = [getattr(row.shown, measure) for row in table]
            hidden, left = cells.count(None), whole - sum(cell for cell in cells if cell is not None)
            assert (hidden, left) == (0, 0) or (hidden >= 2 and left - (hidden - 1) >= FEWEST)


@given(tables())
def test_a_column_that_is_not_shown_is_shown_in_no_table(counted: dict[str, Counted]) -> None:
    published = publish(counted)
    for measure in MEASURES[1:]:
        if published.whole and getattr(published.whole, measure) is None:
            rows = [row.shown for table in published.tables.values() for row in table]
            assert {getattr(row, measure) for row in rows} <= {None}


@given(tables())
def test_the_rows_are_all_cases_that_there_are(counted: dict[str, Counted]) -> None:
    published = publish(counted)
    for table in published.tables.values():
        if published.whole:
            assert sum(row.shown.received for row in table) == published.whole.received


def test_small_rows_stand_together() -> None:
    assert shown(publish({"agency": of(a=20, b=3, c=4, d=9)}), "agency") == {"a": 20, "d": 9, "rest": 7}


def test_a_row_that_is_small_alone_takes_the_next_with_it() -> None:
    assert shown(publish({"agency": of(a=20, b=4, c=9)}), "agency") == {"a": 20, "rest": 13}
    assert shown(publish({"agency": of(a=20, b=4)}), "agency") == {"rest": 24}


def test_of_less_than_five_cases_nothing_is_said() -> None:
    published = publish({"agency": of(a=4)})
    assert (published.whole, published.tables) == (None, {"agency": ()})
    assert publish({"agency": {}}).whole is None


def test_nought_is_said() -> None:
    [row] = publish({"agency": {"a": Counts(received=9, late=0, in_time=6)}}).tables["agency"]
    assert isinstance(row, ShownRow)
    assert (row.shown.late, row.shown.in_time) == (0, 6)


def test_a_rating_needs_five_voices_and_a_median_five_answers() -> None:
    few, enough = {3: 4}, {3: 2, 5: 1, 40: 2}
    rows = {"a": Counts(received=9, days=few), "b": Counts(received=9, voices=6, stars=25, days=enough)}
    first, second = publish({"agency": rows}).tables["agency"]
    assert (first.shown.median_days, first.shown.rating) == (None, None)
    assert (second.shown.median_days, second.shown.rating, second.shown.voices) == (5, 4.2, 6)


@pytest.mark.parametrize(
    ("column", "hidden"),
    [
        ([9, 8, 0], set()),
        ([9, 3, 7], {1, 2}),
        ([9, 2, 3, 7], {1, 2, 3}),
        ([9, 4, 4], {1, 2}),
        ([3, 0], None),
        ([1, 1, 1, 1, 1], None),
    ],
)
def test_which_cells_are_withheld(column: Sequence[int], hidden: set[int] | None) -> None:
    found: Any = suppressed(column)
    assert found == hidden


def test_what_is_secret_is_told_as_a_whole_and_in_fives() -> None:
    told = confidential(Counts(received=23, late=9, in_time=4, solved=10, voices=9, stars=30, days={3: 9}))
    assert told is not None
    assert (told.received, told.late, told.in_time, told.solved) == (20, 5, None, 10)
    assert (told.voices, told.rating, told.median_days) == (None, None, None)
    assert confidential(Counts(received=4)) is None


VILLAGES = [f"64.09.0{district}.100{village}" for district in (1, 2, 3) for village in range(4)]


@given(st.dictionaries(st.sampled_from(VILLAGES), sizes), st.dictionaries(st.sampled_from("123"), st.integers(0, 6)))
def test_on_the_map_what_is_left_out_is_five_or_none(villages: dict[str, int], unknown: dict[str, int]) -> None:
    """`unknown`: cases of a district whose village nobody knows."""
    districts = dict.fromkeys(("64.09.01", "64.09.02", "64.09.03"), 0)
    for code, number in (*villages.items(), *((f"64.09.0{place}.", number) for place, number in unknown.items())):
        districts[code[:8]] += number
    divided = of(**{code: number for code, number in districts.items() if number})
    rows = publish({"district": divided}).tables["district"]
    drawn = villages_to_draw(of(**villages), divided, rows)
    assert all(number >= FEWEST for number in drawn.values())
    left = {
        code: whole - sum(n for village, n in drawn.items() if village[:8] == code) for code, whole in districts.items()
    }
    alone = {row.key for row in rows if not row.is_rest}
    groups = [left[code] for code in districts if code in alone] + [sum(left[c] for c in districts if c not in alone)]
    assert [number for number in groups if 0 < number < FEWEST and sum(districts.values()) >= FEWEST] == []


def test_the_median_lies_between_two_where_they_are_even() -> None:
    assert Counts(days={1: 1, 4: 1}).median_days == 2.5
    assert Counts(days={1: 2, 4: 1}).median_days == 1
    assert Counts().median_days is None
