"""Numbers that are counted from the facts of cases, before anybody has decided which of them may be shown. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

type Counted = Mapping[str | None, Counts]
"""By agency, category, district, village or month; None is where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many cases of a group, by what became of them.

    Attributes:
        received: all that were filed, whatever became of them.
        in_time: answered, and never late.
        late: a promised day passed without what was promised, answered since or not.
        solved: closed after an answer, and not reopened.
        disputed, reopened: their reporters said at least once that it is not mended.
        voices: those whose reporter gave a rating; silence is no voice.
        stars: the sum of the ratings.
        days: how many were first answered after how many days of the calendar.
    """

    received: int = 0
    in_time: int = 0
    late: int = 0
    solved: int = 0
    disputed: int = 0
    reopened: int = 0
    voices: int = 0
    stars: int = 0
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        """How many were answered at all."""
        return sum(self.days.values())

    @property
    def median_days(self) -> float | None:
        """Days to the first answer: half were answered sooner, half later; None where none was answered."""
        count, seen, middle = self.answered, 0, list[int]()
        for days, number in sorted(self.days.items()):
            places = (place for place in ((count - 1) // 2, count // 2) if seen <= place < seen + number)
            middle += [days for _ in places]
            seen += number
        return sum(middle) / len(middle) if middle else None

    @property
    def rating(self) -> float | None:
        """Mean of the ratings; None where nobody gave one."""
        return self.stars / self.voices if self.voices else None


MEASURES = ("received", "in_time", "late", "solved", "disputed", "reopened", "voices")
"""The counts that are shown; median and rating are shown where there are enough of what they are of."""


def total(counts: Iterable[Counts]) -> Counts:
    """All of these together."""
    each, days = list(counts), Counter[int]()
    for one in each:
        days.update(one.days)
    summed = {name: sum(getattr(one, name) for one in each) for name in (*MEASURES, "stars")}
    return Counts(**summed, days=days)
