"""Holds back what was sent for some seconds: nothing is kept meanwhile, so whoever closes the page has undone it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from actions.people.secret_key import accepted

SECONDS: Final = 10
GOOD_FOR: Final = timedelta(minutes=10)
MOST_DIGITS: Final = 16


class Held(StrEnum):
    """What may be done now with what was held back."""

    YES = "yes"
    TOO_EARLY = "too early"
    NO = "no"


@dataclass(slots=True)
class Hold:
    """Makes and reads the mark that a page carries while it waits: who sends what, from which moment on.

    Attributes:
        secret_key: the installation's.
        seconds: how long it waits.
    """

    secret_key: bytes
    seconds: float = SECONDS

    def mark(self, person: int, what: str, now: datetime) -> str:
        """The mark of what this person sends now; `what` tells it from anything else."""
        from_ms = str(round((now + timedelta(seconds=self.seconds)).timestamp() * 1000))
        return f"{from_ms}.{_digest(self.secret_key, person, what, from_ms)}"

    def read(self, mark: str, person: int, what: str, now: datetime) -> Held:
        """Whether it may be done now: she sent just this, and the seconds are over."""
        from_ms, _, digest = mark.partition(".")
        good = [_digest(secret, person, what, from_ms) for secret in accepted(self.secret_key)]
        is_ours = any(hmac.compare_digest(digest.encode(), one.encode()) for one in good)
        if not is_ours or not from_ms.isdecimal() or len(from_ms) > MOST_DIGITS:
            return Held.NO
        over = now.timestamp() * 1000 - int(from_ms)
        if over < 0:
            return Held.TOO_EARLY
        return Held.YES if over <= GOOD_FOR.total_seconds() * 1000 else Held.NO


def _digest(secret_key: bytes, person: int, what: str, from_ms: str) -> str:
    return hmac.new(secret_key, f"desk hold {person} {what} {from_ms}".encode(), "sha256").hexdigest()
