"""The clocks of a case: what they run to, how they stand still, and when each of their marks comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.clocks import OFFICES, Calendar, Clock, ClockMark, ClockName, Ladder

WITA = ZoneInfo("Asia/Makassar")
MONDAY = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
FEAST = date(2026, 3, 5)
CALENDAR = Calendar(WITA, frozenset())
LADDER = Ladder()

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def resolve(days: int = 14, since: datetime = MONDAY) -> Clock:
    return Clock(ClockName.RESOLVE, days, since)


def local(at: datetime) -> str:
    return at.astimezone(WITA).strftime("%d.%m. %H:%M")


def come(clock: Clock) -> list[str]:
    """When each mark comes, if each is seen at once."""
    found = []
    while mark := clock.next_mark(LADDER, CALENDAR):
        found.append(f"{mark[1]} {local(mark[0])}")
        clock = clock.marked(mark[1], mark[0])
    return found


def test_day_one_is_the_next_working_day() -> None:
    assert resolve(1).last_day(CALENDAR) == date(2026, 3, 3)
    assert resolve(1, datetime(2026, 3, 6, 4, 0, tzinfo=UTC)).last_day(CALENDAR) == date(2026, 3, 9)


def test_a_day_is_that_of_the_region() -> None:
    late_in_the_evening_there = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    assert resolve(1, late_in_the_evening_there).last_day(CALENDAR) == date(2026, 3, 4)
    assert resolve(1, late_in_the_evening_there).last_day(replace(CALENDAR, zone=ZoneInfo("Asia/Jakarta"))) == date(
        2026, 3, 3
    )


def test_feasts_do_not_count() -> None:
    assert resolve(3).last_day(replace(CALENDAR, holidays=frozenset({FEAST}))) == date(2026, 3, 6)


def test_the_ladder_of_an_office_s_clock() -> None:
    assert come(resolve(14)) == [
        "nudge 11.03. 08:00",
        "unit_head 18.03. 08:00",
        "late 21.03. 00:00",
        "agency_head 27.03. 08:00",
        "national 03.04. 08:00",
    ]


def test_a_clock_of_one_day_has_the_whole_ladder_too() -> None:
    assert come(Clock(ClockName.VERIFY_AGAIN, 1, MONDAY)) == [
        "nudge 03.03. 08:00",
        "unit_head 03.03. 08:00",
        "late 04.03. 00:00",
        "agency_head 10.03. 08:00",
        "national 17.03. 08:00",
    ]


def test_the_reporter_s_clock() -> None:
    assert come(Clock(ClockName.REPLY, 10, MONDAY)) == [
        "first_reminder 05.03. 08:00",
        "second_reminder 11.03. 08:00",
        "silence 17.03. 00:00",
    ]


def test_who_was_reminded_late_has_as_much_time_afterwards() -> None:
    clock = Clock(ClockName.REPLY, 10, MONDAY).marked(ClockMark.FIRST_REMINDER, MONDAY + timedelta(days=50))
    following = clock.next_mark(LADDER, CALENDAR)
    assert following is not None
    assert (following[1], local(following[0])) == (ClockMark.SECOND_REMINDER, "27.04. 08:00")


def test_nothing_comes_of_a_clock_that_stands_still() -> None:
    assert resolve().paused(MONDAY, CALENDAR).next_mark(LADDER, CALENDAR) is None


def test_nobody_is_reminded_of_an_appeal() -> None:
    assert Clock(ClockName.APPEAL, 10, MONDAY).next_mark(LADDER, CALENDAR) is None


def test_what_was_used_before_a_pause_is_used_and_the_pause_is_not() -> None:
    paused = resolve().paused(MONDAY + timedelta(days=2), CALENDAR)
    resumed = paused.resumed(MONDAY + timedelta(days=16))
    assert (paused.used, resumed.last_day(CALENDAR)) == (2, date(2026, 4, 3))


def test_a_day_that_was_missed_before_a_pause_stays_missed() -> None:
    missed = resolve(2).paused(MONDAY + timedelta(days=10), CALENDAR).resumed(MONDAY + timedelta(days=30))
    assert missed.last_day(CALENDAR) == date(2026, 3, 4)


def test_an_urgent_case_s_clock_counts_hours_by_night_too_and_begins_anew_after_a_pause() -> None:
    evening = datetime(2026, 3, 7, 14, 0, tzinfo=UTC)
    clock = Clock(ClockName.TAKE, 1, evening)
    marks = [ClockMark.LATE, ClockMark.AGENCY_HEAD, ClockMark.NATIONAL]
    assert [clock.moment(mark, LADDER, CALENDAR) - evening for mark in marks] == [timedelta(hours=n) for n in (1, 2, 3)]
    later = evening + timedelta(days=1)
    assert clock.paused(later, CALENDAR).next_mark(LADDER, CALENDAR) is None
    resumed = clock.paused(evening, CALENDAR).resumed(later)
    assert resumed.next_mark(LADDER, CALENDAR) == (later + timedelta(hours=1), ClockMark.LATE)


@given(
    st.sampled_from(sorted(OFFICES - {ClockName.TAKE})),
    st.integers(1, 60),
    moments,
    st.lists(st.integers(0, 20), max_size=6),
)
def test_however_often_it_stands_still_it_allows_as_many_days(
    name: ClockName, days: int, since: datetime, spans: list[int]
) -> None:
    """Paused and resumed on the same day, nothing changes; else the last day moves by the pause alone."""
    clock, at = Clock(name, days, since), since
    for span in spans:
        at += timedelta(days=span)
        before = clock.last_day(CALENDAR)
        clock = clock.paused(at, CALENDAR)
        clock = clock.resumed(at)
        is_late = CALENDAR.day(at) > before
        assert clock.last_day(CALENDAR) == before or is_late


@given(st.sampled_from(list(ClockName)), st.integers(8, 60), moments)
def test_marks_come_one_after_the_other(name: ClockName, days: int, since: datetime) -> None:
    clock, times = Clock(name, days, since), []
    while mark := clock.next_mark(LADDER, CALENDAR):
        times.append(mark[0])
        clock = clock.marked(mark[1], mark[0])
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert all(moment >= since for moment in times)


@pytest.mark.parametrize("name", ["nudge", "late"])
def test_a_mark_that_has_come_does_not_come_again(name: str) -> None:
    clock = resolve()
    while (mark := clock.next_mark(LADDER, CALENDAR)) and mark[1] != name:
        clock = clock.marked(mark[1], mark[0])
    marked = clock.marked(ClockMark(name), MONDAY)
    following = marked.next_mark(LADDER, CALENDAR)
    assert following is not None
    assert following[1] is not ClockMark(name)
