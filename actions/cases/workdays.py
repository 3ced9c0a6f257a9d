"""Working days: weekends and holidays do not count, and a day begins by the region's own clock. Pure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """A region's own days: its clock, the days off (weekends apart), and the hour at which a working day begins."""

    zone: ZoneInfo
    holidays: Container[date]
    morning: int = 8

    def day(self, at: datetime) -> date:
        """The day that it is there at an instant."""
        return at.astimezone(self.zone).date()

    def after(self, day: date, days: int) -> date:
        """So many working days after a day; the day itself for 0 or fewer."""
        for _ in range(days):
            day = next_working_day(day, self.holidays)
        return day

    def between(self, day: date, until: date) -> int:
        """How many working days lie after the one day, up to and with the other."""
        days = ((day + timedelta(days=n)) for n in range(1, (until - day).days + 1))
        return sum(is_working_day(other, self.holidays) for other in days)

    def opening(self, day: date) -> datetime:
        """The instant at which that day's work begins."""
        return datetime.combine(day, time(self.morning), self.zone)

    def end(self, day: date) -> datetime:
        """The instant at which that day is over."""
        return datetime.combine(day + timedelta(days=1), time(), self.zone)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The first working day after this day."""
    following = day + timedelta(days=1)
    while not is_working_day(following, holidays):
        following += timedelta(days=1)
    return following
