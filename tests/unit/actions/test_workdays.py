"""Clocks in working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases.clocks import Calendar, is_working_day, next_working_day

WITA = ZoneInfo("Asia/Makassar")
days_off = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 6, 30)), max_size=40)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


def last_day(since: datetime, days: int, holidays: frozenset[date] = frozenset(), zone: ZoneInfo = WITA) -> date:
    """The last of so many working days from an instant."""
    calendar = Calendar(zone, holidays)
    return calendar.after(calendar.day(since), days)


def filed(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


@pytest.mark.parametrize(
    ("filed_at", "days", "due"),
    [
        ("2026-03-02 09:00", 1, date(2026, 3, 3)),
        ("2026-03-02 09:00", 5, date(2026, 3, 9)),
        ("2026-03-06 16:00", 1, date(2026, 3, 9)),
        ("2026-03-07 10:00", 1, date(2026, 3, 9)),
        ("2026-03-08 23:59", 14, date(2026, 3, 26)),
    ],
)
def test_day_one_is_the_next_working_day(filed_at: str, days: int, due: date) -> None:
    assert last_day(filed(filed_at), days) == due


def test_the_regency_s_own_midnight_begins_the_day() -> None:
    late_on_monday_in_utc = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    assert last_day(late_on_monday_in_utc, 1) == date(2026, 3, 4)
    assert last_day(late_on_monday_in_utc, 1, zone=ZoneInfo("Asia/Jakarta")) == date(2026, 3, 3)


def test_a_holiday_is_no_working_day() -> None:
    nyepi = frozenset({date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20)})
    assert next_working_day(date(2026, 3, 17), nyepi) == date(2026, 3, 23)


@given(moments, st.integers(1, 60), days_off)
def test_a_deadline_leaves_exactly_so_many_working_days(at: datetime, days: int, holidays: frozenset[date]) -> None:
    due = last_day(at, days, holidays)
    filing = at.astimezone(WITA).date()
    between = [filing + timedelta(days=n) for n in range(1, (due - filing).days + 1)]
    calendar = Calendar(WITA, holidays)
    assert is_working_day(due, holidays)
    assert calendar.between(filing, due) == days
    assert sum(is_working_day(day, holidays) for day in between) == days
