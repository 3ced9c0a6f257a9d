"""Tables of authored sentences with what the rules should make of them, and the sentences they still get wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
RISKS = HERE.parents[2] / "data" / "nlu" / "risk"


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


def assert_examples_are_read(name: str, kinds: Mapping[str, bool], read: Callable[[str], bool], *files: str) -> None:
    """What the model of risks learned is read as it was meant, every row of it, and none of it stands in the table.

    Args:
        name: of the table.
        kinds: what the rows of each list are to be read as; other lists say nothing.
        read: the rule.
        files: of `data/nlu/risk/`, as a pattern.
    """
    examples = {
        text: kinds[kind]
        for pattern in files
        for file in sorted(RISKS.glob(f"{pattern}.toml"))
        for kind, texts in tomllib.loads(file.read_text("utf-8")).items()
        if kind in kinds
        for text in texts
    }
    held_back = {text for group in table(name).values() if isinstance(group, list) for text in group}
    assert examples
    assert wrongly_read(examples, read) == {}
    assert not held_back & examples.keys(), "a held-back sentence stands among the examples"
