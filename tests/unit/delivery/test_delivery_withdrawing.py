"""What the talk is told when a citizen takes her case back: that it ended, or that it goes on for its supporters."""

from __future__ import annotations

from actions.cases.actions import CaseAction
from actions.store.cases.casebook import SqlCaseBook
from actions.store.engine.database import Database
from bot.conversation.events import Event, Said
from bot.conversation.own_cases.effects import WithdrawCase
from bot.conversation.own_cases.events import Withdrawn
from bot.messaging.turn_ports import Citizen
from tests.databases import on_sqlite
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, PROOF, VERA, CaseOffice, liaison

SITI = Citizen("telegram", "siti", "id")
pytestmark = on_sqlite


async def withdraws(office: CaseOffice, ticket: str) -> Event | None:
    cause = Said(id="e1", at=office.clock(), text="ya", ref="1")
    async with office.database.writing() as connection:
        book = SqlCaseBook(connection)
        told = await declared().effect_runner.carry_out(book, SITI, WithdrawCase(ticket), cause)
        await book.flush()
    return told


async def test_a_case_of_hers_alone_ends(database: Database) -> None:
    office = CaseOffice(database)
    case = await office.files()
    told = await withdraws(office, case.ticket)
    assert isinstance(told, Withdrawn)
    assert not told.goes_on


async def test_one_that_is_worked_on_and_even_answered_ends_too(database: Database) -> None:
    office = CaseOffice(database)
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, liaison("dpupr"))
    await office.does(case.ticket, CaseAction.ANSWER, liaison("dpupr"), **ANSWER, enclosures=PROOF)
    assert isinstance(await withdraws(office, case.ticket), Withdrawn)


async def test_one_that_others_support_goes_on(database: Database) -> None:
    office = CaseOffice(database)
    case, other = await office.files(), await office.files(reporter="telegram:tono")
    await office.does(other.ticket, CaseAction.MERGE, VERA, parent=case.ticket, words="Lubang yang sama")
    told = await withdraws(office, case.ticket)
    assert isinstance(told, Withdrawn)
    assert told.goes_on
