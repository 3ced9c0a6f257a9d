"""Facts of cases in the database: kept in the transaction of each event, and filled in for old cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Status
from actions.cases.officer_handlers import Wish, act_on_case
from actions.people.roles import REPORTER
from actions.statistics.case_statistics import CaseStatistics, statistics_of
from actions.store.engine.database import Database
from actions.store.statistics.case_statistics import statistics_of_tickets
from actions.store.statistics.filling import StatisticsFiller
from actions.store.statistics.tables import case_statistics
from tests.unit.actions.acting import LINA, WORDS
from tests.unit.actions.builders import NOON
from tests.unit.store.reports import CHANCE, REGENCY, a_book, a_ticket
from tests.unit.store.test_store_working import PHOTO, SITI, does


async def kept(database: Database, ticket: str) -> CaseStatistics:
    async with database.reading() as connection:
        return (await statistics_of_tickets(connection, [ticket]))[ticket]


async def told(database: Database, ticket: str) -> CaseStatistics:
    """What all its events say."""
    async with a_book(database) as book:
        case = await book.by_ticket(ticket)
        assert case
        return statistics_of(case, await book.events(ticket), REGENCY)


async def forgotten(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(delete(case_statistics))


async def test_filing_and_forwarding_in_one_transaction_are_one_row(database: Database) -> None:
    ticket = await a_ticket(database)
    statistics = await kept(database, ticket)
    assert statistics == await told(database, ticket)
    assert (statistics.status, statistics.version, statistics.agency) == (Status.FORWARDED, 2, "roads")


async def test_each_thing_done_is_in_the_row_when_it_is_done(database: Database) -> None:
    ticket = await a_ticket(database)
    await does(database, ticket, CaseAction.ACCEPT, LINA)
    await does(database, ticket, CaseAction.ANSWER, LINA, words=WORDS, enclosures=(PHOTO,))
    await does(database, ticket, CaseAction.CONFIRM, REPORTER, reporter=SITI)
    await does(database, ticket, CaseAction.RATE, REPORTER, reporter=SITI, rating=4)
    statistics = await kept(database, ticket)
    assert statistics == await told(database, ticket)
    assert (statistics.solved_on, statistics.rating) == (REGENCY.calendar.day(NOON + timedelta(hours=1)), 4)


async def test_what_is_rolled_back_is_not_counted(database: Database) -> None:
    ticket = await a_ticket(database)
    before = await kept(database, ticket)
    accept = Wish(ticket=ticket, command=CaseCommand(action=CaseAction.ACCEPT), who=LINA)

    async def fails() -> None:
        async with a_book(database) as book:
            await act_on_case(book, REGENCY, accept, NOON, CHANCE)
            await book.flush()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await fails()
    assert await kept(database, ticket) == before


async def test_old_cases_are_filled_in_once(database: Database) -> None:
    tickets = [await a_ticket(database, draft_key=f"d{n}", at=NOON + timedelta(days=n)) for n in range(3)]
    await does(database, tickets[0], CaseAction.ACCEPT, LINA)
    before = [await kept(database, ticket) for ticket in tickets]
    await forgotten(database)
    filler = StatisticsFiller(database, REGENCY)
    assert await filler.fill() == 3
    assert [await kept(database, ticket) for ticket in tickets] == before
    assert await filler.fill() == 0


async def test_what_is_done_to_an_old_case_waits_until_it_is_filled_in(database: Database) -> None:
    ticket = await a_ticket(database)
    await forgotten(database)
    await does(database, ticket, CaseAction.ACCEPT, LINA)
    async with database.reading() as connection:
        assert (await connection.execute(select(case_statistics))).all() == []
    await StatisticsFiller(database, REGENCY).fill()
    assert (await kept(database, ticket)).version == 3


async def test_what_was_filled_in_once_is_not_looked_at_again(database: Database) -> None:
    first = await a_ticket(database)
    await StatisticsFiller(database, REGENCY).fill()
    await forgotten(database)
    second = await a_ticket(database, draft_key="another")
    assert await StatisticsFiller(database, REGENCY).fill() == 0
    async with database.reading() as connection:
        assert (await statistics_of_tickets(connection, [first, second])).keys() == {second}


async def test_a_case_of_an_older_version_that_came_later_is_found(database: Database) -> None:
    await a_ticket(database)
    await StatisticsFiller(database, REGENCY).fill()
    ticket = await a_ticket(database, draft_key="another")
    async with database.writing() as connection:
        await connection.execute(delete(case_statistics).where(case_statistics.c.ticket == ticket))
    assert await StatisticsFiller(database, REGENCY).fill() == 1
