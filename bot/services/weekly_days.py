"""On which days the weekly news go out, and when in the day. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from actions.regency.model import Regency

FRIDAY: Final = 4
"""The last working day of most offices; by then what was mended in the week is in it."""


def news_day(at: datetime, regency: Regency) -> date:
    """The last Friday whose morning has come, by the region's own clock: news are of what happened before it."""
    there = at.astimezone(regency.time_zone)
    begun = there if there.hour >= regency.deadlines.morning_hour else there - timedelta(days=1)
    return begun.date() - timedelta(days=(begun.weekday() - FRIDAY) % 7)


def may_be_told(at: datetime, regency: Regency) -> bool:
    """Whether citizens are awake: between morning and evening, on days off, too."""
    hours = regency.deadlines
    return hours.morning_hour <= at.astimezone(regency.time_zone).hour < hours.evening_hour
