"""Facts of cases in the database: kept with each event, and filled in for cases from before there were any."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import Row, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Status
from actions.cases.outcome import Done
from actions.statistics.case_statistics import CaseStatistics, statistics_after
from actions.store.statistics.tables import case_statistics

_KEPT = ("ticket", "received_on", "month", "district", "village")
"""What no event changes."""


async def keep_statistics(connection: AsyncConnection, steps: Sequence[Done]) -> None:
    """Change the facts by what was done, in its order.

    A case from before there were facts is left to whoever fills them in from all of its events.
    """
    if not steps:
        return
    known = await statistics_of_tickets(connection, {step.case.ticket for step in steps} - _new(steps))
    new, changed = _new(steps), dict[str, CaseStatistics]()
    for step in steps:
        before = known.get(step.case.ticket)
        if before or step.case.ticket in new:
            after = statistics_after(before, step.event, step.case, step.day)
            known[step.case.ticket] = changed[step.case.ticket] = after
    await write_statistics(connection, list(changed.values()))


async def statistics_of_tickets(connection: AsyncConnection, tickets: Collection[str]) -> dict[str, CaseStatistics]:
    """The facts of these cases, by number."""
    if not tickets:
        return {}
    query = select(case_statistics).where(case_statistics.c.ticket.in_(tickets))
    return {row.ticket: statistics_of_row(row) for row in await connection.execute(query)}


async def write_statistics(connection: AsyncConnection, statistics: Sequence[CaseStatistics]) -> None:
    """These are the facts now."""
    if not statistics:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(case_statistics)
    latest = {column.name: new.excluded[column.name] for column in case_statistics.c if column.name not in _KEPT}
    rows = [_row(one) for one in statistics]
    await connection.execute(new.on_conflict_do_update(index_elements=["ticket"], set_=latest), rows)


def statistics_of_row(row: Row[tuple[object, ...]]) -> CaseStatistics:
    """The facts of a row."""
    known = row._asdict()
    del known["month"], known["answer_days"]
    return CaseStatistics(**known | {"status": Status(known["status"])})


def _new(steps: Sequence[Done]) -> set[str]:
    return {step.case.ticket for step in steps if step.event.number == 1}


def _row(statistics: CaseStatistics) -> dict[str, object]:
    return asdict(statistics) | {"month": statistics.month, "answer_days": statistics.answer_days}
