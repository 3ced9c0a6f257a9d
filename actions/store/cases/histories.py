"""Everything that is stored of cases, case by case, for whoever looks whether it is whole."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy import select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.verifying import Installation, Stored
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import sayings_of
from actions.store.cases.links import (
    case_links,
    keys_of,
    links_of,
    read_installation,
    seal_late,
    tombstones_of,
    unsealed_tickets,
)
from actions.store.engine.database import Database
from actions.store.engine.tables import case_events, case_words, cases

AT_ONCE = 500


async def histories(database: Database) -> AsyncIterator[Stored]:
    """All of it, in the order of the numbers; so many in one look at the database."""
    last = ""
    while True:
        async with database.reading() as connection:
            known = union(*(select(table.c.ticket) for table in (cases, case_events, case_links))).subquery()
            query = select(known.c.ticket).where(known.c.ticket > last).order_by(known.c.ticket).limit(AT_ONCE)
            tickets = list((await connection.execute(query)).scalars())
            for ticket in tickets:
                yield await history_of(connection, ticket)
        if len(tickets) < AT_ONCE:
            return
        last = tickets[-1]


async def history_of(connection: AsyncConnection, ticket: str) -> Stored:
    """Everything that is stored of one case."""
    book = SqlCaseBook(connection)
    return Stored(
        ticket,
        await book.by_ticket(ticket),
        await book.events(ticket),
        await book.words(ticket),
        await _salt(connection, ticket),
        await sayings_of(connection, ticket),
        await links_of(connection, ticket),
        await tombstones_of(connection, ticket),
    )


async def installation_of(database: Database) -> Installation | None:
    """Whose cases these are; None where the database was told no key, or holds no link yet."""
    async with database.reading() as connection:
        keys, row = keys_of(connection), await read_installation(connection)
    return Installation(keys, row.id, row.is_sealed(keys)) if keys and row else None


async def seal_some(connection: AsyncConnection, most: int = AT_ONCE) -> int:
    """Seal the events of some cases that have no links, as they stand; returns of how many cases."""
    tickets = await unsealed_tickets(connection, most)
    book = SqlCaseBook(connection)
    await book.hold(tickets)
    for ticket in tickets:
        salt = await _salt(connection, ticket)
        await seal_late(connection, await book.by_ticket(ticket), await book.events(ticket), salt)
    return len(tickets)


async def _salt(connection: AsyncConnection, ticket: str) -> str:
    salt = select(case_words.c.salt).where(case_words.c.ticket == ticket)
    return (await connection.execute(salt)).scalar_one_or_none() or ""
