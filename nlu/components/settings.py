"""Reads what `config.yml` says to a component, and refuses what it cannot mean."""

from collections.abc import Mapping
from typing import Union

Setting = Union[str, int, float, bool, None]
Settings = dict[str, Setting]


class SettingError(ValueError):
    """A setting of a component in `config.yml` is wrong; the message names it and says what to write."""


def whole_number(settings: Mapping[str, Setting], name: str, *, of: str) -> int:
    """The setting `name` of the component `of`, a whole number from 1.

    Raises:
        SettingError: it is missing or something else.
    """
    value = settings.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingError(f"config.yml, {of}: {name} must be a whole number from 1.")
    return value


def share(settings: Mapping[str, Setting], name: str, *, of: str) -> float:
    """The setting `name` of the component `of`, a number from 0 to 1.

    Raises:
        SettingError: it is missing or something else.
    """
    value = settings.get(name)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
        raise SettingError(f"config.yml, {of}: {name} must be a number from 0 to 1.")
    return float(value)


def positive_number(settings: Mapping[str, Setting], name: str, *, of: str) -> float:
    """The setting `name` of the component `of`, a number above 0.

    Raises:
        SettingError: it is missing or something else.
    """
    value = settings.get(name)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value <= 0:
        raise SettingError(f"config.yml, {of}: {name} must be a number above 0.")
    return float(value)
