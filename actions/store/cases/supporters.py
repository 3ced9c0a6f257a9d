"""Who supports which case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, String, Table, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.case import Case
from actions.store.cases.case_rows import case_of_row
from actions.store.engine.tables import Moment, cases, metadata

case_supporters = Table(
    "case_supporters",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("supporter", String(80), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("language", String(8), nullable=False, server_default=""),
)
Index("case_supporters_of_supporter", case_supporters.c.supporter)


@dataclass(frozen=True, slots=True)
class Support:
    """A citizen ("telegram:123") who says "me too" on a case, and the language she is told of it in."""

    ticket: str
    supporter: str
    language: str
    since: datetime


async def count_supporters_of(connection: AsyncConnection, ticket: str) -> int:
    """How many citizens support a case, its reporter apart."""
    with_case = case_supporters.join(cases, cases.c.ticket == case_supporters.c.ticket)
    query = select(func.count()).select_from(with_case)
    query = query.where(case_supporters.c.ticket == ticket, case_supporters.c.supporter != cases.c.reporter)
    return (await connection.execute(query)).scalar_one()


async def does_support(connection: AsyncConnection, ticket: str, supporter: str) -> bool:
    """Whether she supports this case."""
    query = select(case_supporters.c.ticket).where(
        case_supporters.c.ticket == ticket, case_supporters.c.supporter == supporter
    )
    return (await connection.execute(query)).first() is not None


async def supported_by(connection: AsyncConnection, supporter: str, most: int) -> list[Case]:
    """The cases that she supports and did not file, the latest support first, without attachments."""
    query = (
        select(cases)
        .join(case_supporters, case_supporters.c.ticket == cases.c.ticket)
        .where(case_supporters.c.supporter == supporter, cases.c.reporter != supporter)
        .order_by(case_supporters.c.since.desc(), cases.c.id.desc())
        .limit(most)
    )
    return [case_of_row(row) for row in await connection.execute(query)]


async def supporters_of(connection: AsyncConnection, tickets: Collection[str]) -> Sequence[Support]:
    """Everybody who supports one of these cases, by case and in the order in which they came."""
    known = case_supporters.c
    query = select(known.ticket, known.supporter, known.language, known.since).where(known.ticket.in_(tickets))
    query = query.order_by(known.ticket, known.since, known.supporter)
    return [Support(*row) for row in await connection.execute(query)]


async def write_supports(connection: AsyncConnection, supports: Sequence[Support]) -> None:
    """They support; whoever did so already is left as she is."""
    if not supports:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = [
        {"ticket": one.ticket, "supporter": one.supporter, "language": one.language, "since": one.since}
        for one in supports
    ]
    await connection.execute(dialect.insert(case_supporters).on_conflict_do_nothing(), rows)


async def pass_supporters_on(connection: AsyncConnection, ticket: str, parent: str, at: datetime) -> None:
    """Whoever supports a case that was merged supports from now on the one that it is part of."""
    theirs = await supporters_of(connection, [ticket])
    await write_supports(connection, [Support(parent, one.supporter, one.language, at) for one in theirs])


async def end_supports(connection: AsyncConnection, ended: Collection[tuple[str, str]]) -> None:
    """These (case, citizen) support no more."""
    if ended:
        pair = tuple_(case_supporters.c.ticket, case_supporters.c.supporter)
        await connection.execute(delete(case_supporters).where(pair.in_(list(ended))))
