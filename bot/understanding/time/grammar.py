"""The pieces that expressions of time are made of, as regular expressions over normalised text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.understanding import words
from bot.understanding.time.feasts import Feasts
from bot.understanding.understood import When

_NUMBERS = words.lists("times", "numbers")
_SINGLE = {
    "sehari": "hari",
    "seminggu": "minggu",
    "sepekan": "minggu",
    "sebulan": "bulan",
    "setahun": "tahun",
}


def any_of(table: Mapping[str, tuple[str, ...]]) -> str:
    """One pattern for all members of a table, the longest first."""
    members = sorted((member for listed in table.values() for member in listed), key=len, reverse=True)
    return f"(?:{'|'.join(members)})"


def named(table: Mapping[str, tuple[str, ...]], said: str) -> str:
    """The name of the list that has `said`; the table's members are patterns.

    Raises:
        KeyError: no list has it.
    """
    for name, members in table.items():
        if any(re.fullmatch(member, said) for member in members):
            return name
    raise KeyError(said)


UNITS = words.lists("times", "units")
MONTHS = words.lists("times", "months")
WEEKDAYS = words.lists("times", "weekdays")
FEASTS = words.lists("times", "feasts")
MONTH = any_of(MONTHS)
WEEKDAY = any_of(WEEKDAYS)
FEAST = any_of(FEASTS)
UNIT = any_of(UNITS)
NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d)?|(?:{any_of(_NUMBERS)} )?{any_of(_NUMBERS)})"
YEAR = r"(?:19[6-9]\d|20\d\d)"
AMOUNT = (
    rf"(?:(?P<n>{NUMBER})(?:\s?(?:-|–|sampai|atau|hingga|s/d|sd)\s?(?P<to>{NUMBER}))?[ -]?(?P<unit>{UNIT})"  # noqa: RUF001
    rf"|(?P<single>{'|'.join(_SINGLE)}))(?P<half> setengah)?\b(?!-)"
)


@dataclass(frozen=True, slots=True)
class DateContext:
    """The day that a message is read on, and the feasts of any year."""

    today: date
    feasts: Feasts


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """A time in the text.

    Attributes:
        start, end: where it stands in the normalised text.
        when: the span it means.
        rank: how well it tells when the matter happened; the lowest is taken, of equals the first.
        is_future: the words say that it is still to come. `is_closed`: they name its end, so it does not run on.
    """

    start: int
    end: int
    when: When
    rank: int
    is_future: bool = False
    is_closed: bool = False


type Reader = Callable[[re.Match[str], DateContext], When | None]
"""What a match means; None when it means nothing."""


def said(match: re.Match[str], name: str) -> str | None:
    """What a group of the match says; None when the pattern has no such group, or it took no part."""
    return match.groupdict().get(name)


def number(written: str) -> float:
    """The number of digits or words ("dua", "dua puluh lima", "satu setengah", "1,5").

    Raises:
        KeyError: it is none.
    """
    if written[0].isdigit():
        return float(written.replace(",", "."))
    try:
        return float(named(_NUMBERS, written))
    except KeyError:
        larger, _, rest = written.rpartition(" ")
        if not larger:
            raise
        return number(larger) + number(rest)


def amount(match: re.Match[str]) -> tuple[float, str]:
    """Number and unit of a match of `AMOUNT`; of "2-3 minggu" the larger."""
    if match["single"]:
        return 1 + (0.5 if match["half"] else 0), _SINGLE[match["single"]]
    count = number(match["n"])
    if match["to"]:
        count = max(count, number(match["to"]))
    return count + (0.5 if match["half"] else 0), named(UNITS, match["unit"])
