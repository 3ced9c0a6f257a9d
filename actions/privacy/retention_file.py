"""Reads `retention.toml`."""

from __future__ import annotations

from pathlib import Path

from actions.privacy.retention import RetainedKind, Retention, RetentionRule
from actions.regency.declaration import phrase
from actions.regency.settings import TomlTable, read_settings

ELSEWHERE = "elsewhere"


def read_retention(file: Path) -> Retention:
    """How long what is kept.

    Raises:
        WrongDeclaration: a kind is missing or unknown, or its days, reason or source cannot stand.
    """
    settings = read_settings(file)
    if unknown := sorted(set(settings.values) - {*RetainedKind, ELSEWHERE}):
        what = phrase("'{name}' is nothing that is kept", name=unknown[0])
        raise settings.wrong(unknown[0], what, phrase("use one of {where}", where=", ".join(RetainedKind)))
    others = settings.table(ELSEWHERE)
    return Retention(
        {kind: _rule(settings.table(kind), kind) for kind in RetainedKind},
        {name: _rule(others.table(name), name) for name in others.values},
    )


def _rule(settings: TomlTable, kind: str) -> RetentionRule:
    days, decide = settings.values.get("days"), settings.values.get("decide", False)
    if type(days) is not int or days < 0:
        what = phrase("'days' of [{kind}] is not there or is no whole number from 0", kind=kind)
        raise settings.wrong(kind, what, phrase("write days = 0 for ever, or how many"))
    if not isinstance(decide, bool):
        what = phrase("'decide' of [{kind}] is neither true nor false", kind=kind)
        raise settings.wrong("decide", what, phrase("write decide = true"))
    return RetentionRule(days, settings.words("why"), settings.words("source"), decide)
