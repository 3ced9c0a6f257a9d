"""Word lists and patterns of the understanding, as data. Read once when a module that needs them is imported."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources

type Lists = Mapping[str, tuple[str, ...]]


class WordsError(ValueError):
    """A file of words does not say what its reader expects."""


def _table(file: str, section: str) -> Mapping[str, object]:
    """The table `section` of `file`.toml; the whole file when `section` is empty."""
    document: object = tomllib.loads(resources.files(__name__).joinpath(f"{file}.toml").read_text("utf-8"))
    if section and isinstance(document, dict):
        document = document.get(section)
    if not isinstance(document, dict):
        message = f"words/{file}.toml: there is no table [{section}]"
        raise WordsError(message)
    return document


def lists(file: str, section: str = "") -> Lists:
    """Lists of words by name.

    Args:
        file: name of the file, without `.toml`.
        section: table inside the file; empty for the top level.

    Raises:
        WordsError: a member is no list of strings, or the table is not there.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, members in _table(file, section).items():
        if not isinstance(members, list) or not all(isinstance(member, str) for member in members):
            message = f"words/{file}.toml: {name} has to be a list of strings"
            raise WordsError(message)
        found[name] = tuple(members)
    return found


def pairs(file: str, section: str = "") -> Mapping[str, str]:
    """One word for another, by word.

    Raises:
        WordsError: a value is no string, or the table is not there.
    """
    found: dict[str, str] = {}
    for name, value in _table(file, section).items():
        if not isinstance(value, str):
            message = f"words/{file}.toml: {name} has to be a string"
            raise WordsError(message)
        found[name] = value
    return found


def inverted(table: Lists) -> Mapping[str, str]:
    """From each member to the name of its list: `{"belum": ["blm"]}` becomes `{"blm": "belum"}`."""
    return {member: name for name, members in table.items() for member in members}
