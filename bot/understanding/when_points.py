"""Times told from today: kemarin, tadi malam, senin lalu, bulan lalu, dua hari yang lalu, lebaran kemarin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.understanding.heard import When
from bot.understanding.when_days import (
    before,
    last_month_named,
    last_weekday,
    months_before,
    one_day,
    part_of_month,
    part_of_year,
    week_of,
)
from bot.understanding.when_feasts import RAMADAN
from bot.understanding.when_grammar import (
    AMOUNT,
    FEAST,
    FEASTS,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Calendar,
    Found,
    amount,
    named,
)

type Reader = Callable[[re.Match[str], Calendar], When | None]

_TIMES_OF_DAY = "pagi|siang|sore|malam|subuh|dini hari|maghrib|magrib|petang"
_PART = r"(?:(?P<part>awal|tengah|pertengahan|akhir)(?: di| dari)? )?"
_LAST = r"(?: yang)? (?:lalu|kemarin|silam)|(?: yang)? tadi|kemarin"
_EVERY = r"(?<!setiap )(?<!tiap )(?<!tiap-tiap )(?<!per )"


def _days_ago(days: int) -> Reader:
    return lambda _, calendar: one_day(calendar.today - timedelta(days=days))


def _ago(match: re.Match[str], calendar: Calendar) -> When | None:
    count, unit = amount(match)
    return one_day(before(calendar.today, count, unit))


def _weekday(match: re.Match[str], calendar: Calendar) -> When | None:
    weekday = int(named(WEEKDAYS, match["weekday"]))
    if match["next"]:
        ahead = (weekday - calendar.today.weekday()) % 7 or 7
        return one_day(calendar.today + timedelta(days=ahead))
    day = last_weekday(calendar.today, weekday, strictly=bool(match["last"]))
    if match["week"]:
        day = calendar.today - timedelta(days=calendar.today.weekday() + 7 - weekday)
    return one_day(day - timedelta(days=1) if match["eve"] else day)


def _week(match: re.Match[str], calendar: Calendar) -> When | None:
    return week_of(calendar.today - timedelta(days=0 if match["this"] else 7))


def _month(match: re.Match[str], calendar: Calendar) -> When | None:
    day = months_before(calendar.today, 0 if match["this"] else 1)
    return part_of_month(day.year, day.month, match["part"] or "")


def _year(match: re.Match[str], calendar: Calendar) -> When | None:
    year = int(match["year"]) if match["year"] else calendar.today.year - (0 if match["this"] else 1)
    return part_of_year(year, match["part"] or "")


def _named_month(match: re.Match[str], calendar: Calendar) -> When | None:
    said = match["month"] or match["named"]
    month = int(named(MONTHS, said) if said else match["digit"])
    if not 1 <= month <= 12:  # noqa: PLR2004
        return None
    year = last_month_named(calendar.today, month)
    if match["year"]:
        year = int(match["year"])
    elif match["lastyear"]:
        year = calendar.today.year - 1
    return part_of_month(year, month, match["part"] or "")


def _feast(match: re.Match[str], calendar: Calendar) -> When | None:
    feast = RAMADAN if match["fast"] else named(FEASTS, match["feast"])
    year = int(match["year"]) if match["year"] else calendar.today.year
    days = [calendar.feasts(y).get(feast) for y in (year, year - 1)]
    begun = [day for day in days if day is not None and day <= calendar.today]
    if match["lastyear"]:
        begun = [day for day in days if day is not None and day.year == calendar.today.year - 1]
    if not begun:
        return None
    day = begun[0]
    if match["fast"]:
        return When(day, day + timedelta(days=29))
    shift = int(match["days"]) if match["days"] else 0
    return one_day(day + timedelta(days=-shift if match["sign"] == "-" else shift))


_BY_MONTH_WORD = r"(?:bulan|pada|sejak|dari|mulai|since|in|hingga|sampai|di|per)"
_RULES: tuple[tuple[str, Reader, int], ...] = (
    (r"\b(?:kemarin (?:lusa|dulu)|lusa kemarin|selumbari)\b", _days_ago(2), 1),
    (
        rf"\b{_EVERY}(?:kemarin(?:-kemarin)?(?: (?:{_TIMES_OF_DAY}))?|(?:{_TIMES_OF_DAY}) kemarin)\b",
        _days_ago(1),
        1,
    ),
    (r"\b(?:tadi malam|semalam|malam tadi)\b(?! suntuk)", _days_ago(1), 1),
    (
        rf"\b(?<!maksud )(?<!sebut )(?<!sebutkan )(?<!seperti )(?<!itu )(?<!yang )tadi(?: (?:{_TIMES_OF_DAY}))?\b|\b(?:{_TIMES_OF_DAY}) (?:tadi|ini)\b",
        _days_ago(0),
        1,
    ),
    (r"\b(?:hari ini|barusan|baru saja|baru aja|baru tadi)\b", _days_ago(0), 1),
    (rf"\b{AMOUNT}(?: lebih)?(?: yang)? (?:lalu|kemarin|silam|ago)\b", _ago, 1),
    (
        rf"\b{_EVERY}(?:(?P<eve>malam) (?!minggu (?:lalu|ini))|hari )(?P<weekday>{WEEKDAY})\b"
        rf"(?: (?:{_TIMES_OF_DAY}))?(?: (?P<week>minggu (?:lalu|kemarin))|(?P<last> lalu| kemarin| yang lalu)"
        r"|(?P<next> depan| besok| yang akan datang))?(?!\s?(?:-|sampai|s/d|hingga))",
        _weekday,
        1,
    ),
    (
        rf"\b{_EVERY}(?<!hari )(?<!malam )(?P<eve>(?!))?(?P<weekday>(?!minggu|ahad){WEEKDAY}|(?:minggu|ahad)(?= (?:{_TIMES_OF_DAY})))\b"
        rf"(?: (?:{_TIMES_OF_DAY}))?(?: (?P<week>minggu (?:lalu|kemarin))|(?P<last> lalu| kemarin| yang lalu)"
        r"|(?P<next> depan| besok| yang akan datang))?(?!\s?(?:-|sampai|s/d|hingga))",
        _weekday,
        1,
    ),
    (r"\b(?<!hari )(?<!malam )minggu (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin)|kmrn)\b", _week, 2),
    (rf"\b{_PART}bulan (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin))\b", _month, 2),
    (rf"\b{_PART}tahun (?:(?P<this>ini)|(?:yang )?(?:lalu|kemarin)|(?P<year>{YEAR}))\b", _year, 3),
    (
        rf"\b(?P<part>(?!))?(?:(?<=sejak )|(?<=dari )|(?<=since )|(?<=semenjak ))(?P<this>(?!))?(?P<year>{YEAR})\b",
        _year,
        3,
    ),
    (
        rf"\b(?:(?P<part>awal|tengah|pertengahan|akhir)(?: di| dari)?(?: bulan)? (?P<month>{MONTH})"
        rf"|(?:{_BY_MONTH_WORD} )+(?P<named>{MONTH})|bulan (?P<digit>\d{{1,2}}))\b"
        rf"(?:,? (?:tahun )?(?P<year>{YEAR})|(?P<lastyear> tahun (?:lalu|kemarin)))?",
        _named_month,
        2,
    ),
    (
        rf"\b(?P<part>(?!))?(?P<named>(?!))?(?P<month>{MONTH})(?P<digit>(?!))?"
        rf"(?:,? (?:tahun )?(?P<year>{YEAR})|(?P<lastyear> tahun (?:lalu|kemarin))| (?:lalu|kemarin|ini|yang lalu))",
        _named_month,
        2,
    ),
    (
        rf"\b(?:h ?(?P<sign>[+-]) ?(?P<days>\d{{1,2}}) |(?:sejak|dari|waktu|saat|pas|ketika|setelah|sesudah|habis|sehabis|abis|"
        rf"sebelum|menjelang|hari|malam|usai|pasca|mulai|since|bulan|masa|during|selama|after|libur|liburan|awal|akhir) )+"
        rf"(?:(?P<feast>{FEAST})|(?P<fast>puasa|rama?dh?an))\b"
        rf"(?: (?P<year>{YEAR})|(?P<lastyear> tahun (?:lalu|kemarin))| kemarin| lalu| yang lalu)?",
        _feast,
        1,
    ),
    (
        rf"\b(?P<sign>(?!))?(?P<days>(?!))?(?:(?P<feast>{FEAST})|(?P<fast>puasa|rama?dh?an))"
        rf" (?:(?P<year>{YEAR})|(?P<lastyear>tahun (?:lalu|kemarin))|kemarin|lalu|yang lalu|barusan|ini)\b",
        _feast,
        1,
    ),
)
_COMPILED = tuple((re.compile(pattern), reader, rank) for pattern, reader, rank in _RULES)


def points(text: str, calendar: Calendar) -> Iterator[Found]:
    """The times in `text` that are told from today, in no order."""
    for pattern, reader, rank in _COMPILED:
        for match in pattern.finditer(text):
            when = reader(match, calendar)
            if when is not None:
                future = match.groupdict().get("next") is not None
                yield Found(match.start(), match.end(), when, rank, is_future=future)
    for match in re.finditer(r"\bbesok(?: (?:pagi|siang|sore|malam))?\b|\btomorrow\b", text):
        yield Found(match.start(), match.end(), one_day(calendar.today + timedelta(days=1)), 2, is_future=True)
