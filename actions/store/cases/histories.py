"""Everything that is stored of cases, case by case, for whoever looks whether it is whole."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy import select, union

from actions.cases.verifying import Stored
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.handling import sayings_of
from actions.store.engine.database import Database
from actions.store.engine.tables import case_events, case_words, cases

AT_ONCE = 500


async def histories(database: Database) -> AsyncIterator[Stored]:
    """All of it, in the order of the numbers; so many in one look at the database."""
    last = ""
    while True:
        async with database.reading() as connection:
            known = union(select(cases.c.ticket), select(case_events.c.ticket)).subquery()
            query = select(known.c.ticket).where(known.c.ticket > last).order_by(known.c.ticket).limit(AT_ONCE)
            tickets = list((await connection.execute(query)).scalars())
            book = SqlCaseBook(connection)
            for ticket in tickets:
                salt = select(case_words.c.salt).where(case_words.c.ticket == ticket)
                yield Stored(
                    ticket,
                    await book.by_ticket(ticket),
                    await book.events(ticket),
                    await book.words(ticket),
                    (await connection.execute(salt)).scalar_one_or_none() or "",
                    await sayings_of(connection, ticket),
                )
        if len(tickets) < AT_ONCE:
            return
        last = tickets[-1]
