"""Days, weeks, months and years before a day, and the feasts that people date things by. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from actions.regency.indonesia import IndonesianHolidays
from bot.understanding.understood import When

_DAYS_A_MONTH = 30
_THIRDS_OF_MONTH = {"awal": (1, 10), "tengah": (11, 20), "pertengahan": (11, 20), "akhir": (21, 31)}
_THIRDS_OF_YEAR = {"awal": (1, 4), "tengah": (5, 8), "pertengahan": (5, 8), "akhir": (9, 12)}


def one_day(day: date) -> When:
    """A span of one day."""
    return When(day, day)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (31 April)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_before(today: date, months: int) -> date:
    """The same day `months` earlier; the last of the month where that month is shorter."""
    index = today.year * 12 + today.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def before(today: date, amount: float, unit: str) -> date:
    """The day `amount` units (hari, minggu, bulan, tahun) before `today`; halves of a month are 15 days."""
    if unit in {"hari", "minggu"}:
        days = round(amount * (7 if unit == "minggu" else 1))
        return today - timedelta(days=days)
    months = amount * (12 if unit == "tahun" else 1)
    whole = int(months)
    return months_before(today, whole) - timedelta(days=round((months - whole) * _DAYS_A_MONTH))


def week_of(day: date) -> When:
    """The week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return When(monday, monday + timedelta(days=6))


def month_of(year: int, month: int) -> When:
    """A month, from its first to its last day."""
    return When(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def last_month_named(today: date, month: int) -> int:
    """The year of the last month of that number that has begun."""
    return today.year if month <= today.month else today.year - 1


def last_weekday(today: date, weekday: int, *, strictly: bool) -> date:
    """The last such weekday (0 is Monday); `strictly` before today."""
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or (7 if strictly else 0))


def part_of_month(year: int, month: int, part: str) -> When:
    """Days 1-10 (awal), 11-20 (tengah, pertengahan) or 21 to the end (akhir) of a month; all of it without `part`."""
    last = monthrange(year, month)[1]
    first, end = _THIRDS_OF_MONTH.get(part, (1, last))
    return When(date(year, month, first), date(year, month, min(end, last)))


def part_of_year(year: int, part: str) -> When:
    """Four months each: awal, tengah (pertengahan), akhir; all of the year without `part`."""
    first, last = _THIRDS_OF_YEAR.get(part, (1, 12))
    return When(date(year, first, 1), month_of(year, last).until)


RAMADAN = "Ramadan"
_FEASTS = (
    "Idul Fitri",
    "Idul Adha",
    "Natal",
    "Tahun Baru Masehi",
    "Imlek",
    "Nyepi",
    "Waisak",
    "Kemerdekaan",
    "Maulid",
    "Isra",
    "Tahun Baru Islam",
    "Wafat",
)
_NAMED_ALIKE = ("Cuti", "kedua")
_FASTING_DAYS = 30

type Feasts = Callable[[int], Mapping[str, date]]


@cache
def feasts_of(year: int) -> Mapping[str, date]:
    """First day of each feast of `year`, by the name that words/times.toml gives it; also of the fasting month.

    Two Idul Fitri or Isra Mikraj in one year (the lunar year is shorter): the first.
    """
    found: dict[str, date] = {}
    for day, names in sorted(IndonesianHolidays(years=year).items()):
        for feast in _FEASTS:
            if feast in names and not any(other in names for other in _NAMED_ALIKE):
                found.setdefault(feast, day)
    if "Idul Fitri" in found:
        found[RAMADAN] = found["Idul Fitri"] - timedelta(days=_FASTING_DAYS)
    return MappingProxyType(found)
