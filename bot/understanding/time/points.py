"""Times told from today or from a feast: kemarin, senin lalu, minggu lalu, akhir Mei, H-3 lebaran. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.understanding.time.days import (
    RAMADAN,
    before,
    last_month_named,
    last_weekday,
    months_before,
    one_day,
    part_of_month,
    part_of_year,
    week_of,
)
from bot.understanding.time.grammar import (
    AMOUNT,
    FEAST,
    FEASTS,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    DateContext,
    Reader,
    TimeMatch,
    amount,
    named,
    said,
)
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


FESTIVAL_RULES: tuple[tuple[str, Reader, int], ...] = (
    (rf"\bh ?(?P<sign>[+-]) ?(?P<days>\d{{1,2}}) {_FEAST}\b(?:{_ITS_YEAR}| kemarin| lalu)?", _counted, 1),
    (
        rf"\b{AMOUNT} (?P<side>sebelum|menjelang|sesudah|setelah|habis) {_FEAST}\b(?:{_ITS_YEAR}| kemarin| lalu)?",
        _beside,
        1,
    ),
    (rf"\b(?:{_AROUND} )+{_FEAST}\b(?:{_ITS_YEAR}| kemarin| lalu| yang lalu)?", _feast, 1),
    (rf"\b{_FEAST}(?:{_ITS_YEAR}| kemarin| lalu| yang lalu| barusan| ini)\b", _feast, 1),
)


_PART = "(?P<part>awal|tengah|pertengahan|akhir)"
_MAYBE_PART = rf"(?:{_PART}(?: di| dari)? )?"
_BEFORE_MONTH = r"(?:bulan|pada|sejak|dari|mulai|since|in|hingga|sampai|di|per)"
_PERIODS_ITS_YEAR = rf"(?:,? (?:tahun )?(?P<year>{YEAR})|(?P<lastyear> tahun (?:lalu|kemarin)))"
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


PERIOD_RULES: tuple[tuple[str, Reader, int], ...] = (
    (r"\b(?<!hari )(?<!malam )minggu (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin))\b", _week, 2),
    (rf"\b{_MAYBE_PART}bulan (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin))\b", _month, 2),
    (rf"\b{_PART} (?P<unit>tahun|bulan)\b(?! (?:lalu|ini|kemarin|yang|\d|[a-z]+ \d{{4}}))", _part, 2),
    (rf"\b{_MAYBE_PART}tahun (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin)|(?P<year>{YEAR}))\b", _year, 3),
    (rf"(?:(?<=sejak )|(?<=dari )|(?<=since )|(?<=semenjak ))(?P<year>{YEAR})\b", _year, 3),
    (
        rf"\b{_PART}(?: di| dari)?(?: bulan)? (?P<month>{MONTH})\b(?: (?:lalu|kemarin|ini))?{_PERIODS_ITS_YEAR}?",
        _named_month,
        2,
    ),
    (rf"\b(?:{_BEFORE_MONTH} )+(?P<month>{MONTH})\b{_PERIODS_ITS_YEAR}?", _named_month, 2),
    (rf"\bbulan (?P<digit>\d{{1,2}})\b{_PERIODS_ITS_YEAR}?", _named_month, 2),
    (rf"\b(?P<month>{MONTH})(?:{_PERIODS_ITS_YEAR}| (?:lalu|kemarin|ini|yang lalu))", _named_month, 2),
)


_HOURS = "(?:pagi|siang|sore|malam|subuh|dini hari|maghrib|magrib|petang)"
_EVERY = r"(?<!setiap )(?<!tiap )(?<!tiap-tiap )(?<!per )"
_TOLD_ABOVE = r"(?<!maksud )(?<!sebut )(?<!sebutkan )(?<!seperti )(?<!itu )(?<!yang )"
_RANGE_BEFORE = r"(?<!sampai )(?<!hingga )(?<!s/d )(?<!-)(?<!- )"
_RANGE_AFTER = r"(?!\s?(?:-|sampai|s/d|hingga))"
_BARE_WEEKDAY = rf"(?P<weekday>(?!minggu|ahad){WEEKDAY}|(?:minggu|ahad)(?= {_HOURS}))"
_WHICH = (
    rf"(?: {_HOURS})?(?: (?P<week>minggu (?:lalu|kemarin))|(?P<last> lalu| kemarin| yang lalu)"
    r"|(?P<next> depan| besok| yang akan datang))?"
)


def _day(days: int) -> Reader:
    """A reader for the day that is `days` from today; before it when negative."""
    return lambda _, calendar: one_day(calendar.today + timedelta(days=days))


def _weekday(match: re.Match[str], calendar: DateContext) -> When | None:
    """A weekday: the last one that has come, today's own without "lalu". "Malam Minggu" is Saturday's evening."""
    weekday = int(named(WEEKDAYS, match["weekday"]))
    if match["next"]:
        ahead = (weekday - calendar.today.weekday()) % 7 or 7
        return one_day(calendar.today + timedelta(days=ahead))
    day = last_weekday(calendar.today, weekday, strictly=bool(match["last"]))
    if match["week"]:
        day = calendar.today - timedelta(days=calendar.today.weekday() + 7 - weekday)
    return one_day(day - timedelta(days=1) if said(match, "eve") else day)


_RULES: tuple[tuple[str, Reader, int], ...] = (
    (r"\b(?:kemarin (?:lusa|dulu)|lusa kemarin|selumbari)\b", _day(-2), 1),
    (rf"\b{_EVERY}(?:kemarin(?:-kemarin)?(?: {_HOURS})?|{_HOURS} kemarin)\b", _day(-1), 1),
    (r"\b(?:tadi malam|semalam(?:an)?|malam tadi)\b(?! suntuk)", _day(-1), 1),
    (rf"\b{_TOLD_ABOVE}tadi(?: {_HOURS})?\b|\b{_HOURS} (?:tadi|ini)\b", _day(0), 1),
    (r"\b(?<!beberapa )(?<!akhir-akhir )hari ini\b|\b(?:barusan|baru saja|baru aja|baru tadi)\b", _day(0), 1),
    (r"(?:(?<=sejak )|(?<=dari ))(?:pagi|subuh|siang|sore)\b(?! (?:sampai|hingga|ke|tadi|ini|kemarin))", _day(0), 1),
    (
        rf"\b{_EVERY}(?:(?P<eve>malam) (?!minggu (?:lalu|ini))|hari )(?P<weekday>{WEEKDAY})\b{_WHICH}{_RANGE_AFTER}",
        _weekday,
        1,
    ),
    (rf"\b{_EVERY}(?<!hari )(?<!malam ){_RANGE_BEFORE}{_BARE_WEEKDAY}\b{_WHICH}{_RANGE_AFTER}", _weekday, 1),
)
_TO_COME: tuple[tuple[str, Reader, int], ...] = (
    (r"\bbesok(?: (?:pagi|siang|sore|malam))?\b|\btomorrow\b", _day(1), 2),
    (r"(?<!kemarin )\blusa\b(?! kemarin)", _day(2), 2),
)
_COMPILED = tuple(
    (re.compile(pattern), reader, rank) for pattern, reader, rank in (*_RULES, *PERIOD_RULES, *FESTIVAL_RULES)
)
_COMPILED_TO_COME = tuple((re.compile(pattern), reader, rank) for pattern, reader, rank in _TO_COME)


def points(text: str, calendar: DateContext) -> Iterator[TimeMatch]:
    """The times in `text` that are told from today, in no order."""
    for pattern, reader, rank in _COMPILED:
        for match in pattern.finditer(text):
            when = reader(match, calendar)
            if when is not None:
                yield TimeMatch(match.start(), match.end(), when, rank, is_future=said(match, "next") is not None)
    for pattern, reader, rank in _COMPILED_TO_COME:
        for match in pattern.finditer(text):
            yield TimeMatch(match.start(), match.end(), reader(match, calendar) or When(), rank, is_future=True)
