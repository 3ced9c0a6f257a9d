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

    def reporters_own(self, ticket: str, edition: int = 0) -> str:
        """What only the reporter has; `edition`: how many were withdrawn before this one."""
        return f"{self.public(ticket)}?k={self.key(ticket, edition)}"

    def redaction(self, ticket: str) -> str:
        """Where a moderator says at the desk what others read of it; "" where nobody could open that elsewhere."""
        return "" if is_loopback(self.base) else f"{self.base}/desk/cases/{ticket}/redact"

    def opens(self, ticket: str, key: str, edition: int = 0) -> bool:
        """Whether this key is the reporter's for this case, of the edition that is in force."""
        good = [_key(secret, ticket, edition).encode() for secret in accepted(self.secret_key)]
        return any(hmac.compare_digest(key.encode(), one) for one in good)

    def key(self, ticket: str, edition: int = 0) -> str:
        """The key of a case."""
        return _key(self.secret_key, ticket, edition)


def _key(secret_key: bytes, ticket: str, edition: int) -> str:
    """The first one is signed as it was before links could be withdrawn."""
    signed = f"case {ticket} {edition}" if edition else f"case {ticket}"
    digest = hmac.digest(secret_key, signed.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode()


def is_loopback(address: str) -> bool:
    """Whether this address opens only on the machine of the service itself."""
    return urlsplit(address).hostname in LOOPBACK
