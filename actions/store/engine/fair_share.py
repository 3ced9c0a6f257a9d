"""Who has had more than a fair share of the service lately, so that everybody else is served first.

A chat that writes ten times a second is not refused, and nothing of it is lost: it is served behind the others, a few
such chats at a time, and what piles up meanwhile is one turn with one answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

ALLOWED_AT_ONCE = 5.0
"""So many messages are served without a thought of others. To be throttled costs nothing where few are."""
ALLOWED_A_SECOND = 0.5
A_FEW = 3
"""Who sends a sentence in pieces, or a photo with words, waits with so many messages; an album comes with more."""
MOST_OWED = 35.0
"""However long somebody flooded, a minute after the end of it she is served as anybody else."""


@dataclass(slots=True)
class FairShare[Key: Hashable]:
    """A leaky bucket for each of those who are served; it knows what this process did, and forgets with it."""

    now: Callable[[], float] = time.monotonic
    _used: dict[Key, tuple[float, float]] = field(default_factory=dict)

    def count(self, key: Key, many: float = 1) -> None:
        """Count what this one was served just now."""
        now = self.now()
        self._used[key] = (min(MOST_OWED, self._left(key, now) + many), now)

    def throttled(self) -> list[Key]:
        """Returns those who have had more than their share, who had least of it first."""
        now = self.now()
        left = {key: used for key in self._used if (used := self._left(key, now)) > 0}
        self._used = {key: self._used[key] for key in left}
        return sorted((key for key, used in left.items() if used > ALLOWED_AT_ONCE), key=left.__getitem__)

    def _left(self, key: Key, now: float) -> float:
        used, at = self._used.get(key, (0.0, now))
        return max(0.0, used - (now - at) * ALLOWED_A_SECOND)


def fairest[Key: Hashable](
    waiting: Collection[Key], throttled: Sequence[Key], most: int, most_throttled: int
) -> list[Key]:
    """Returns up to `most` of those who wait: in their order, and behind them a few of the throttled, in theirs."""
    waits, is_throttled = frozenset(waiting), frozenset(throttled)
    first = [key for key in waiting if key not in is_throttled]
    behind = [key for key in throttled if key in waits][: max(0, most_throttled)]
    return [*first, *behind][:most]


def in_bursts[Key: Hashable](waiting: Mapping[Key, int], most_together: int, most_bursts: int) -> list[Key]:
    """Returns whose many messages wait for a later batch, where one batch would be too much for all of them.

    Args:
        waiting: how many messages of each wait, the longest waiting first.
        most_together: so many messages in all are worked at once, whoever they are of.
        most_bursts: of those with more than a few messages, so many are worked nevertheless.
    """
    if sum(waiting.values()) <= most_together:
        return []
    return [key for key, many in waiting.items() if many > A_FEW][max(0, most_bursts) :]
