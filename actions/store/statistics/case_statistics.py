"""The statistics of cases in the database: kept with each event, and filled in for older cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Row, String, Table, Text, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Status
from actions.cases.outcome import Done
from actions.statistics.case_statistics import CaseStatistics, statistics_after
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, cases, metadata

case_statistics = Table(
    "case_statistics",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("received_on", Date, nullable=False),
    Column("month", String(7), nullable=False),
    Column("agency", String(48), nullable=False),
    Column("category", String(48)),
    Column("district", String(80)),
    Column("village", String(80)),
    Column("status", String(24), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("due_on", Date),
    Column("is_late", Boolean, nullable=False),
    Column("answered_on", Date),
    Column("answer_days", Integer),
    Column("solved_on", Date),
    Column("disputes", Integer, nullable=False),
    Column("reopenings", Integer, nullable=False),
    Column("rating", Integer, nullable=False),
)
"""As `facts.CaseStatistics` says it; `month` and `answer_days` are computed from the days, to be counted by."""

IS_OPEN = "is_open = true"
_newest = (case_statistics.c.received_on, case_statistics.c.ticket)
for _name, _columns in {
    "case_facts_newest": _newest,
    "case_facts_of_agency": (case_statistics.c.agency, *_newest),
    "case_facts_of_category": (case_statistics.c.category, *_newest),
    "case_facts_of_status": (case_statistics.c.status, *_newest),
}.items():
    Index(_name, *_columns, sqlite_where=text(IS_OPEN), postgresql_where=text(IS_OPEN))

statistics_filled = Table(
    "statistics_filled",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("up_to", BigInteger, nullable=False),
)
"""One row: the number of the row of `cases` up to which every case is known to have its facts."""

statistics_counted = Table(
    "statistics_counted",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("counted_at", Moment, nullable=False),
    Column("document", Text, nullable=False),
)
"""The numbers of a year as they were last counted, for whoever reads them first after a start."""


ONLY_ROW = 1


async def newest_case(connection: AsyncConnection) -> int:
    """The number of the last row of cases; 0 where there is none."""
    return int((await connection.execute(select(func.max(cases.c.id)))).scalar_one() or 0)


async def filled_up_to(connection: AsyncConnection) -> int:
    """Up to this row none is without its facts; 0 where nobody has looked."""
    query = select(statistics_filled.c.up_to).where(statistics_filled.c.id == ONLY_ROW)
    return int((await connection.execute(query)).scalar_one_or_none() or 0)


async def note_filled(connection: AsyncConnection, up_to: int) -> None:
    """Notes that no case up to this row lacks its statistics."""
    row = insert_into(connection, statistics_filled).values(id=ONLY_ROW, up_to=up_to)
    await connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"up_to": up_to}))


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
    """Writes the statistics of these cases in place of the former ones."""
    if not statistics:
        return
    new = insert_into(connection, case_statistics)
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
