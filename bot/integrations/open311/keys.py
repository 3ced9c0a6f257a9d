"""Keys of other systems, by which channel their cases come, and how much each may ask and send."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from actions.cases.outcome import OTHER_SYSTEMS
from bot.web.shared.client_address import LOCAL
from bot.web.shared.rate_limits import Bucket

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


@dataclass(slots=True)
class ApiLimits:
    """Readers without a key are counted by address, those with one by its name.

    Attributes:
        wrong_keys: of an address; whoever tries keys is not let try many.
    """

    reads_of_address: Bucket = field(default_factory=lambda: Bucket(90, 1.5))
    reads_of_key: Bucket = field(default_factory=lambda: Bucket(600, 10))
    sends_of_key: Bucket = field(default_factory=lambda: Bucket(60, 0.5))
    wrong_keys: Bucket = field(default_factory=lambda: Bucket(10, 10 / 3600))


def wait_seconds(bucket: Bucket, who: str) -> int:
    """Take one of hers; 0 when there was one, else after how many whole seconds there will be."""
    if who == LOCAL or bucket.take(who):
        return 0
    return math.ceil((1 - bucket.left(who)) / bucket.per_second)


def waits_seconds(bucket: Bucket, who: str) -> int:
    """Seconds until a request would be allowed, without counting one."""
    return 0 if who == LOCAL or bucket.left(who) >= 1 else math.ceil((1 - bucket.left(who)) / bucket.per_second)
