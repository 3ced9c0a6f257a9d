"""When officers are at work, by the region's own clock. Pure."""

from __future__ import annotations

from datetime import datetime

from actions.cases.workdays import is_working_day
from actions.regency.model import Regency


def is_quiet(at: datetime, regency: Regency) -> bool:
    """Whether a message must not make a sound then: in the evening, at night, and on a day off."""
    there, deadlines = at.astimezone(regency.time_zone), regency.deadlines
    is_day = deadlines.morning_hour <= there.hour < deadlines.evening_hour
    return not is_day or not is_working_day(there.date(), regency.holidays)
