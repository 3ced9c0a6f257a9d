"""What time it is: the machine's clock, which somebody may set back or forward while the service runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from actions.cases.ports import Clock

LONGEST_FILE_BYTES = 64


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ShiftedClock:
    """The machine's clock, so many seconds off as a file says: for tests of what happens when it is set.

    Attributes:
        file: holds a number of seconds, negative for a clock that was set back; read each time. A file that is not
            there, or holds no number, is no shift.
    """

    file: Path

    def __call__(self) -> datetime:
        """What this clock shows."""
        return utc_now() + timedelta(seconds=self._seconds())

    def _seconds(self) -> float:
        try:
            with self.file.open(encoding="utf-8") as words:
                return float(words.read(LONGEST_FILE_BYTES))
        except (OSError, ValueError):
            return 0.0


def clock_of(shift_file: Path | None) -> Clock:
    """The clock of a service; the machine's own unless a test names a file that shifts it."""
    return ShiftedClock(shift_file) if shift_file else utc_now


def steady_wall(clock: Clock = utc_now) -> Callable[[], float]:
    """A clock that shows seconds since 1970 and does not jump when somebody sets the machine's.

    It is set once, by `clock` as that stands now.
    """
    began = clock().timestamp() - time.monotonic()
    return lambda: began + time.monotonic()
