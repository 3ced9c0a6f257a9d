"""Dates by the calendar: 5 Maret 2026, 12/03/2026, tanggal 5 bulan lalu, tgl 3-7 Maret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

import dateparser  # type: ignore[import-untyped]  # the package ships no types

from bot.understanding.heard import When
from bot.understanding.when_days import full_year, months_before, one_day, safe_date
from bot.understanding.when_grammar import MONTH, MONTHS, YEAR, Calendar, Found, named

_DAY = r"(?P<day>[0-3]?\d)"
_WRITTEN = re.compile(
    rf"(?<![\d.,/])\b(?:(?P<first>[0-3]?\d)(?:\s?(?:-|–|sampai|s/d|sd|hingga|dan|,)\s?))?"  # noqa: RUF001
    rf"{_DAY}(?:st|nd|rd|th)?[ -]?(?P<month>{MONTH})\b(?!-)(?:[ ,'-]{{0,2}}(?:tahun )?(?P<year>{YEAR})(?![\d/])|(?P<lastyear> tahun (?:lalu|kemarin)))?"
)
_ENGLISH = re.compile(rf"\b(?P<month>{MONTH}) (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<year>{YEAR}))?\b")
_NUMERIC = re.compile(
    rf"(?<![\d./-])(?:(?P<iso>{YEAR}-[01]\d-[0-3]\d)|{_DAY}(?P<sep>[/.-])(?P<month>[01]?\d)(?P=sep)(?P<year>{YEAR}|\d\d))(?![\d/-]|[.,]\d)"
)
_SPOKEN = re.compile(
    rf"\btanggal\s?(?:(?P<first>[0-3]?\d)\s?(?:-|sampai|s/d|hingga)\s?(?:tanggal )?)?{_DAY}\b(?![.,]\d|[/-]\d+[/-])"
    rf"(?:[/-](?P<slash>[01]?\d)\b|,? bulan (?:(?P<last>lalu|kemarin|yang lalu)|ini|(?P<digit>\d{{1,2}})|(?P<month>{MONTH})))?"
    rf"(?:,? (?:tahun )?(?P<year>{YEAR}))?(?! (?:{MONTH})\b)"
)


def dates(text: str, calendar: Calendar) -> Iterator[Found]:
    """The dates in `text`, in no order."""
    readers = ((_WRITTEN, _written), (_ENGLISH, _written), (_NUMERIC, _numeric), (_SPOKEN, _spoken))
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            when = reader(match, calendar)
            if when is not None:
                ahead = bool(match["year"]) and when.since is not None and when.since > calendar.today
                yield Found(match.start(), match.end(), when, 1, is_future=ahead)


def _parse(words: str, calendar: Calendar) -> date | None:
    """A date by dateparser; without a year, the last one that has come."""
    noon = datetime.combine(calendar.today, time(12))
    settings = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "RELATIVE_BASE": noon, "REQUIRE_PARTS": ["day", "month"]}
    found: datetime | None = dateparser.parse(words, languages=["id", "en"], settings=settings)
    return found.date() if found else None


def _written(match: re.Match[str], calendar: Calendar) -> When | None:
    month = int(named(MONTHS, match["month"]))
    year = match["year"] or (str(calendar.today.year - 1) if match.groupdict().get("lastyear") else "")
    day = _past(int(match["day"]), month, int(year) if year else None, calendar.today)
    if day is None:
        return None
    first = match.groupdict().get("first")
    start = safe_date(day.year, month, int(first)) if first else day
    return When(start, day) if start is not None and start <= day else one_day(day)


def _numeric(match: re.Match[str], calendar: Calendar) -> When | None:
    if match["iso"]:
        day = _parse(match["iso"], calendar)
    else:
        day = safe_date(full_year(match["year"]), int(match["month"]), int(match["day"]))
    return one_day(day) if day else None


def _spoken(match: re.Match[str], calendar: Calendar) -> When | None:
    number = match["slash"] or match["digit"] or (named(MONTHS, match["month"]) if match["month"] else "")
    day, year = int(match["day"]), int(match["year"]) if match["year"] else None
    if number:
        found = _past(day, int(number), year, calendar.today)
    else:
        back = months_before(calendar.today.replace(day=1), 1 if match["last"] else 0)
        found = safe_date(back.year, back.month, day)
        if found is not None and found > calendar.today:
            back = months_before(back, 1)
            found = safe_date(back.year, back.month, day)
    if found is None:
        return None
    start = safe_date(found.year, found.month, int(match["first"])) if match["first"] else found
    return When(start, found) if start is not None and start <= found else one_day(found)


def _past(day: int, month: int, year: int | None, today: date) -> date | None:
    """The date of that year; without a year the last one that has come."""
    if year is not None:
        return safe_date(year, month, day)
    found = safe_date(today.year, month, day)
    return found if found is not None and found <= today else safe_date(today.year - 1, month, day)
