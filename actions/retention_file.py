"""Reads `retention.toml`."""

from __future__ import annotations

from pathlib import Path

from actions.regency.settings import Settings, read_settings
from actions.retention import Kind, Retention, Rule

ELSEWHERE = "elsewhere"


def read_retention(file: Path) -> Retention:
    """How long what is kept.

    Raises:
        WrongDeclaration: a kind is missing or unknown, or its days, reason or source cannot stand.
    """
    settings = read_settings(file)
    if unknown := sorted(set(settings.values) - {*Kind, ELSEWHERE}):
        raise settings.wrong(unknown[0], f"'{unknown[0]}' is nothing that is kept", f"use one of {', '.join(Kind)}")
    others = settings.table(ELSEWHERE)
    return Retention(
        {kind: _rule(settings.table(kind), kind) for kind in Kind},
        {name: _rule(others.table(name), name) for name in others.values},
    )


def _rule(settings: Settings, kind: str) -> Rule:
    days, decide = settings.values.get("days"), settings.values.get("decide", False)
    if type(days) is not int or days < 0:
        what = f"'days' of [{kind}] is not there or is no whole number from 0"
        raise settings.wrong(kind, what, "write days = 0 for ever, or how many")
    if not isinstance(decide, bool):
        raise settings.wrong("decide", f"'decide' of [{kind}] is neither true nor false", "write decide = true")
    return Rule(days, settings.words("why"), settings.words("source"), decide)
