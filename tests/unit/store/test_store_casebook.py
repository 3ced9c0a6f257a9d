"""Cases are read as they were written, gathered ones too."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from actions.cases.case import Attachment, Case, Location, Severity, Status, Words
from actions.cases.handlers import FiledCase, file_case
from actions.cases.ports import Filing
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from tests.unit.actions.builders import NOON
from tests.unit.store.plans import learn_sizes, plan_of
from tests.unit.store.reports import CHANCE, REGENCY, a_book, a_report, a_ticket, reason

FULL = {
    "location": Location(
        "64.09", "64.09.01", "64.09.01.1001", "depan pasar", "Kota", outside_province=True, lat=-1.5, lon=116.25
    ),
    "attachments": (Attachment("photo", "f1"), Attachment("voice", "f2")),
    "severity": Severity.URGENT,
    "sensitive": True,
    "words": Words("petugas waste minta uang", "Siti"),
}


async def test_every_field_of_a_case_is_read_as_it_was_written(database: Database) -> None:
    async with a_book(database) as book:
        outcome = await file_case(book, REGENCY, a_report(**FULL), NOON, CHANCE, reason)
    assert isinstance(outcome, FiledCase)
    async with a_book(database) as book:
        read = await book.by_ticket(outcome.case.ticket)
    assert read == outcome.case
    empty = {f.name for f in fields(Case) if getattr(read, f.name) in (None, "", ())}
    assert empty == {"assignee"}  # nobody works on it yet


async def test_a_draft_of_a_category_that_is_declared_no_more_is_filed_without_one(database: Database) -> None:
    async with a_book(database) as book:
        outcome = await file_case(book, REGENCY, a_report(category="pasar_hewan"), NOON, CHANCE, reason)
    assert isinstance(outcome, FiledCase)
    assert (outcome.case.category, outcome.case.status) == (None, Status.RECEIVED)


async def test_what_is_gathered_is_seen_before_it_is_written(database: Database) -> None:
    async with a_book(database) as book:
        outcome = await file_case(book, REGENCY, a_report(), NOON, CHANCE, reason)
        assert isinstance(outcome, FiledCase)
        case = outcome.case
        seen = (
            await book.filed_from(case.draft_key),
            await book.by_ticket(case.ticket),
            await book.of_reporter(case.reporter, 10),
            await book.filings(case.reporter, NOON - timedelta(days=1), case.draft_key),
            len(await book.events(case.ticket)),
        )
    assert seen == (case, case, [case], [Filing(case.draft_key, case.ticket, NOON)], 2)


async def test_what_is_not_written_is_forgotten(database: Database) -> None:
    async with database.writing() as connection:
        await file_case(SqlCaseBook(connection), REGENCY, a_report(), NOON, CHANCE, reason)
    async with a_book(database) as book:
        assert await book.latest(None) == []


async def test_several_books_are_written_as_one(database: Database) -> None:
    async with database.writing() as connection:
        books = [SqlCaseBook(connection) for _ in range(3)]
        for number, book in enumerate(books):
            await file_case(
                book, REGENCY, a_report(draft_key=f"d{number}", reporter=f"r{number}"), NOON, CHANCE, reason
            )
        one = SqlCaseBook(connection)
        for book in books:
            one.merge(book)
        await one.flush()
    async with a_book(database) as book:
        assert [case.reporter for case in await book.latest(None)] == ["r2", "r1", "r0"]


async def test_the_newest_come_first_with_their_attachments(database: Database) -> None:
    await a_ticket(database, draft_key="d1", attachments=(Attachment("photo", "f1"),))
    await a_ticket(database, NOON + timedelta(hours=2), draft_key="d2", attachments=(Attachment("photo", "f2"),))
    async with a_book(database) as book:
        newest, all_of_them, own = (
            await book.latest(1),
            await book.latest(None),
            await book.of_reporter("telegram:siti", 1),
        )
    assert [case.attachments[0].file_id for case in newest] == ["f2"]
    assert [case.attachments[0].file_id for case in all_of_them] == ["f2", "f1"]
    assert [case.draft_key for case in own] == ["d2"]


async def test_what_was_filed_before_the_span_is_left_out_but_for_the_draft_itself(database: Database) -> None:
    await a_ticket(database, NOON, draft_key="d1")
    later = await a_ticket(database, NOON + timedelta(hours=2), draft_key="d2")
    async with a_book(database) as book:
        lately = await book.filings("telegram:siti", NOON, "d3")
        with_the_draft = await book.filings("telegram:siti", NOON, "d1")
    assert lately == [Filing("d2", later, NOON + timedelta(hours=2))]
    assert [filing.draft_key for filing in with_the_draft] == ["d1", "d2"]


@pytest.mark.thorough
async def test_filings_are_found_by_indexes(database: Database) -> None:
    async with database.writing() as connection:
        book = SqlCaseBook(connection)
        for number in range(400):
            report = a_report(draft_key=f"d{number}", reporter=f"r{number}")
            await file_case(book, REGENCY, report, NOON, CHANCE, reason)
        await book.flush()
    await learn_sizes(database)
    plan = await plan_of(database, lambda connection: SqlCaseBook(connection).filings("r7", NOON, "d7"))
    assert not any("SCAN cases" in step or "Seq Scan" in step for step in plan), plan
