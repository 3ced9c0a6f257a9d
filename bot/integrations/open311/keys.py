"""Keys of other systems: how they are drawn and compared, and by which channel a case tells who sent it. Pure."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Final

from actions.cases.outcome import OTHER_SYSTEMS

BEGINNING: Final = "lapor_"
KEY_BYTES: Final = 32
NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,11}")


class WrongKeyName(ValueError):
    """A name that no key can have; the message says which can."""


def check_name(name: str) -> str:
    """The name of a key.

    Raises:
        WrongKeyName: it is none.
    """
    if not NAME.fullmatch(name):
        raise WrongKeyName(f"{name!r} is no name of a key: 2 to 12 of a to z, 0 to 9 and -, a letter first")
    return name


def draw_key(token_bytes: Callable[[int], bytes]) -> str:
    """A new key, 256 random bits. `token_bytes` is from a cryptographic source."""
    return BEGINNING + base64.urlsafe_b64encode(token_bytes(KEY_BYTES)).decode().rstrip("=")


def key_digest(key: str) -> str:
    """What is kept of a key; it is too random to be guessed from that."""
    return hashlib.sha256(f"api key {key}".encode("utf-8", "surrogatepass")).hexdigest()


def channel_of(name: str) -> str:
    """The channel of the cases that come with this key."""
    return f"{OTHER_SYSTEMS}{name}"
