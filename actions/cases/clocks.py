"""The clocks of a case in working days, and that of an urgent one in hours: when they run out, how they pause. Pure.

Working days leave out weekends and holidays, and begin by the regency's own clock. A clock is never ticked: it is
reckoned from the events of its case.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """A region's own days: its clock, the days off (weekends apart), and the hour at which a working day begins.

    What `after` has counted once is kept: every look at a case asks for the same few days again.
    """

    zone: ZoneInfo
    holidays: Container[date]
    morning: int = 8
    _counted: dict[tuple[date, int], date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def day(self, at: datetime) -> date:
        """The day that it is there at an instant."""
        return at.astimezone(self.zone).date()

    def after(self, day: date, days: int) -> date:
        """So many working days after a day; the day itself for 0 or fewer."""
        if days <= 0:
            return day
        counted = self._counted.get((day, days))
        if counted is None:
            counted = self._counted[day, days] = self.after(next_working_day(day, self.holidays), days - 1)
        return counted

    def between(self, day: date, until: date) -> int:
        """How many working days lie after the one day, up to and with the other."""
        days = ((day + timedelta(days=n)) for n in range(1, (until - day).days + 1))
        return sum(is_working_day(other, self.holidays) for other in days)

    def opening(self, day: date) -> datetime:
        """The instant at which that day's work begins."""
        return datetime.combine(day, time(self.morning), self.zone)

    def end(self, day: date) -> datetime:
        """Returns the instant at which a day ends in the regency's time zone."""
        return datetime.combine(day + timedelta(days=1), time(), self.zone)


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Whether offices are open that day."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The first working day after this day."""
    following = day + timedelta(days=1)
    while not is_working_day(following, holidays):
        following += timedelta(days=1)
    return following


class ClockName(StrEnum):
    """What a limit in working days runs for; `data/deadlines.toml` has the days under the same names."""

    VERIFY = "verify"
    VERIFY_AGAIN = "verify_again"
    ACCEPT = "accept"
    FOLLOW_UP = "follow_up"
    RESOLVE = "resolve"
    RULE = "rule"
    REPLY = "reply"
    CONFIRM = "confirm"
    APPEAL = "appeal"
    TAKE = "take"
    """Until somebody takes an urgent case: in hours, by day and night."""


OFFICES = frozenset(
    {
        ClockName.VERIFY,
        ClockName.VERIFY_AGAIN,
        ClockName.ACCEPT,
        ClockName.FOLLOW_UP,
        ClockName.RESOLVE,
        ClockName.RULE,
        ClockName.TAKE,
    }
)
"""Those that officers are measured by. They pause while the reporter is asked, and are escalated."""


class ClockMark(StrEnum):
    """What comes as a clock runs: first the ladder of an office's clock, then that of the reporter's."""

    NUDGE = "nudge"
    UNIT_HEAD = "unit_head"
    LATE = "late"
    AGENCY_HEAD = "agency_head"
    NATIONAL = "national"
    FIRST_REMINDER = "first_reminder"
    SECOND_REMINDER = "second_reminder"
    SILENCE = "silence"


REMINDERS = (ClockMark.FIRST_REMINDER, ClockMark.SECOND_REMINDER)


@dataclass(frozen=True, slots=True)
class Ladder:
    """When the marks come (data/deadlines.toml).

    Attributes:
        nudge, unit_head: per cent of a clock's days.
        agency_head, national: working days after its end.
        reminders: days of a reporter's clock on which she is reminded.
    """

    nudge: int = 50
    unit_head: int = 80
    agency_head: int = 5
    national: int = 10
    reminders: tuple[int, int] = (3, 7)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs or is paused.

    Attributes:
        days: working days that it allows, from 1; of `TAKE` hours.
        since: the instant from which it runs; day 1 is the next working day.
        used: working days that were used before it was last paused.
        is_paused: it stands still until `resumed`.
        missed: its last day, once it was paused after that day.
        past: the marks that have come, each with its instant.
    """

    name: ClockName
    days: int
    since: datetime
    used: int = 0
    is_paused: bool = False
    missed: date | None = None
    past: tuple[tuple[ClockMark, datetime], ...] = ()

    def last_day(self, calendar: Calendar) -> date:
        """The day by whose end it must be done; of a paused clock as if it went on at once."""
        if self.name is ClockName.TAKE:
            return calendar.day(self._hours_later(1))
        return self.missed or self._day(self.days, calendar)

    def paused(self, at: datetime, calendar: Calendar) -> Clock:
        """Returns this clock paused; the day on which it is paused counts as used."""
        if self.is_paused:
            return self
        if self.name is ClockName.TAKE:
            return replace(self, is_paused=True)
        last, today = self.last_day(calendar), calendar.day(at)
        used = self.used + calendar.between(calendar.day(self.since), today)
        missed = last if today > last else None
        return replace(self, is_paused=True, used=used, missed=missed)

    def resumed(self, at: datetime) -> Clock:
        """Returns this clock running again from this moment, with the days that were left."""
        return replace(self, is_paused=False, since=at) if self.is_paused else self

    def marked(self, mark: ClockMark, at: datetime) -> Clock:
        """Returns this clock with a mark noted as reached."""
        return replace(self, past=(*self.past, (mark, at)))

    def next_mark(self, ladder: Ladder, calendar: Calendar) -> tuple[datetime, ClockMark] | None:
        """The first mark that has not come yet, and when it is due; None when nothing more comes."""
        marks = _marks(self.name)
        come = {mark for mark, _ in self.past}
        following = next((mark for mark in marks if mark not in come), None)
        if self.is_paused or following is None:
            return None
        return self.moment(following, ladder, calendar), following

    def moment(self, mark: ClockMark, ladder: Ladder, calendar: Calendar) -> datetime:
        """Returns the moment at which a mark of this clock is due."""
        if self.name is ClockName.TAKE:
            return self._hours_later(_marks(self.name).index(mark) + 1)
        match mark:
            case ClockMark.NUDGE:
                return self._morning(-(-self.days * ladder.nudge // 100), calendar)
            case ClockMark.UNIT_HEAD:
                return self._morning(-(-self.days * ladder.unit_head // 100), calendar)
            case ClockMark.LATE:
                return max(calendar.end(self.last_day(calendar)), self.since)
            case ClockMark.AGENCY_HEAD:
                return self._morning(self.days + ladder.agency_head, calendar)
            case ClockMark.NATIONAL:
                return self._morning(self.days + ladder.national, calendar)
            case ClockMark.FIRST_REMINDER:
                return self._morning(ladder.reminders[0], calendar)
            case ClockMark.SECOND_REMINDER:
                gap = ladder.reminders[1] - ladder.reminders[0]
                planned = self._morning(ladder.reminders[1], calendar)
                return max(planned, calendar.opening(self._after(ClockMark.FIRST_REMINDER, gap, calendar)))
            case ClockMark.SILENCE:
                gap = max(self.days - ladder.reminders[1], 0)
                planned = calendar.end(self.last_day(calendar))
                return max(planned, calendar.end(self._after(ClockMark.SECOND_REMINDER, gap, calendar)))

    def _hours_later(self, times: int) -> datetime:
        """When its hours have gone by so often."""
        return self.since + timedelta(hours=self.days * times)

    def _day(self, number: int, calendar: Calendar) -> date:
        return calendar.after(calendar.day(self.since), number - self.used)

    def _morning(self, number: int, calendar: Calendar) -> datetime:
        """When the work of its so-manieth day begins; at once where that day was used up before a pause."""
        return calendar.opening(self._day(number, calendar)) if number > self.used else self.since

    def _after(self, earlier: ClockMark, days: int, calendar: Calendar) -> date:
        """So long after an earlier mark came, so that one which came late gives her no less time."""
        came = next((at for mark, at in self.past if mark is earlier), self.since)
        return calendar.after(calendar.day(came), days)


def _marks(name: ClockName) -> tuple[ClockMark, ...]:
    if name is ClockName.TAKE:
        return (ClockMark.LATE, ClockMark.AGENCY_HEAD, ClockMark.NATIONAL)
    if name in OFFICES:
        return (ClockMark.NUDGE, ClockMark.UNIT_HEAD, ClockMark.LATE, ClockMark.AGENCY_HEAD, ClockMark.NATIONAL)
    return (*REMINDERS, ClockMark.SILENCE) if name in {ClockName.REPLY, ClockName.CONFIRM} else ()
