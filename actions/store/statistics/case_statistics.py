"""Facts of cases in the database: kept with each event, and filled in for cases from before there were any."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import Row, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Status
from actions.cases.outcome import Done
from actions.statistics.case_statistics import CaseFacts, facts_after
from actions.store.statistics.tables import case_facts

_KEPT = ("ticket", "received_on", "month", "district", "village")
"""What no event changes."""


async def keep_facts(connection: AsyncConnection, steps: Sequence[Done]) -> None:
    """Change the facts by what was done, in its order.

    A case from before there were facts is left to whoever fills them in from all of its events.
    """
    if not steps:
        return
    known = await facts_of_tickets(connection, {step.case.ticket for step in steps} - _new(steps))
    new, changed = _new(steps), dict[str, CaseFacts]()
    for step in steps:
        before = known.get(step.case.ticket)
        if before or step.case.ticket in new:
            after = facts_after(before, step.event, step.case, step.day)
            known[step.case.ticket] = changed[step.case.ticket] = after
    await write_facts(connection, list(changed.values()))


async def facts_of_tickets(connection: AsyncConnection, tickets: Collection[str]) -> dict[str, CaseFacts]:
    """The facts of these cases, by number."""
    if not tickets:
        return {}
    query = select(case_facts).where(case_facts.c.ticket.in_(tickets))
    return {row.ticket: facts_of_row(row) for row in await connection.execute(query)}


async def write_facts(connection: AsyncConnection, facts: Sequence[CaseFacts]) -> None:
    """These are the facts now."""
    if not facts:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(case_facts)
    latest = {column.name: new.excluded[column.name] for column in case_facts.c if column.name not in _KEPT}
    rows = [_row(one) for one in facts]
    await connection.execute(new.on_conflict_do_update(index_elements=["ticket"], set_=latest), rows)


def facts_of_row(row: Row[tuple[object, ...]]) -> CaseFacts:
    """The facts of a row."""
    known = row._asdict()
    del known["month"], known["answer_days"]
    return CaseFacts(**known | {"status": Status(known["status"])})


def _new(steps: Sequence[Done]) -> set[str]:
    return {step.case.ticket for step in steps if step.event.number == 1}


def _row(facts: CaseFacts) -> dict[str, object]:
    return asdict(facts) | {"month": facts.month, "answer_days": facts.answer_days}
