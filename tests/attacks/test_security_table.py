"""The table of threats names tests that are there, and every attack stands in it; no route is without an entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import APIRouter

from bot.main.installed_channels import installed_channels
from bot.web.shared.access import GUARDED, PUBLIC, UndeclaredRoute, check_guards
from bot.web.shared.app import make_app

CHECKOUT = Path(__file__).resolve().parents[2]
TABLE = (CHECKOUT / "docs" / "security.md").read_text("utf-8")
NAMED = set(re.findall(r"`(tests/[\w/]+\.py)`", TABLE))
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not re.match(r"\| (who|routes|---) ", line)]
"""Of both tables, without their heads."""
ENTRIES = {entry for row in ROWS for entry in re.findall(r"`(/[^`]*)`", row.split("|")[1])}
ROUTES = {*GUARDED, *PUBLIC, *installed_channels().routes}
"""Every route of the application: the service starts with no other (`check_guards`)."""


def stands_for(entry: str, path: str) -> bool:
    """Whether an entry of the table is this path, or ends with "…" and begins it."""
    return path == entry or (entry.endswith("…") and path.startswith(entry.removesuffix("…")))


def test_every_test_that_the_table_names_is_there() -> None:
    assert [name for name in sorted(NAMED) if not (CHECKOUT / name).is_file()] == []


def test_every_attack_stands_in_the_table() -> None:
    attacks = {str(path.relative_to(CHECKOUT)) for path in Path(__file__).parent.glob("test_attack_*.py")}
    assert attacks - NAMED == set()


def test_every_row_says_who_what_how_and_which_test() -> None:
    assert len(ROWS) > 9
    assert [row for row in ROWS if len(row.strip("|").split("|")) != 4 or "`tests/" not in row] == []


def test_every_route_stands_in_one_row_and_every_entry_is_a_route() -> None:
    paths = {route.partition(" ")[2] for route in ROUTES}
    entries = {path: [entry for entry in ENTRIES if stands_for(entry, path)] for path in paths}
    assert {path: found for path, found in entries.items() if len(found) != 1} == {}
    assert [entry for entry in ENTRIES if not any(stands_for(entry, path) for path in paths)] == []


@pytest.mark.parametrize(
    ("path", "table"), [("/new-page", "PUBLIC"), ("/chat/new", "PUBLIC"), ("/desk/new-page", "guarded")]
)
def test_a_new_route_without_an_entry_does_not_start(path: str, table: str) -> None:
    router = APIRouter()
    router.add_api_route(path, lambda: "open")
    with pytest.raises(UndeclaredRoute, match=table):
        check_guards(make_app([router]))
