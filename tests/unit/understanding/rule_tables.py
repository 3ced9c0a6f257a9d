"""Tables of authored sentences with what the rules should make of them, and the sentences they still get wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent


def table(name: str) -> dict[str, object]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def known_failures(name: str) -> set[str]:
    listed = table(name)["known_failures"]
    assert isinstance(listed, list)
    return set(listed)


def cases(name: str) -> dict[str, str]:
    found = table(name)["cases"]
    assert isinstance(found, dict)
    return found


def sentences(name: str, group: str) -> list[str]:
    found = table(name)[group]
    assert isinstance(found, list)
    return found


def today(name: str) -> date:
    day = table(name)["today"]
    assert isinstance(day, date)
    return day


def wrongly_read[Meaning](expected: Mapping[str, Meaning], read: Callable[[str], Meaning]) -> dict[str, Meaning]:
    """Each sentence that is read otherwise, with what was read."""
    return {text: meaning for text, wanted in expected.items() if (meaning := read(text)) != wanted}


def assert_as_written[Meaning](name: str, expected: Mapping[str, Meaning], read: Callable[[str], Meaning]) -> None:
    """All but the known failures come right; a known failure that comes right has to leave its list."""
    known = known_failures(name) & expected.keys()
    wrong = wrongly_read(expected, read)
    new = {text: (meaning, "instead of", expected[text]) for text, meaning in wrong.items() if text not in known}
    mended = known - wrong.keys()
    assert not new
    assert not mended, "these come right now: take them off known_failures"


def learned(file: str, *lists: str) -> list[str]:
    """The rows of lists of `data/nlu/risk/`, which the model of risks learned."""
    told = tomllib.loads((HERE.parents[2] / "data" / "nlu" / "risk" / f"{file}.toml").read_text("utf-8"))
    return [text for name in lists for text in told[name]]
