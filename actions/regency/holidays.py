"""The days that are not worked: national holidays and cuti bersama, as a regency corrects them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from holidays import GOVERNMENT, PUBLIC

from actions.regency.declaration import phrase
from actions.regency.indonesia import IndonesianHolidays
from actions.regency.settings import TomlTable, read_settings

YEARS = range(2024, 2041)
"""Far enough for every deadline. The package knows a year's cuti bersama once they are decreed."""


def read_holidays(file: Path, years: Iterable[int] = YEARS) -> frozenset[date]:
    """The holidays of these years, weekends among them.

    Args:
        file: holidays.toml, whose tables `added` and `removed` hold "2026-03-11" = "why".
        years: which years.
    """
    local = read_settings(file)
    national = IndonesianHolidays(years=years, categories=(PUBLIC, GOVERNMENT))
    return frozenset(national) - _days(local.table("removed")) | _days(local.table("added"))


def _days(table: TomlTable) -> frozenset[date]:
    return frozenset(_day(table, key) for key in table.values)


def _day(table: TomlTable, key: str) -> date:
    table.words(key)
    try:
        return date.fromisoformat(key)
    except ValueError:
        what = phrase("'{key}' is no day", key=key)
        raise table.wrong(key, what, phrase('write "2026-03-11" = "why"')) from None
