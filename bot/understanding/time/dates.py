"""Dates by the calendar: 5 Maret 2026, 12/03/2026, tanggal 5 bulan lalu, tgl 3-7 Maret. Pure.

Only spans that these patterns find are given to dateparser: on a whole message it makes a year of a phone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

import dateparser

from bot.understanding.time.days import months_before, safe_date
from bot.understanding.time.grammar import MONTH, YEAR, DateContext, TimeMatch
from bot.understanding.understood import When

_DAY = r"(?P<day>[0-3]?\d)"
_TO = r"\s?(?:-|–|sampai(?: dengan)?|s/d|sd|hingga|dan|,)\s?(?:tanggal )?"  # noqa: RUF001
_WRITTEN = re.compile(
    rf"(?<![\d.,/])\b(?:tanggal )?(?:(?P<first>[0-3]?\d){_TO})?{_DAY}(?:st|nd|rd|th)?[ -]?(?P<month>{MONTH})\b"
    rf"(?!-[a-z])(?:[ ,'-]{{0,2}}(?:tahun )?(?P<year>{YEAR})(?![\d/])|(?P<lastyear> tahun (?:lalu|kemarin))"
    r"| (?:lalu|kemarin|ini|yang lalu))?"
)
_ENGLISH = re.compile(rf"\b(?P<month>{MONTH}) {_DAY}(?:st|nd|rd|th)?\b(?:,? (?P<year>{YEAR}))?(?! (?:{MONTH})\b)")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?<!rt )(?<!rw )(?<!nomor )(?<!blok )(?<!no )"
    rf"(?P<whole>{YEAR}-[01]\d-[0-3]\d|[0-3]?\d(?P<sep>[/.-])[01]?\d(?P=sep)(?:{YEAR}|\d\d))(?![\d/-]|[.,]\d)"
)
_SPOKEN = re.compile(
    rf"\btanggal\s?(?:(?P<first>[0-3]?\d)\s?(?:-|sampai|s/d|hingga)\s?(?:tanggal )?)?{_DAY}\b"
    r"(?:[/-](?P<slash>[01]?\d)\b|,? bulan (?:(?P<last>lalu|kemarin|yang lalu)|ini|"
    rf"(?P<digit>\d{{1,2}})|(?P<month>{MONTH})))?"
    rf"(?:,? (?:tahun )?(?P<year>{YEAR})| kemarin| lalu| yang lalu)?(?![/.-]\d|,\d)(?! (?:{MONTH})\b)"
)


def dates(text: str, calendar: DateContext) -> Iterator[TimeMatch]:
    """The dates in `text`, in no order."""
    readers = ((_WRITTEN, _written), (_ENGLISH, _written), (_NUMERIC, _numeric), (_SPOKEN, _spoken))
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            day = reader(match, calendar.today)
            if day is None:
                continue
            first = match.groupdict().get("first")
            since = safe_date(day.year, day.month, int(first)) if first else None
            ranged = since is not None and since <= day
            when = When(since if ranged else day, day)
            yield TimeMatch(match.start(), match.end(), when, 1, is_future=day > calendar.today, is_closed=ranged)


def _parse(span: str, today: date) -> date | None:
    """A day and month, or a date, by dateparser; without a year the last one that has come.

    None where the calendar has no such day (31 April).
    """
    settings = {
        "DATE_ORDER": "DMY",
        "PARSERS": ["absolute-time"],
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": datetime.combine(today, time.max),
        "REQUIRE_PARTS": ["day", "month"],
    }
    found: datetime | None = dateparser.parse(span, languages=["id", "en"], settings=settings)
    return found.date() if found else None


def _written(match: re.Match[str], today: date) -> date | None:
    year = match["year"] or (today.year - 1 if match.groupdict().get("lastyear") else "")
    return _parse(f"{match['day']} {match['month']} {year}", today)


def _numeric(match: re.Match[str], today: date) -> date | None:
    return _parse(match["whole"], today)


def _spoken(match: re.Match[str], today: date) -> date | None:
    month = match["slash"] or match["digit"]
    if month:
        return _parse(f"{match['day']}/{month}/{match['year'] or ''}".rstrip("/"), today)
    if match["month"]:
        return _parse(f"{match['day']} {match['month']} {match['year'] or ''}", today)
    back = months_before(today.replace(day=1), 1 if match["last"] else 0)
    found = safe_date(back.year, back.month, int(match["day"]))
    if found is not None and found > today:
        back = months_before(back, 1)
        found = safe_date(back.year, back.month, int(match["day"]))
    return found
