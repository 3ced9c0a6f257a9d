"""The table of steps in `docs/cases.md` is the one that cases are moved by."""

from __future__ import annotations

import re
from pathlib import Path

from actions.cases.case import OPEN, Status
from actions.cases.lifecycle import EVER, TABLE, Goes, TransitionRule

DOCUMENT = Path(__file__).parents[2] / "docs" / "cases.md"
ROW = re.compile(r"^\| (\d+) \| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|", re.MULTILINE)
NAMED = {"every open one": OPEN, "every one": EVER, "draft": {None}}
WHERE = {"back": Goes.BACK, "nowhere": Goes.NOWHERE}


def as_written() -> set[tuple[object, ...]]:
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    return {(int(number), action, _came_from(left), _to(to), _names(who)) for number, action, left, to, who in rows}


def as_moved() -> set[tuple[object, ...]]:
    return {
        (row.number, row.action.value, frozenset(row.came_from), row.to, _roles(row)) for row in TABLE if row.number
    }


def _roles(row: TransitionRule) -> frozenset[str]:
    return frozenset(role.value.replace("_", " ") for role in row.who)


def _came_from(cell: str) -> frozenset[Status | None]:
    return frozenset(NAMED[cell]) if cell in NAMED else frozenset(Status(name) for name in re.findall(r"`(\w+)`", cell))


def _to(cell: str) -> Status | Goes:
    return WHERE[cell] if cell in WHERE else Status(cell.strip("`"))


def _names(cell: str) -> frozenset[str]:
    return frozenset(name.strip() for name in cell.split(","))


def test_the_table_of_steps_is_the_one_that_cases_are_moved_by() -> None:
    assert as_written() == as_moved()
