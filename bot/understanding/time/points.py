"""Days told from today: kemarin, tadi malam, senin lalu, besok. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.understanding.time.days import last_weekday, one_day
from bot.understanding.time.festivals import RULES as FESTIVALS
from bot.understanding.time.grammar import WEEKDAY, WEEKDAYS, DateContext, Reader, TimeMatch, named, said
from bot.understanding.time.periods import RULES as PERIODS
from bot.understanding.understood import When

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
_COMPILED = tuple((re.compile(pattern), reader, rank) for pattern, reader, rank in (*_RULES, *PERIODS, *FESTIVALS))
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
