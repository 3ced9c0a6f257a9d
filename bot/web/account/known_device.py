"""The mark of a browser in which a person has signed in before: her tries there are counted apart from strangers'.

After OWASP, "Slow down online guessing attacks with device cookies". It opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response

from actions.people.people import name_key
from actions.people.secret_key import accepted

COOKIE: Final = "lapor_device"
LASTS_SECONDS: Final = 180 * 24 * 3600
NONCE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Devices:
    """Makes marks and reads them, with the installation's key."""

    key: bytes

    def known(self, request: Request, name: str) -> str | None:
        """The browser's own number, where the person of this name has signed in there."""
        nonce, _, mark = request.cookies.get(COOKIE, "").partition(".")
        good = [_mark(key, nonce, name).encode() for key in accepted(self.key)]
        return nonce if nonce and any(hmac.compare_digest(mark.encode(), one) for one in good) else None

    def remember(self, request: Request, response: Response, name: str, *, is_secure: bool) -> None:
        """The person of this name has signed in there."""
        nonce = self.known(request, name) or secrets.token_hex(NONCE_BYTES)
        value = f"{nonce}.{_mark(self.key, nonce, name)}"
        response.set_cookie(
            COOKIE, value, LASTS_SECONDS, path="/sign-in", secure=is_secure, httponly=True, samesite="lax"
        )

    def counted_as(self, kind: str, value: str) -> str:
        """By what tries are counted: not the name itself, where somebody may have typed her password."""
        return _digest(self.key, kind, value)


def _mark(key: bytes, nonce: str, name: str) -> str:
    return _digest(key, "mark", f"{nonce} {name_key(name)}")


def _digest(key: bytes, kind: str, value: str) -> str:
    return hmac.new(key, f"sign-in {kind} {value}".encode(), hashlib.sha256).hexdigest()
