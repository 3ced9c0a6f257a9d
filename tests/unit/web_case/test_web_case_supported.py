"""The page of a case says how many report it, once somebody supports it, and never who."""

from __future__ import annotations

from actions.cases.supporting import support_case
from actions.store.cases.casebook import SqlCaseBook
from tests.unit.web_case.cases import MARKED, CaseOffice

TONO = "telegram:tertanda-tono"


async def test_a_page_says_how_many_and_never_who(office: CaseOffice) -> None:
    case = await office.files()
    browser = office.browser()
    alone = (await browser.get(f"/t/{case.ticket}")).text
    async with office.house.database.writing() as connection:
        book = SqlCaseBook(connection)
        assert await support_case(book, case.ticket, TONO, "id", office.world.clock())
        await book.flush()
    supported = (await browser.get(f"/t/{case.ticket}")).text
    assert "Dilaporkan oleh" not in alone
    assert "Dilaporkan oleh" in supported
    assert "2 orang" in supported
    assert not any(mark in supported for mark in MARKED)
