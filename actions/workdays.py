"""Working days: weekends and holidays do not count, and a day begins by the region's own clock. Pure."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The first working day after this day."""
    following = day + timedelta(days=1)
    while not is_working_day(following, holidays):
        following += timedelta(days=1)
    return following


def deadline(filed_at: datetime, days: int, holidays: Container[date], zone: ZoneInfo) -> date:
    """The last day of a clock that starts when a case is filed.

    Args:
        filed_at: the instant of filing, with a time zone.
        days: working days from 1; day 1 is the next working day.
        holidays: days that are not worked, weekends apart.
        zone: of the region.

    Returns:
        The day by whose end it must be done.

    Raises:
        ValueError: `filed_at` has no time zone.
    """
    if filed_at.tzinfo is None:
        raise ValueError(filed_at)
    day = filed_at.astimezone(zone).date()
    for _ in range(days):
        day = next_working_day(day, holidays)
    return day
