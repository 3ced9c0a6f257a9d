"""Cases that were sent to the wrong agency first, and what an admin has decided on the rules that they propose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, String, Table, distinct, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import ReportType, Status
from actions.cases.outcome import Done
from actions.cases.rerouting import Reroute, RuleProposal
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, case_events, metadata

case_reroutes = Table(
    "case_reroutes",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("category", String(48), nullable=False),
    Column("type", String(16), nullable=False),
    Column("district", String(80)),
    Column("came_from", String(48), nullable=False),
    Column("to", String(48), nullable=False),
)
"""Cases that were moved by hand: who had each first, and who has it now."""

rule_decisions = Table(
    "rule_decisions",
    metadata,
    Column("category", String(48), primary_key=True),
    Column("region", String(16), primary_key=True),
    Column("agency", String(48), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("accepted", Boolean, nullable=False),
)
"""What an admin has decided on proposed rules; region "" is the whole regency."""


async def keep_reroute(connection: AsyncConnection, done: Done) -> None:
    """Keep where a case was sent first, and where it is now."""
    case = done.case
    row = {
        "ticket": case.ticket,
        "at": done.event.at,
        "category": case.category,
        "type": case.type.value,
        "district": case.location.district,
        "came_from": done.before.agency,
        "to": case.agency,
    }
    new = insert_into(connection, case_reroutes).values(row)
    latest = {"at": new.excluded.at, "to": new.excluded.to}
    await connection.execute(new.on_conflict_do_update(index_elements=["ticket"], set_=latest))


async def reroutes(connection: AsyncConnection) -> list[Reroute]:
    """Returns all cases that were sent on by hand, the oldest first."""
    query = select(case_reroutes).order_by(case_reroutes.c.at, case_reroutes.c.ticket)
    return [
        Reroute(row.ticket, row.category, ReportType(row.type), row.district, row.came_from, row.to)
        for row in await connection.execute(query)
    ]


async def count_forwarded(connection: AsyncConnection) -> int:
    """How many cases were ever sent to an agency."""
    query = select(func.count(distinct(case_events.c.ticket))).where(case_events.c.to == Status.FORWARDED.value)
    return (await connection.execute(query)).scalar_one()


async def decided_keys(connection: AsyncConnection) -> set[tuple[str, str, str]]:
    """The proposals that an admin has decided on, either way."""
    query = select(rule_decisions.c.category, rule_decisions.c.region, rule_decisions.c.agency)
    return {(row.category, row.region, row.agency) for row in await connection.execute(query)}


async def decide_on(connection: AsyncConnection, proposal: RuleProposal, at: datetime, *, accepted: bool) -> None:
    """Stores an admin's decision on a proposed rule."""
    category, region, agency = proposal.key
    row = {"category": category, "region": region, "agency": agency, "at": at, "accepted": accepted}
    await connection.execute(insert(rule_decisions), [row])
