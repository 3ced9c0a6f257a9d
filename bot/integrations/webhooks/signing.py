"""Signs what is sent, as Standard Webhooks has it (https://www.standardwebhooks.com, version 1.0.0). Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

BEGINNING: Final = "whsec_"
SALT_BYTES: Final = 16


def hook_secret(secret_key: bytes, salt: str) -> bytes:
    """The secret of an address: worked out, so that who reads the database cannot sign with it."""
    return hmac.digest(secret_key, f"hook {salt}".encode(), "sha256")


def told_secret(secret: bytes) -> str:
    """The secret as whoever checks signatures writes it down."""
    return BEGINNING + base64.b64encode(secret).decode()


def signed_headers(secret: bytes, message_id: str, at_seconds: int, body: bytes) -> Mapping[str, str]:
    """What stands above a message.

    Args:
        secret: of the address.
        message_id: the same however often the message is sent.
        at_seconds: when this try is made, since 1970.
        body: as it is sent.
    """
    signed = f"{message_id}.{at_seconds}.".encode() + body
    signature = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": message_id, "webhook-timestamp": str(at_seconds), "webhook-signature": f"v1,{signature}"}
