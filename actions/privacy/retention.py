"""How long personal data is kept: the rules of `retention.toml`, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from actions.regency.declaration import phrase
from actions.regency.settings import TomlTable, read_settings


class RetainedKind(StrEnum):
    """What is kept, each under its own table of the file. In this order it is swept."""

    LEFT = "left"
    WORDS = "words"
    PHOTOS = "photos"
    REPORTERS = "reporters"
    MESSAGES = "messages"
    STUCK = "stuck"
    TALKS = "talks"
    BROWSERS = "browsers"
    NOTES = "notes"
    SAMPLES = "samples"
    LABELLED = "labelled"
    REPLACED = "replaced"
    SESSIONS = "sessions"
    OFFICER_DRAFTS = "officer_drafts"
    OFFICER_CARDS = "officer_cards"
    OFFICER_DIGESTS = "officer_digests"
    OFFICER_DEEDS = "officer_deeds"
    PROTOCOL = "protocol"


OWN_REQUEST = "own_request"
"""In the protocol: a citizen had her data deleted."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long one kind is kept.

    Attributes:
        days: 0 for ever.
        why: what it is for, and from when the days count.
        source: the regulation behind it.
        is_proposal: a regency must decide it; these days are ours.
    """

    days: int
    why: str = ""
    source: str = ""
    is_proposal: bool = False

    def before(self, now: datetime) -> datetime | None:
        """What is older goes; None where nothing ever does."""
        return now - timedelta(days=self.days) if self.days else None


@dataclass(frozen=True, slots=True)
class Retention:
    """Every rule; `elsewhere` are those that this service cannot carry out itself."""

    rules: Mapping[RetainedKind, RetentionRule] = field(default_factory=dict)
    elsewhere: Mapping[str, RetentionRule] = field(default_factory=dict)

    def rule(self, kind: RetainedKind) -> RetentionRule:
        """The rule of a kind; for ever where the file has none."""
        return self.rules.get(kind, RetentionRule(0))

    def keeping_messages(self, days: int | None) -> Retention:
        """With so many days for messages, where a setting says so."""
        if days is None:
            return self
        known = self.rule(RetainedKind.MESSAGES)
        changed = RetentionRule(days, known.why, known.source, known.is_proposal)
        return Retention({**self.rules, RetainedKind.MESSAGES: changed}, self.elsewhere)


ELSEWHERE = "elsewhere"


def read_retention(file: Path, defaults: Path | None = None) -> Retention:
    """How long what is kept.

    Args:
        file: the regency's.
        defaults: the project's own file, for what a regency's file, written for an older version, has no table of.

    Raises:
        WrongDeclaration: a kind is missing in both or unknown, or its days, reason or source cannot stand.
    """
    settings = read_settings(file)
    if unknown := sorted(set(settings.values) - {*RetainedKind, ELSEWHERE}):
        what = phrase("'{name}' is nothing that is kept", name=unknown[0])
        raise settings.wrong(unknown[0], what, phrase("use one of {where}", where=", ".join(RetainedKind)))
    others = settings.table(ELSEWHERE)
    usual = read_settings(defaults) if defaults else settings
    return Retention(
        {kind: _rule((settings if kind in settings.values else usual).table(kind), kind) for kind in RetainedKind},
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
