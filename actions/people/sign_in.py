"""The rules of signing in: pauses after failed tries, one-time codes (RFC 6238), how long a session lasts.

Limits fall on who tries: an address, a name as it is tried from one address, a browser in which the person of that
name has signed in before (OWASP: device cookies). They slow down and lock nobody out: a pause grows and has an end, and
while it lasts, tries are neither looked at nor counted. What strangers do never counts against a known browser.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from actions.people.secret_key import every_key

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
        """The state in which no try has failed."""
        return cls(0, now, now)

    def counted(self, allowance: Allowance, now: datetime) -> Tries:
        """Returns the tries after one more; its pause holds for the try that comes next."""
        failed = 1 + (0 if now - self.last_at >= FORGOTTEN_AFTER else self.failed)
        return Tries(failed, now, now + pause_after(failed, allowance))

    def forgiven(self) -> Tries:
        """Returns the tries after a correct one: one fewer, and no pause."""
        return Tries(max(self.failed - 1, 0), self.last_at, self.last_at)


def pause_after(failed: int, allowance: Allowance) -> timedelta:
    """How long after so many failures the next try is looked at."""
    over = failed - allowance.free
    if over < 0:
        return timedelta(0)
    doubled = FIRST_PAUSE * (1 << min(over, 10))
    return min(doubled, allowance.longest)


SECRET_BYTES = 20
"""As long as the digest that codes are made with (RFC 4226, section 4)."""
STEP_SECONDS = 30
DIGITS = 6
DRIFT_STEPS = 1
"""A phone's clock may be so much before or behind ours (RFC 6238, section 5.2)."""
PURPOSE = b"lapor one-time codes"


class BrokenSeal(Exception):
    """What is kept was sealed with another key, or changed."""


@dataclass(frozen=True, slots=True)
class Seals:
    """Keeps secrets so that whoever reads the database alone has none: sealed with the installation's key.

    What is sealed for one `purpose` does not open for another.
    """

    secret_key: bytes
    purpose: bytes = PURPOSE

    def sealed(self, secret: str) -> str:
        """Returns a secret, encrypted as it is stored."""
        return self._fernet().encrypt(secret.encode()).decode()

    def opened(self, sealed: str) -> str:
        """Back from `sealed`.

        Raises:
            BrokenSeal: it was sealed with another key, or changed.
        """
        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise BrokenSeal from error

    def _fernet(self) -> MultiFernet:
        """Encrypts with today's key, and decrypts what any key before it encrypted."""
        derived = (
            HKDF(SHA256(), length=32, salt=None, info=self.purpose).derive(key) for key in every_key(self.secret_key)
        )
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def draw_secret(token_bytes: Callable[[int], bytes]) -> str:
    """A new secret, as an app takes it; `token_bytes` from a cryptographic source."""
    return base64.b32encode(token_bytes(SECRET_BYTES)).decode()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The step of the clock to which a typed code belongs; None where it is none of about now."""
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    codes, here = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS), int(now.timestamp()) // STEP_SECONDS
    near = range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1)
    return next((step for step in near if pyotp.utils.strings_equal(codes.generate_otp(step), digits)), None)


def address_of(secret: str, name: str, service: str) -> str:
    """What an app reads from the square picture (otpauth)."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).provisioning_uri(name=name, issuer_name=service)


IDLE = timedelta(hours=12)
"""Without a page: longer than a working day, shorter than a night and a morning on a shared computer."""
LONGEST = timedelta(days=7)
"""Whatever is done meanwhile: who works daily signs in once a week, and a stolen cookie ends with the week."""
NOTED_EVERY = timedelta(minutes=5)
"""A page is noted as the last one this often, so that reading does not mean writing."""


def is_alive(began: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session that began then, and had its last page then, still holds."""
    return now - seen < IDLE and now - began < LONGEST


def is_to_be_noted(seen: datetime, now: datetime) -> bool:
    """Whether the time of the last page is worth writing down anew."""
    return now - seen >= NOTED_EVERY
