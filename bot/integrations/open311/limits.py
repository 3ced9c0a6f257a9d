"""How much another system may ask and send; kept in memory, as every limit of the web."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from bot.web.shared.client_address import LOCAL
from bot.web.shared.rate_limits import Bucket


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
    """The same, and nothing is taken."""
    return 0 if who == LOCAL or bucket.left(who) >= 1 else math.ceil((1 - bucket.left(who)) / bucket.per_second)
