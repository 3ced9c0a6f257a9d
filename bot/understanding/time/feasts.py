"""The feasts people date things by. Pure: the `holidays` package computes them, nothing is read or asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from actions.regency.indonesia import IndonesianHolidays

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
