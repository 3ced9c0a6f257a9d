"""What a citizen gets of what is kept of her: all of hers, what she was told, and nothing that officers said aside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Words
from actions.people.roles import REPORTER
from actions.store.cases.supporters import Support, write_supports
from actions.store.engine.database import Database
from bot.files.links import FileLinks
from bot.services.own_data_export import OwnDocuments
from tests.talks.world import declared
from tests.unit.delivery.case_office import ANSWER, PROOF, SITI, VERA, CaseOffice, admin, liaison

AMONG_THEMSELVES, ASKED, NOTED = "zamrud bukan urusan kami", "di sisi mana nilam", "teknisi mutiara datang Kamis pagi"
SAID = "di sisi kiri"
CHAT = ("telegram", "siti")


@pytest.fixture
def office(database: Database) -> CaseOffice:
    """An office where nobody has reported anything."""
    return CaseOffice(database)


async def document(office: CaseOffice, which: str = "json", chat: tuple[str, str] = CHAT) -> str:
    known = declared()
    files = FileLinks(b"a key for tests")
    writer = OwnDocuments(office.database, known.regency, known.texts, files, "http://lapor.test", office.clock)
    return (await writer.document(chat, which)).content.decode()


async def told(office: CaseOffice) -> dict[str, Any]:
    return json.loads(await document(office))  # type: ignore[no-any-return]


async def a_case_with_a_past(office: CaseOffice) -> str:
    """It was sent back among offices, asked about, worked on, and answered."""
    case = await office.files(words=Words("jalan berlubang dalam", "Siti Aminah"))
    ticket, holder = case.ticket, case.agency
    await office.does(ticket, CaseAction.RETURN, admin(holder), words=AMONG_THEMSELVES, why="returned", agency="dishub")
    await office.does(ticket, CaseAction.FORWARD, VERA, words=AMONG_THEMSELVES, why="forwarded", agency=holder)
    await office.does(ticket, CaseAction.ASK, liaison(holder), words=ASKED)
    await office.does(ticket, CaseAction.REPLY, REPORTER, words=SAID)
    await office.does(ticket, CaseAction.ACCEPT, liaison(holder))
    await office.does(ticket, CaseAction.NOTE, liaison(holder), words=NOTED)
    await office.does(ticket, CaseAction.ANSWER, liaison(holder), enclosures=PROOF, **ANSWER)
    await office.does(ticket, CaseAction.CONFIRM, REPORTER)
    await office.does(ticket, CaseAction.RATE, REPORTER, rating=4)
    return ticket


async def test_she_reads_what_she_said_and_was_told_and_not_what_they_said_among_them(office: CaseOffice) -> None:
    await a_case_with_a_past(office)
    for which in ("json", "html"):
        written = await document(office, which)
        assert [words for words in (ASKED, NOTED, SAID, ANSWER["words"]) if words not in written] == []
        assert AMONG_THEMSELVES not in written


async def test_nobody_who_worked_on_it_is_named(office: CaseOffice) -> None:
    ticket = await a_case_with_a_past(office)
    persons = {event.person for event in await office.events(ticket)} - {""}
    steps = json.dumps((await told(office))["reports"][0]["steps"])
    assert [person for person in persons if f'"{person}"' in steps] == []
    assert {step["by"] for step in (await told(office))["reports"][0]["steps"]} == {"you", "service", "office"}


async def test_name_and_rating_are_hers(office: CaseOffice) -> None:
    await a_case_with_a_past(office)
    [report] = (await told(office))["reports"]
    assert report["name"] == "Siti Aminah"
    assert [step["rating"] for step in report["steps"] if "rating" in step] == [4]


async def test_of_a_case_that_she_supports_only_its_number_is_hers(office: CaseOffice) -> None:
    theirs = await office.files(reporter="telegram:tono", words=Words("jembatan retak", "Tono"))
    async with office.database.writing() as connection:
        await write_supports(connection, [Support(theirs.ticket, SITI, "id", office.clock())])
    written = await document(office)
    assert [one["ticket"] for one in json.loads(written)["supported"]] == [theirs.ticket]
    assert "jembatan" not in written
    assert "Tono" not in written


async def test_who_was_never_here_gets_an_empty_file(office: CaseOffice) -> None:
    await a_case_with_a_past(office)
    written = json.loads(await document(office, chat=("telegram", "dewi")))
    assert written.keys() == {"made_at", "channel", "account", "language"}
