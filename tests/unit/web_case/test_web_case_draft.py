"""The page of a report that is not sent yet: read by whoever has its link, and by nobody else; it does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from actions.people.sign_in import Seals
from actions.store.cases.casebook import SqlCaseBook
from actions.store.messages.messages import load_records
from bot.channels.web.visitors import COOKIE
from bot.configuration.draft_links import DraftPlace
from bot.main.assembly import Service
from bot.messaging.records import read_record
from bot.web.case.context import CasePageContext
from bot.web.case.draft import DraftPage, draft_router
from bot.web.case.routes import case_router
from bot.web.chat import routes as chat
from bot.web.chat.routes import chat_router
from bot.web.shared.app import make_app
from tests.talks.database import all_cases
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.unit.web.doors import Browser, House, a_house
from tests.unit.web_case.cases import bytes_of

STORY = "lampu jalan <b>di petung</b> mati sudah seminggu"
SHOWN = "lampu jalan &lt;b&gt;di petung&lt;/b&gt; mati sudah seminggu"


@dataclass(slots=True)
class Hall:
    """A house with the pages of cases and drafts, a citizen in it, and a stranger."""

    house: House
    siti: Browser
    stranger: AsyncClient

    @property
    def service(self) -> Service:
        """What the house is of."""
        return self.house.service

    async def writes(self, text: str) -> None:
        """Siti writes, and is answered."""
        await self.siti.opens()
        await self.siti.posts(text=text)
        await self.house.works()

    async def place(self) -> DraftPlace:
        """Where her draft is."""
        visitor = self.house.context.visitors.read(self.siti.client.cookies[COOKIE])
        assert visitor
        chat = ("web", visitor)
        async with self.house.database.reading() as connection:
            draft = read_record((await load_records(connection, [chat]))[chat]).dialogue.draft
        assert draft
        return DraftPlace(*chat, draft.key)

    async def link(self) -> str:
        """The link to it."""
        return self.service.draft_links.link(await self.place())

    async def opens(self, address: str) -> Response:
        """A stranger opens an address, and is led on."""
        return await self.stranger.get(address, follow_redirects=True)


@pytest.fixture
async def hall(tmp_path: Path, database_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    monkeypatch.setattr(chat, "ANSWER_WITHIN_SECONDS", 0)  # turns are worked when a test says so
    house = await a_house(tmp_path, world=World(Settings()), file=database_file)
    service = house.service
    context = CasePageContext(house.context, service.links, service.regency)
    page = DraftPage(service.draft_links, service.talk, service.channels.abilities_of)
    routers = (chat_router(house.context), case_router(house.context, service.links, service.regency))
    house.app = make_app([*routers, draft_router(context, page)])
    yield Hall(house, house.browser(), house.browser("192.0.2.9").client)
    await house.closes()


@pytest.mark.thorough
async def test_it_shows_the_report_as_it_stands_and_offers_nothing_to_do(hall: Hall) -> None:
    await hall.writes(STORY)
    link = await hall.link()
    page = await hall.stranger.get(link)
    assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert SHOWN in page.text
    assert "<form" not in page.text
    await hall.writes("tiangnya juga miring")
    assert "tiangnya juga miring" in (await hall.opens(link)).text
    assert "Your report is not sent yet" in (await hall.opens(f"{link}&lang=en")).text


async def test_once_it_is_sent_it_leads_to_the_case_until_the_first_link_to_that_is_withdrawn(hall: Hall) -> None:
    await hall.writes(STORY)
    link = await hall.link()
    await hall.writes("kirim")
    [case] = await all_cases(hall.house.database)
    sent = await hall.stranger.get(link)
    assert (sent.status_code, sent.headers["location"]) == (303, hall.service.links.reporters_own(case.ticket))
    assert SHOWN in (await hall.opens(link)).text
    async with hall.house.database.writing() as connection:
        await SqlCaseBook(connection).withdraw_link(case.ticket)
    assert bytes_of(await hall.stranger.get(link)) == bytes_of(await hall.stranger.get("/draf?k=none"))


@pytest.mark.parametrize(("words", "pressed"), [("batal", "Ya, batalkan"), ("hapus data saya", "Ya, hapus semuanya")])
async def test_it_ends_with_the_draft_and_with_her_data(hall: Hall, words: str, pressed: str) -> None:
    await hall.writes(STORY)
    link = await hall.link()
    await hall.writes(words)
    await hall.siti.presses(pressed)
    await hall.house.works()
    ended = await hall.stranger.get(link)
    assert (ended.status_code, STORY in ended.text, SHOWN in ended.text) == (404, False, False)


async def test_a_link_that_was_not_sealed_here_for_this_opens_nothing(hall: Hall) -> None:
    await hall.writes(STORY)
    place, key = await hall.place(), (await hall.link()).partition("?k=")[2]
    told = f'["{place.channel}","{place.chat}","{place.key}"]'
    others = ["", told, key[:-4], key[:40] + key[41:], Seals(b"another key").sealed(told)]
    of_another_purpose = Seals(hall.service.links.secret_key).sealed(told)
    answers = {bytes_of(await hall.stranger.get("/draf", params={"k": one})) for one in (*others, of_another_purpose)}
    assert len(answers) == 1
    assert answers == {bytes_of(await hall.stranger.get("/draf"))}
    assert place.chat not in key
