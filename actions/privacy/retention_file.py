"""Reads `retention.toml`."""

from __future__ import annotations

from pathlib import Path

from actions.privacy.retention import Kind, Retention, Rule
from actions.regency.declaration import phrase
from actions.regency.settings import Settings, read_settings

ELSEWHERE = "elsewhere"


def read_retention(file: Path) -> Retention:
    """How long what is kept.

    Raises:
        WrongDeclaration: a kind is missing or unknown, or its days, reason or source cannot stand.
    """
    settings = read_settings(file)
    if unknown := sorted(set(settings.values) - {*Kind, ELSEWHERE}):
        what = phrase("'{name}' is nothing that is kept", name=unknown[0])
        raise settings.wrong(unknown[0], what, phrase("use one of {where}", where=", ".join(Kind)))
    others = settings.table(ELSEWHERE)
    return Retention(
        {kind: _rule(settings.table(kind), kind) for kind in Kind},
        {name: _rule(others.table(name), name) for name in others.values},
    )


def _rule(settings: Settings, kind: str) -> Rule:
    days, decide = settings.values.get("days"), settings.values.get("decide", False)
    if type(days) is not int or days < 0:
        what = phrase("'days' of [{kind}] is not there or is no whole number from 0", kind=kind)
        raise settings.wrong(kind, what, phrase("write days = 0 for ever, or how many"))
    if not isinstance(decide, bool):
        what = phrase("'decide' of [{kind}] is neither true nor false", kind=kind)
        raise settings.wrong("decide", what, phrase("write decide = true"))
    return Rule(days, settings.words("why"), settings.words("source"), decide)
