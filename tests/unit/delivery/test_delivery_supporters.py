"""What those who support a case hear of it: what anybody may know, and nothing that somebody wrote."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from actions.cases.actions import CaseAction
from actions.cases.handlers import stop_supporting, support_case
from actions.people.roles import REPORTER, Actor
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from actions.store.engine.tables import outbox
from bot.messaging.records import read_outgoing
from bot.services.supporting import SupporterNotices
from tests.databases import on_sqlite
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, MODI, PROOF, SITI, VERA, CaseOffice, admin, liaison

ROADS = "dpupr"
TONO, AYU = "telegram:tono", "web:ayu"

pytestmark = on_sqlite


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office whose first day is Tuesday, 24 November 2026, four in the afternoon."""
    return CaseOffice(database)


async def supports(office: CaseOffice, ticket: str, citizen: str = TONO, language: str = "id") -> None:
    async with office.database.writing() as connection:
        book = SqlCaseBook(connection)
        assert await support_case(book, ticket, citizen, language, office.clock())
        await book.flush()


async def happens(office: CaseOffice, ticket: str, action: CaseAction, who: Actor, **more: Any) -> None:
    """Somebody does something, and those who support the case are told."""
    done = await office.does(ticket, action, who, **more)
    async with office.database.writing() as connection:
        await SupporterNotices(declared().texts).tell(connection, [done], office.clock())


def news(ticket: str, status: str) -> str:
    return f"Kabar laporan {ticket} yang Anda dukung: {status}. Kirim nomornya untuk melihat selengkapnya."


async def test_each_milestone_is_told_and_nothing_between_them(office: CaseOffice) -> None:
    ticket = (await office.files()).ticket
    await supports(office, ticket)
    worker = liaison(ROADS)
    await happens(office, ticket, CaseAction.ACCEPT, worker)
    await happens(office, ticket, CaseAction.NOTE, worker, words="Aspal dipesan, lubang ditutup hari Rabu")
    await happens(office, ticket, CaseAction.ASK, worker, words="Di sisi mana?")
    await happens(office, ticket, CaseAction.REPLY, REPORTER, words="Sisi kiri")
    await happens(office, ticket, CaseAction.ANSWER, worker, **ANSWER, enclosures=PROOF)
    await happens(office, ticket, CaseAction.DISPUTE, REPORTER, words="Masih berlubang")
    await happens(office, ticket, CaseAction.ANSWER, admin(ROADS), **ANSWER, enclosures=PROOF)
    await happens(office, ticket, CaseAction.CONFIRM, REPORTER)
    await happens(office, ticket, CaseAction.RATE, REPORTER, rating=4)
    told = ["Sedang dikerjakan", "Sudah dijawab", "Sedang dikerjakan", "Sudah dijawab", "Selesai"]
    assert await office.notes(TONO) == [news(ticket, status) for status in told]


async def test_above_a_ceiling_of_costs_news_of_another_s_case_wait_as_any_notice(office: CaseOffice) -> None:
    ticket = (await office.files()).ticket
    await supports(office, ticket)
    await happens(office, ticket, CaseAction.ACCEPT, liaison(ROADS))
    async with office.database.reading() as connection:
        query = select(outbox.c.message).where(outbox.c.chat == TONO.partition(":")[2])
        assert read_outgoing((await connection.execute(query)).scalar_one()).is_notice


async def test_nothing_that_was_written_reaches_a_supporter(office: CaseOffice) -> None:
    ticket = (await office.files(category=None)).ticket
    await supports(office, ticket)
    how = {"code": "unclear", "words": "PENANDA-KATA", "mend": "PENANDA-SARAN"}
    await happens(office, ticket, CaseAction.REJECT, VERA, **how)
    assert await office.notes(TONO) == [news(ticket, "Ditolak")]


async def test_each_hears_it_in_her_language_and_where_she_writes(office: CaseOffice) -> None:
    ticket = (await office.files()).ticket
    await supports(office, ticket, AYU, "en")
    await happens(office, ticket, CaseAction.ACCEPT, liaison(ROADS))
    [told] = await office.notes(AYU)
    assert told == f"News of report {ticket} that you support: Being worked on. Send its number to see more."


async def test_whoever_supports_no_more_hears_no_more(office: CaseOffice) -> None:
    ticket = (await office.files()).ticket
    await supports(office, ticket)
    async with office.database.writing() as connection:
        book = SqlCaseBook(connection)
        await stop_supporting(book, ticket, TONO)
        await book.flush()
    await happens(office, ticket, CaseAction.ACCEPT, liaison(ROADS))
    assert await office.notes(TONO) == []


async def test_who_supports_a_merged_case_is_told_and_follows_the_other(office: CaseOffice) -> None:
    parent, ticket = (await office.files(reporter=AYU)).ticket, (await office.files()).ticket
    await supports(office, ticket)
    await happens(office, ticket, CaseAction.MERGE, admin(ROADS), parent=parent, words="Lubang yang sama")
    await happens(office, parent, CaseAction.ACCEPT, liaison(ROADS))
    merged, after = await office.notes(TONO)
    assert "digabung dengan laporan lain" in merged
    assert parent not in merged
    assert after == news(parent, "Sedang dikerjakan")


async def test_its_reporter_hears_of_it_as_its_reporter_only(office: CaseOffice) -> None:
    parent, ticket = (await office.files()).ticket, (await office.files()).ticket
    await happens(office, ticket, CaseAction.MERGE, admin(ROADS), parent=parent, words="Lubang yang sama")
    await happens(office, parent, CaseAction.ACCEPT, liaison(ROADS))
    assert not any("Anda dukung" in note for note in await office.notes(SITI))


async def test_of_a_hidden_case_supporters_hear_once_that_it_is_hidden(office: CaseOffice) -> None:
    ticket = (await office.files()).ticket
    await supports(office, ticket)
    await happens(office, ticket, CaseAction.HIDE, MODI, words="Memuat nama orang")
    await happens(office, ticket, CaseAction.ACCEPT, liaison(ROADS))
    assert await office.notes(TONO) == [
        f"Laporan {ticket} yang Anda dukung tidak lagi terbuka untuk umum. Anda tidak menerima kabarnya lagi."
    ]
