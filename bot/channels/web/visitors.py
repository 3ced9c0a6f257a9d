"""Who talks in a browser: a random name in a cookie that nobody but this installation can write."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Sequence

COOKIE = "lapor_visitor"
COOKIE_SECONDS = 365 * 24 * 3600
MARK_BYTES = 16
NAME_BYTES = 16
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


class Visitors:
    """Makes and reads cookies. The name in one is the chat's id, 128 random bits."""

    def __init__(self, secret_key: bytes, former: Sequence[bytes] = ()) -> None:
        """`secret_key` is the installation's `LAPOR_SECRET_KEY`; cookies of `former` ones are still read."""
        self._key, self._former = secret_key, former

    def new(self) -> str:
        """A visitor who was never here."""
        return secrets.token_urlsafe(NAME_BYTES)

    def cookie(self, visitor: str) -> str:
        """What her browser keeps."""
        return f"{visitor}.{_mark(self._key, visitor)}"

    def read(self, cookie: str | None) -> str | None:
        """The visitor of a cookie of ours; None for any other."""
        visitor, _, mark = (cookie or "").partition(".")
        good = [_mark(key, visitor).encode() for key in (self._key, *self._former)]
        is_ours = any(hmac.compare_digest(mark.encode("utf-8", "replace"), one) for one in good)
        return visitor if is_ours and _NAME.fullmatch(visitor) else None

    def update_id(self, visitor: str, event: str) -> str:
        """The inbox's name of what this visitor sent under this id; without the key nobody tells whose it is."""
        return _mark(self._key, f"update {visitor} {event}")

    def talk(self, visitor: str) -> str:
        """A name of her talk that opens nothing, for the browser to tell two talks apart."""
        return _mark(self._key, f"talk {visitor}")[:8]


def _mark(key: bytes, words: str) -> str:
    digest = hmac.digest(key, f"visitor {words}".encode("utf-8", "replace"), "sha256")
    return base64.urlsafe_b64encode(digest[:MARK_BYTES]).decode().rstrip("=")
