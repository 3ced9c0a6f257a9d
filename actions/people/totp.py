"""One-time codes by the clock (RFC 6238), beside the password, and how their secrets are kept. No database."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

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
    """Keeps secrets so that whoever reads the database alone has none: sealed with the installation's key."""

    secret_key: bytes

    def sealed(self, secret: str) -> str:
        """What is kept of a secret."""
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

    def _fernet(self) -> Fernet:
        key = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(self.secret_key)
        return Fernet(base64.urlsafe_b64encode(key))


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
