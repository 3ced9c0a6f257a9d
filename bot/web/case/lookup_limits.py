"""Who has looked up too many numbers that were not found. Kept in memory: a restart forgives."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.web.shared.rate_limits import MOST_REMEMBERED

AN_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class FailedLookups:
    """Failed look-ups of the last hour, by each name that a person has here: her cookie, and her address.

    A look-up counts as failed from its beginning and is forgiven when something was found, so that many at once
    are no more than many in a row.

    Attributes:
        most: as many an hour as this (`failed_lookups_an_hour` of data/limits.toml).
    """

    most: int
    _failed: OrderedDict[str, tuple[datetime, ...]] = field(default_factory=OrderedDict)

    def paused_until(self, names: Sequence[str], now: datetime) -> datetime | None:
        """When this person may look up again; None when she may now."""
        waits = [recent[-self.most] + AN_HOUR for name in names if len(recent := self._recent(name, now)) >= self.most]
        return max(waits, default=None)

    def begin(self, names: Sequence[str], now: datetime) -> None:
        """Count a look-up."""
        for name in names:
            self._failed[name] = (*self._recent(name, now), now)
            self._failed.move_to_end(name)
        while len(self._failed) > MOST_REMEMBERED:
            self._failed.popitem(last=False)

    def forgive(self, names: Sequence[str], at: datetime) -> None:
        """The look-up that began then did not fail."""
        for name in names:
            left = list(self._failed.pop(name, ()))
            if at in left:
                left.remove(at)
            if left:
                self._failed[name] = tuple(left)

    def _recent(self, name: str, now: datetime) -> tuple[datetime, ...]:
        return tuple(moment for moment in self._failed.get(name, ()) if now - moment < AN_HOUR)
