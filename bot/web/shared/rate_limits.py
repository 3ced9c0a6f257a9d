"""How much one visitor and one address may send. Kept in memory: a restart forgives."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_REMEMBERED = 20_000


@dataclass(slots=True)
class Bucket:
    """So many at once, and so many a second for ever, for each of many people.

    Attributes:
        burst: as many at once as this.
        per_second: as many come back.
    """

    burst: float
    per_second: float
    now: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, who: str, count: float = 1) -> bool:
        """Take so many of hers; False, and nothing taken, when she has not got them."""
        left = self.left(who)
        enough = left >= count
        self._left.pop(who, None)
        self._left[who] = (left - count if enough else left, self.now())
        if len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)
        return enough

    def left(self, who: str) -> float:
        """How many of hers there are now."""
        left, since = self._left.get(who, (self.burst, self.now()))
        return min(self.burst, left + (self.now() - since) * self.per_second)

    def knows(self, who: str) -> bool:
        """Whether anything of hers was taken lately."""
        return who in self._left


def _hourly(count: float) -> Bucket:
    return Bucket(count, count / 3600)


@dataclass(slots=True)
class ChatLimits:
    """What a person may do in the chat; nobody who writes with her thumbs gets near it.

    Many citizens share an address (a mobile network, a village office), so an address may do far more than a
    visitor; but each new visitor begins with nothing counted, so new ones are counted by address.
    """

    messages: Bucket = field(default_factory=lambda: Bucket(60, 0.5))
    messages_of_address: Bucket = field(default_factory=lambda: Bucket(600, 10))
    new_talks_of_address: Bucket = field(default_factory=lambda: _hourly(120))
    files: Bucket = field(default_factory=lambda: _hourly(40))
    files_of_address: Bucket = field(default_factory=lambda: _hourly(400))
    pages: int = 6
    """Open streams of one visitor."""
