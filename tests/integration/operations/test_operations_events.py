"""Whoever reads a warning or an error in the log finds it in `docs/operations.md`, with what to do."""

from __future__ import annotations

import re

from tests.integration.process.surroundings import CHECKOUT

LOGGED = re.compile(r'\blog\.(?:warning|error)\(\s*(?:#.*\n\s*)?"([a-z_]+)"')
CHOSEN = re.compile(r'^\s+what = "([a-z_]+)" if .+ else "([a-z_]+)"$', re.MULTILINE)
"""Of one event with two names: when the database is away, and otherwise."""


def events() -> set[str]:
    """Every warning and error that the sources log."""
    sources = [
        path.read_text(encoding="utf-8") for folder in ("bot", "actions") for path in CHECKOUT.glob(f"{folder}/**/*.py")
    ]
    found = {name for source in sources for name in LOGGED.findall(source)}
    return found | {name for source in sources for pair in CHOSEN.findall(source) for name in pair}


def test_each_warning_and_error_is_told_of() -> None:
    page = (CHECKOUT / "docs/operations.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_]+)`", page.partition("## What to do when")[2]))
    assert events() - told == set()


def test_events_of_every_form_are_found() -> None:
    assert {"turn_failed", "arrival_refused", "turns_wait", "turns_wait_for_database", "message_impossible"} <= events()
