"""How long somebody waits after signing in has failed. Pure.

A pause grows and has an end: nobody can lock another out for good. While it lasts, tries are neither looked at nor
counted. A browser in which a person has signed in before is counted by itself, so that strangers who try her name do
not hold her up (OWASP: device cookies).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Tries without a pause. An address may be that of a whole office, so it has more."""

    free: int


OF_A_NAME = Allowance(5)
OF_AN_ADDRESS = Allowance(30)
OF_A_CHAT = Allowance(5)


@dataclass(frozen=True, slots=True)
class Tries:
    """What is known of one name, address, browser or chat; a try counts as failed until it is forgiven."""

    failed: int
    last_at: datetime
    not_before: datetime

    @classmethod
    def none(cls, now: datetime) -> Tries:
        """Nothing has failed."""
        return cls(0, now, now)

    def counted(self, allowance: Allowance, now: datetime) -> Tries:
        """One more; the pause is for what comes after it."""
        failed = 1 + (0 if now - self.last_at >= FORGOTTEN_AFTER else self.failed)
        return Tries(failed, now, now + pause_after(failed, allowance))

    def forgiven(self) -> Tries:
        """One less, and no pause: it was right."""
        return Tries(max(self.failed - 1, 0), self.last_at, self.last_at)


def pause_after(failed: int, allowance: Allowance) -> timedelta:
    """How long after so many failures the next try is looked at."""
    over = failed - allowance.free
    if over < 0:
        return timedelta(0)
    doubled = FIRST_PAUSE * (1 << min(over, 10))
    return min(doubled, LONGEST_PAUSE)
