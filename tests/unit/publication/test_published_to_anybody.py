"""Where anybody reads a published answer: the case's page, the list, the feed and the open data; and nothing more."""

from __future__ import annotations

import csv
import io

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Case
from bot.web.case.routes import case_router
from bot.web.public.routes import public_routers
from tests.unit.publication.newsroom import ANSWER, MODI, STORY, TITLE, Newsroom
from tests.unit.publication.test_publications_page import sends

WHERE = ("/laporan", "/laporan.atom", "/statistik/answers.csv", "/statistik/answers.xlsx")


def opens(room: Newsroom) -> None:
    """The pages for the public."""
    house = room.office.gate.house
    house.app.include_router(case_router(house.context, house.service.links, house.service.regency))
    for router in public_routers(house.context, house.service.links, house.service.regency):
        house.app.include_router(router)


async def read(room: Newsroom, case: Case) -> dict[str, tuple[int, str]]:
    """Every page on which it might stand, as a stranger reads it."""
    stranger = room.office.gate.browser("192.0.2.77")
    answers = {where: await stranger.get(where) for where in (*WHERE, f"/t/{case.ticket}")}
    return {where: (answer.status_code, answer.text) for where, answer in answers.items()}


async def test_a_published_answer_stands_everywhere_and_the_story_nowhere(room: Newsroom) -> None:
    opens(room)
    case = await room.published()
    pages = await read(room, case)
    assert {status for status, _ in pages.values()} == {200}
    told = {where: TITLE in text and ANSWER in text for where, (_, text) in pages.items() if "xlsx" not in where}
    assert told == dict.fromkeys(told, True)
    assert not [where for where, (_, text) in pages.items() if STORY in text or case.reporter in text]


@pytest.mark.thorough
async def test_the_open_data_says_what_the_page_says(room: Newsroom) -> None:
    opens(room)
    case = await room.published()
    text = (await room.office.gate.browser().get("/statistik/answers.csv")).text
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["ticket"], row["title"], row["answer"]) == (case.ticket, TITLE, ANSWER)
    catalogue = (await room.office.gate.browser().get("/statistik/data.jsonld")).json()
    assert [one["dct:identifier"][:7] for one in catalogue["dcat:dataset"]][-1] == "answers"


@pytest.mark.thorough
async def test_what_is_hidden_disappears_from_everywhere_at_once(room: Newsroom) -> None:
    opens(room)
    case = await room.published()
    await read(room, case)
    await room.does(case, CaseAction.HIDE, MODI, words="Menunjuk seseorang")
    pages = await read(room, case)
    assert not [where for where, (_, text) in pages.items() if ANSWER in text or TITLE in text]


@pytest.mark.thorough
async def test_what_is_taken_back_disappears_though_its_case_stays(room: Newsroom) -> None:
    opens(room)
    case = await room.published()
    await sends(await room.office.browser_of("Modi"), "published", "hold", case, reason="Salah")
    pages = await read(room, case)
    assert pages[f"/t/{case.ticket}"][0] == 200
    assert not [where for where, (_, text) in pages.items() if ANSWER in text]
