"""Addresses of case pages: the public one, the reporter's own with a key that nobody can guess, and a moderator's."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from actions.people.secret_key import accepted

KEY_BYTES = 12
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """Makes and checks links. `base` is LAPOR_PUBLIC_URL, without a slash at its end."""

    base: str
    secret_key: bytes

    def public(self, ticket: str) -> str:
        """What anybody may open."""
        return f"{self.base}/t/{ticket}"

    def reporters_own(self, ticket: str) -> str:
        """What only the reporter has."""
        return f"{self.public(ticket)}?k={self.key(ticket)}"

    def redaction(self, ticket: str) -> str:
        """Where a moderator says at the desk what others read of it; "" where nobody could open that elsewhere."""
        return "" if is_loopback(self.base) else f"{self.base}/desk/cases/{ticket}/redact"

    def opens(self, ticket: str, key: str) -> bool:
        """Whether this key is the reporter's for this case."""
        good = [_key(secret, ticket).encode() for secret in accepted(self.secret_key)]
        return any(hmac.compare_digest(key.encode(), one) for one in good)

    def key(self, ticket: str) -> str:
        """The key of a case."""
        return _key(self.secret_key, ticket)


def _key(secret_key: bytes, ticket: str) -> str:
    digest = hmac.digest(secret_key, f"case {ticket}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode()


def is_loopback(address: str) -> bool:
    """Whether this address opens only on the machine of the service itself."""
    return urlsplit(address).hostname in LOOPBACK
