"""The mark of a browser in which a person has signed in before: her tries there are counted apart from strangers'.

After OWASP, "Slow down online guessing attacks with device cookies". It opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response

from actions.people.people import name_key
from actions.people.secret_key import accepted

COOKIE: Final = "lapor_device"
LASTS_SECONDS: Final = 180 * 24 * 3600
NONCE_BYTES: Final = 16
NONCE: Final = re.compile(r"[0-9a-f]{32}")
MARK: Final = re.compile(r"[0-9a-f]{64}")
MOST_NAMES: Final = 12
"""People of one browser: as many as share a counter's computer."""


@dataclass(frozen=True, slots=True)
class Devices:
    """Makes marks and reads them, with the installation's key."""

    key: bytes

    def known(self, request: Request, name: str) -> str | None:
        """The browser's own number, where the person of this name has signed in there."""
        nonce, *marks = request.cookies.get(COOKIE, "").split(".")
        good = [_mark(key, nonce, name).encode() for key in accepted(self.key)]
        is_known = any(hmac.compare_digest(mark.encode(), one) for mark in marks for one in good)
        return nonce if nonce and is_known else None

    def remember(self, request: Request, response: Response, name: str, *, is_secure: bool) -> None:
        """The person of this name has signed in there; so may others have who share the computer."""
        nonce, *marks = request.cookies.get(COOKIE, "").split(".")
        if not NONCE.fullmatch(nonce):
            nonce, marks = secrets.token_hex(NONCE_BYTES), []
        mark = _mark(self.key, nonce, name)
        others = [one for one in marks if MARK.fullmatch(one) and one != mark]
        value = ".".join([nonce, mark, *others[: MOST_NAMES - 1]])
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
