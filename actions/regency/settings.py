"""Reading a regency's TOML files key by key, so that what is wrong is named with file, line and mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.regency.declaration import Phrase, WrongDeclaration, phrase, read_text


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A TOML file, or one table of it."""

    file: Path
    text: str
    values: Mapping[str, object]

    def wrong(self, key: str, what: Phrase, mend: Phrase) -> WrongDeclaration:
        """What to raise when the value of a key cannot stand, or is not there."""
        stands = re.compile(rf"""\s*\[?["']?{re.escape(key)}["']?\s*[=\]]""")
        lines = (number for number, line in enumerate(self.text.splitlines(), 1) if stands.match(line))
        return WrongDeclaration(self.file, next(lines, 1), what, mend)

    def words(self, key: str) -> str:
        """Words that are not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            what = phrase("'{key}' is not there or holds no words", key=key)
            raise self.wrong(key, what, phrase('write {key} = "…"', key=key))
        return value.strip()

    def positive(self, key: str) -> int:
        """A whole number from 1."""
        value = self.values.get(key)
        if type(value) is not int or value < 1:
            what = phrase("'{key}' is not there or is no whole number from 1", key=key)
            raise self.wrong(key, what, phrase("write {key} = 1 or more", key=key))
        return value

    def listed(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(member, str) for member in value):
            what = phrase("'{key}' is not there or is no list of words", key=key)
            raise self.wrong(key, what, phrase('write {key} = ["…"]', key=key))
        return tuple(value)

    def table(self, key: str) -> TomlTable:
        """A table; one that is not there is empty."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, phrase("'{key}' is no table", key=key), phrase("write [{key}]", key=key))
        return TomlTable(self.file, self.text, value)


def read_settings(file: Path) -> TomlTable:
    """The tables of a TOML file."""
    text = read_text(file)
    try:
        return TomlTable(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        what, mend = (
            phrase("this is not TOML ({error})", error=str(error)),
            phrase("look at its quotes and equals signs"),
        )
        raise WrongDeclaration(file, line, what, mend) from None
