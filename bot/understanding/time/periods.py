"""Weeks, months and years told from today: minggu lalu, akhir bulan lalu, pertengahan Mei, tahun 2022. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.understanding.time.days import last_month_named, months_before, part_of_month, part_of_year, week_of
from bot.understanding.time.grammar import MONTH, MONTHS, YEAR, DateContext, Reader, named, said
from bot.understanding.understood import When

_PART = "(?P<part>awal|tengah|pertengahan|akhir)"
_MAYBE_PART = rf"(?:{_PART}(?: di| dari)? )?"
_BEFORE_MONTH = r"(?:bulan|pada|sejak|dari|mulai|since|in|hingga|sampai|di|per)"
_ITS_YEAR = rf"(?:,? (?:tahun )?(?P<year>{YEAR})|(?P<lastyear> tahun (?:lalu|kemarin)))"
_MONTHS_A_YEAR = 12


def _week(match: re.Match[str], calendar: DateContext) -> When | None:
    return week_of(calendar.today - timedelta(days=0 if match["this"] else 7))


def _month(match: re.Match[str], calendar: DateContext) -> When | None:
    day = months_before(calendar.today, 0 if match["this"] else 1)
    return part_of_month(day.year, day.month, match["part"] or "")


def _year(match: re.Match[str], calendar: DateContext) -> When | None:
    written = said(match, "year")
    year = int(written) if written else calendar.today.year - (0 if said(match, "this") else 1)
    return part_of_year(year, said(match, "part") or "")


def _part(match: re.Match[str], calendar: DateContext) -> When | None:
    """The last beginning, middle or end of a year or month that has begun."""
    today, part, last = calendar.today, match["part"], months_before(calendar.today, 1)
    if match["unit"] == "bulan":
        this, previous = part_of_month(today.year, today.month, part), part_of_month(last.year, last.month, part)
    else:
        this, previous = part_of_year(today.year, part), part_of_year(today.year - 1, part)
    return this if this.since is not None and this.since <= today else previous


def _named_month(match: re.Match[str], calendar: DateContext) -> When | None:
    """A month by name or number, in its year or in the last one in which it has begun."""
    name = said(match, "month")
    month = int(named(MONTHS, name) if name else match["digit"])
    if not 1 <= month <= _MONTHS_A_YEAR:
        return None
    year = last_month_named(calendar.today, month)
    if said(match, "year"):
        year = int(match["year"])
    elif said(match, "lastyear"):
        year = calendar.today.year - 1
    return part_of_month(year, month, said(match, "part") or "")


RULES: tuple[tuple[str, Reader, int], ...] = (
    (r"\b(?<!hari )(?<!malam )minggu (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin))\b", _week, 2),
    (rf"\b{_MAYBE_PART}bulan (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin))\b", _month, 2),
    (rf"\b{_PART} (?P<unit>tahun|bulan)\b(?! (?:lalu|ini|kemarin|yang|\d|[a-z]+ \d{{4}}))", _part, 2),
    (rf"\b{_MAYBE_PART}tahun (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin)|(?P<year>{YEAR}))\b", _year, 3),
    (rf"(?:(?<=sejak )|(?<=dari )|(?<=since )|(?<=semenjak ))(?P<year>{YEAR})\b", _year, 3),
    (
        rf"\b{_PART}(?: di| dari)?(?: bulan)? (?P<month>{MONTH})\b(?: (?:lalu|kemarin|ini))?{_ITS_YEAR}?",
        _named_month,
        2,
    ),
    (rf"\b(?:{_BEFORE_MONTH} )+(?P<month>{MONTH})\b{_ITS_YEAR}?", _named_month, 2),
    (rf"\bbulan (?P<digit>\d{{1,2}})\b{_ITS_YEAR}?", _named_month, 2),
    (rf"\b(?P<month>{MONTH})(?:{_ITS_YEAR}| (?:lalu|kemarin|ini|yang lalu))", _named_month, 2),
)
