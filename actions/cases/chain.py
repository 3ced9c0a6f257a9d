"""The chain of a case's events: each holds the hash of the one before, so that a change shows. Pure."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from hashlib import sha256

from actions.cases.case import CaseEvent, Words, members_of_event

BEGINNING = "0" * 64
"""Stands for the hash before the first event."""


def seal(event: CaseEvent, previous_hash: str = BEGINNING) -> CaseEvent:
    """The event with its hashes.

    Args:
        event: with a time zone in `at`; the hash is of the instant, so any zone gives the same.
        previous_hash: that of the event before, `BEGINNING` for the first.
    """
    chained = replace(event, previous_hash=previous_hash, hash="")
    return replace(chained, hash=sha256((previous_hash + _canonical(chained)).encode()).hexdigest())


def verify(events: Iterable[CaseEvent]) -> int | None:
    """Looks whether a case's events, oldest first, are as they were written.

    Events cut off at the end do not show here: compare the count with the case's version.

    Returns:
        The place, from 1, of the first event that was changed, taken out or put in; None when all is well.
    """
    previous = BEGINNING
    for place, event in enumerate(events, 1):
        if event.number != place or event != seal(event, previous):
            return place
        previous = event.hash
    return None


def digest_words(words: Words, salt: bytes) -> str:
    """A salted hash of what the citizen wrote: proves it unchanged, tells nothing once the salt is erased."""
    return hmac.digest(salt, _json({"story": words.story, "name": words.name}).encode(), "sha256").hex()


def digest(words: str, salt: bytes) -> str:
    """A salted hash of what somebody typed about a case; "" for nothing."""
    return hmac.digest(salt, words.encode(), "sha256").hex() if words else ""


_STORED_NAMES = {"action": "deed"}
"""What a member of an event is called in the hash, where its name has changed: the hash of an old event must not."""

_LATER = ("deed", "person", "details")
"""What older events do not have; where it is empty, the hash is that of before."""


def _canonical(event: CaseEvent) -> str:
    told = members_of_event(event) | {"at": event.at.astimezone(UTC).isoformat(timespec="microseconds")}
    del told["hash"]
    for name, stored in _STORED_NAMES.items():
        told[stored] = told.pop(name)
    for name in _LATER:
        if not told[name]:
            del told[name]
    return _json(told)


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
