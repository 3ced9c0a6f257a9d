"""Times told from a feast: waktu lebaran, H-3 lebaran, seminggu sesudah Idul Adha, bulan puasa kemarin. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.time.days import before, one_day
from bot.understanding.time.feasts import RAMADAN
from bot.understanding.time.grammar import AMOUNT, FEAST, FEASTS, YEAR, DateContext, Reader, amount, named, said
from bot.understanding.understood import When

_FASTING_DAYS = 30
_FEAST = rf"(?:(?P<feast>{FEAST})|(?P<fast>puasa|rama?dh?an))"
_ITS_YEAR = rf"(?: (?:tahun )?(?P<year>{YEAR})|(?P<lastyear> tahun (?:lalu|kemarin)))"
_AROUND = (
    "(?:sejak|dari|waktu|saat|pas|ketika|setelah|sesudah|habis|sehabis|abis|sebelum|menjelang|hari|malam|usai|pasca|"
    "mulai|since|bulan|masa|during|selama|after|libur|liburan|awal|akhir)"
)


def _first_day(match: re.Match[str], calendar: DateContext) -> date | None:
    """The first day of the feast: of the year that is named, else the last one that has come."""
    feast = RAMADAN if match["fast"] else named(FEASTS, match["feast"])
    this_year = calendar.today.year
    written = said(match, "year")
    years = [int(written)] if written else [this_year - 1] if said(match, "lastyear") else [this_year, this_year - 1]
    days = [calendar.feasts(year).get(feast) for year in years]
    return next((day for day in days if day is not None and day <= calendar.today), None)


def _feast(match: re.Match[str], calendar: DateContext) -> When | None:
    day = _first_day(match, calendar)
    if day is None:
        return None
    if match["fast"]:
        return When(day, day + timedelta(days=_FASTING_DAYS - 1))
    return one_day(day)


def _counted(match: re.Match[str], calendar: DateContext) -> When | None:
    """Read "H-3 lebaran"."""
    day = _first_day(match, calendar)
    days = int(match["days"])
    return one_day(day + timedelta(days=-days if match["sign"] == "-" else days)) if day else None


def _beside(match: re.Match[str], calendar: DateContext) -> When | None:
    """Read "seminggu sesudah lebaran"."""
    day = _first_day(match, calendar)
    if day is None:
        return None
    earlier = before(day, *amount(match))
    return one_day(earlier if match["side"] in {"sebelum", "menjelang"} else day + (day - earlier))


RULES: tuple[tuple[str, Reader, int], ...] = (
    (rf"\bh ?(?P<sign>[+-]) ?(?P<days>\d{{1,2}}) {_FEAST}\b(?:{_ITS_YEAR}| kemarin| lalu)?", _counted, 1),
    (
        rf"\b{AMOUNT} (?P<side>sebelum|menjelang|sesudah|setelah|habis) {_FEAST}\b(?:{_ITS_YEAR}| kemarin| lalu)?",
        _beside,
        1,
    ),
    (rf"\b(?:{_AROUND} )+{_FEAST}\b(?:{_ITS_YEAR}| kemarin| lalu| yang lalu)?", _feast, 1),
    (rf"\b{_FEAST}(?:{_ITS_YEAR}| kemarin| lalu| yang lalu| barusan| ini)\b", _feast, 1),
)
