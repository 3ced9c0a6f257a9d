"""The table of threats names tests that are there, and every attack stands in it; no route is without an entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import APIRouter

from bot.web.shared.access import UndeclaredRoute, check_guards
from bot.web.shared.app import make_app

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE = (CHECKOUT / "docs" / "security.md").read_text("utf-8")
NAMED = set(re.findall(r"`(tests/[\w/]+\.py)`", TABLE))


def test_every_test_that_the_table_names_is_there() -> None:
    assert [name for name in sorted(NAMED) if not (CHECKOUT / name).is_file()] == []


def test_every_attack_stands_in_the_table() -> None:
    attacks = {str(path.relative_to(CHECKOUT)) for path in Path(__file__).parent.glob("test_attack_*.py")}
    assert attacks - NAMED == set()


def test_every_row_says_who_what_how_and_which_test() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 9
    assert [row for row in rows if len(row.strip("|").split("|")) != 4 or "`tests/" not in row] == []


@pytest.mark.parametrize(
    ("path", "table"), [("/new-page", "PUBLIC"), ("/chat/new", "PUBLIC"), ("/desk/new-page", "guarded")]
)
def test_a_new_route_without_an_entry_does_not_start(path: str, table: str) -> None:
    router = APIRouter()
    router.add_api_route(path, lambda: "open")
    with pytest.raises(UndeclaredRoute, match=table):
        check_guards(make_app([router]))
