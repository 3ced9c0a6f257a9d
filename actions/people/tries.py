"""How long somebody waits after signing in has failed, and who is counted. Pure.

Limits fall on who tries: an address, a name as it is tried from one address, a browser in which the person of that
name has signed in before (OWASP: device cookies). They slow down and lock nobody out: a pause grows and has an end, and
while it lasts, tries are neither looked at nor counted. What strangers do never counts against a known browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Tries without a pause, and the longest pause there is after them."""

    free: int
    longest: timedelta = LONGEST_PAUSE


OF_A_NAME_AT_AN_ADDRESS = Allowance(5, timedelta(minutes=1))
OF_AN_ADDRESS = Allowance(30, timedelta(minutes=1))
"""An address may be that of a whole office, so it has more."""
OF_A_NAME = Allowance(100, timedelta(seconds=5))
"""From all addresses together, known browsers left out (NIST SP 800-63B, 5.2.2: no more than 100 in a row): then one
try each five seconds is looked at, whoever sends it."""
OF_A_KNOWN_BROWSER = Allowance(5, timedelta(seconds=10))
"""So short that the answer itself waits for it: the right password always opens."""
OF_A_CODE = Allowance(5)
"""Six digits are soon guessed by whoever has the password; nobody else comes so far as to be counted here."""
OF_A_CHAT = Allowance(5)
FLOODS = (11, 101, 1001, 10_001)
"""When so many have failed, all but the last of them are told to the person whose name it is."""


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
    return min(doubled, allowance.longest)
