"""Ways to spoil a copy of the project's regency, and to see what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from actions.regency.declaration import WrongDeclaration
from actions.regency.files import load

DATA = Path(__file__).parents[3] / "data"
NAMES = (
    "regency.toml",
    "categories.csv",
    "agencies.csv",
    "routing.csv",
    "hotlines.csv",
    "regions.geojson",
    "limits.toml",
    "deadlines.toml",
    "holidays.toml",
)


def spoil(file: Path, change: Callable[[str], str]) -> int:
    """Changes a file, and answers the first line that is different then."""
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    file.write_text(after, encoding="utf-8")
    pairs = zip([*before.splitlines(), ""], after.splitlines(), strict=False)
    return next(line for line, (old, new) in enumerate(pairs, 1) if old != new)


def replaced(old: str, new: str) -> Callable[[str], str]:
    """The change of some words, where they first stand."""
    return lambda text: text.replace(old, new, 1)


def without(start: str) -> Callable[[str], str]:
    """The loss of every row that begins so."""
    return lambda text: "".join(row for row in text.splitlines(keepends=True) if not row.startswith(start))


def dissolved(group: str, *, into: str) -> Callable[[str], str]:
    """A group of categories becomes part of another."""
    return lambda text: without(f"{group},")(text).replace(f",{group},", f",{into},")


def added(row: str) -> Callable[[str], str]:
    """A row more at the end."""
    return lambda text: text + row + "\n"


def copied(start: str, to: str) -> Callable[[str], str]:
    """The one row that begins so once more at the end, beginning otherwise."""

    def change(text: str) -> str:
        [row] = [row for row in text.splitlines(keepends=True) if row.startswith(start)]
        return text + to + row.removeprefix(start)

    return change


def retired(**state: str) -> Callable[[str], str]:
    """The same categories with a column `retired`, in which these have something."""

    def change(text: str) -> str:
        header, *rows = text.splitlines()
        cells = [f"{row},{state.get(row.partition(',')[0], '')}" for row in rows]
        return "\n".join([f"{header},retired", *cells]) + "\n"

    return change


def wrong(folder: Path) -> WrongDeclaration:
    """What is said of a folder that cannot be loaded."""
    with pytest.raises(WrongDeclaration) as raised:
        load(folder, DATA)
    return raised.value
