"""Addresses of kept files, signed for a day or two: whoever has one may open the file, and nobody can guess one."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final

DAY_SECONDS: Final = 24 * 3600
KEY_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Makes and checks addresses below `/files/`. `secret_key` is the installation's."""

    secret_key: bytes

    def file(self, name: str, now: datetime) -> str:
        """Where the whole file is, until the end of tomorrow (UTC)."""
        return f"/files/{name}?{self._query(name, now)}"

    def thumb(self, name: str, now: datetime) -> str:
        """Where its thumbnail is, for as long. The address is the same all day, so that browsers keep what they got."""
        return f"/files/{name}/thumb?{self._query(name, now)}"

    def opens(self, name: str, until: str, key: str, now: datetime) -> bool:
        """Whether an address was made here for this file, and is still good."""
        is_ours = hmac.compare_digest(key.encode(), self._key(name, until).encode())
        return is_ours and int(until) > now.timestamp()

    def _query(self, name: str, now: datetime) -> str:
        until = str((int(now.timestamp()) // DAY_SECONDS + 2) * DAY_SECONDS)
        return f"until={until}&k={self._key(name, until)}"

    def _key(self, name: str, until: str) -> str:
        digest = hmac.digest(self.secret_key, f"file {name} {until}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode().rstrip("=")
