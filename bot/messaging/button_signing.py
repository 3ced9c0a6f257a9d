"""Signs what buttons say, so that nobody presses a button that was never shown to her."""

from __future__ import annotations

import base64
import hmac

MARK = "~"
BYTES = 6


class ButtonSigner:
    """Signs for one chat at a time: a button of another chat is no button here."""

    def __init__(self, secret_key: bytes) -> None:
        """`secret_key` is the installation's `LAPOR_SECRET_KEY`."""
        self._key = secret_key

    def sign(self, chat: str, press: str) -> str:
        """What goes into the button."""
        return f"{press}{MARK}{self._mark(chat, press)}"

    def read(self, chat: str, signed: str) -> str | None:
        """What a button of ours says; None for any other."""
        press, _, mark = signed.rpartition(MARK)
        return press if hmac.compare_digest(mark.encode(), self._mark(chat, press).encode()) else None

    def _mark(self, chat: str, press: str) -> str:
        digest = hmac.digest(self._key, f"{chat}\n{press}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:BYTES]).decode()
