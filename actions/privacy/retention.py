"""How long what is kept of people: the rules of `data/retention.toml`, as values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


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
