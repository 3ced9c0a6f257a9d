"""Indonesia's holidays as the `holidays` package knows them, without the 250 other countries that it brings along.

Its package `holidays.countries` imports every country, which takes 8 MB and half a second of a start.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import holidays

_COUNTRIES = "holidays.countries"


def _only_indonesia() -> type[holidays.HolidayBase]:
    """The one module, imported while an empty package stands in for the full one."""
    if _COUNTRIES in sys.modules:
        return _indonesia()
    package = ModuleType(_COUNTRIES)
    package.__path__ = [str(Path(holidays.__file__).with_name("countries"))]
    sys.modules[_COUNTRIES] = package
    try:
        return _indonesia()
    finally:
        del sys.modules[_COUNTRIES]


def _indonesia() -> type[holidays.HolidayBase]:
    found: type[holidays.HolidayBase] = import_module(f"{_COUNTRIES}.indonesia").Indonesia
    return found


IndonesianHolidays = _only_indonesia()
