"""What waits today, by agency and by person: the numbers of a leader's first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import OPEN, Severity, Status
from actions.store.engine.tables import cases
from actions.store.statistics.case_statistics import case_statistics

OF_OFFICES = frozenset({Status.RECEIVED, Status.FORWARDED, Status.IN_PROGRESS, Status.DISPUTED_AUTHORITY})
"""Where an office must act next."""
OF_REPORTERS = frozenset({Status.NEEDS_INFO, Status.ANSWERED})
UNTAKEN = frozenset({Status.FORWARDED, Status.IN_PROGRESS})
"""Where an agency has a case that should be somebody's."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days that are counted by: today and the next working day."""

    today: date
    tomorrow: date


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How much waits with one agency and one person, or with nobody; all numbers are of open cases.

    Attributes:
        agency, person: code and id; "" for a person where nobody has taken them.
        urgent: speak of danger or violence, and an office must act.
        late, today, tomorrow: an office must act, by the day by which it must.
        unclaimed: are with an agency, and nobody has taken them.
        contested: the answer was contested at least once, and an office must act.
        waiting: for the reporter.
    """

    agency: str
    person: str = ""
    urgent: int = field(default=0)
    late: int = field(default=0)
    today: int = field(default=0)
    tomorrow: int = field(default=0)
    unclaimed: int = field(default=0)
    contested: int = field(default=0)
    waiting: int = field(default=0)


async def count_work(connection: AsyncConnection, agency: str | None, days: WorkingDays) -> Sequence[WorkCount]:
    """By agency and person; of one agency, or of all."""
    acts = cases.c.status.in_([one.value for one in OF_OFFICES])
    contested = case_statistics.c.disputes + case_statistics.c.reopenings > 0
    untaken = cases.c.status.in_([one.value for one in UNTAKEN])
    numbers = {
        "urgent": and_(acts, cases.c.severity == Severity.URGENT.value),
        "late": and_(acts, cases.c.due_on < days.today),
        "today": and_(acts, cases.c.due_on == days.today),
        "tomorrow": and_(acts, cases.c.due_on > days.today, cases.c.due_on <= days.tomorrow),
        "unclaimed": and_(untaken, cases.c.assignee == ""),
        "contested": and_(acts, contested),
        "waiting": cases.c.status.in_([one.value for one in OF_REPORTERS]),
    }
    with_statistics = cases.outerjoin(case_statistics, case_statistics.c.ticket == cases.c.ticket)
    counted = [func.count().filter(condition).label(name) for name, condition in numbers.items()]
    query = select(cases.c.agency, cases.c.assignee.label("person"), *counted).select_from(with_statistics)
    query = query.where(cases.c.status.in_([one.value for one in OPEN]))
    if agency is not None:
        query = query.where(cases.c.agency == agency)
    rows = await connection.execute(query.group_by(cases.c.agency, cases.c.assignee))
    return [WorkCount(**row._asdict()) for row in rows]
