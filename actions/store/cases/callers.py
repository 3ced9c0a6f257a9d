"""Telephone numbers of people who supported a case at the counter and want to be rung when it is answered: sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, String, Table, Text, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.store.cases.supporters import case_supporters
from actions.store.engine.inserts import insert_into
from actions.store.engine.tables import Moment, metadata

case_callers = Table(
    "case_callers",
    metadata,
    Column("supporter", String(80), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("since", Moment, nullable=False),
)
"""One row a call; `supporter` as in `case_supporters`, `sealed` by the installation's key."""


async def keep_caller(connection: AsyncConnection, supporter: str, sealed: str, at: datetime) -> None:
    """Keep the number of whoever supports a case; the same call sent again changes nothing."""
    row = {"supporter": supporter, "sealed": sealed, "since": at}
    await connection.execute(insert_into(connection, case_callers).on_conflict_do_nothing(), [row])


async def callers_of(connection: AsyncConnection, ticket: str) -> Sequence[tuple[str, datetime]]:
    """The sealed number and the moment of each call for this case, the oldest first."""
    called = case_callers.join(case_supporters, case_supporters.c.supporter == case_callers.c.supporter)
    query = select(case_callers.c.sealed, case_callers.c.since).select_from(called)
    rows = await connection.execute(query.where(case_supporters.c.ticket == ticket).order_by(case_callers.c.since))
    return [(row.sealed, row.since) for row in rows]


async def drop_callers_without_case(connection: AsyncConnection) -> None:
    """Forget the numbers of those who support no case any more."""
    supports = exists().where(case_supporters.c.supporter == case_callers.c.supporter)
    await connection.execute(delete(case_callers).where(~supports))
