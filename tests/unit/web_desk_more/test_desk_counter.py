"""What is typed in at the counter: one case with a number, filed as from the chat, and a slip to follow it by."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from actions.cases.case import Identity, Severity, Status, Visibility
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.presence import notes_of
from actions.store.engine.tables import outbox
from bot.web.case.routes import case_router
from tests.databases import on_both
from tests.unit.web_desk_more.counter_forms import TOLD, cases_of, enters, looks
from tests.unit.web_desk_more.desk_office import ROADS, VILLAGE, DeskOffice


@on_both
@pytest.mark.manual("verifier-counter")
async def test_it_becomes_a_case_as_from_the_chat(office: DeskOffice) -> None:
    answer = await enters(await office.browser_of("Vera"))
    [case] = await cases_of(office)
    assert answer.status_code == 303
    assert (case.channel, case.status, case.agency, case.category) == ("phone", Status.FORWARDED, ROADS, "jalan")
    assert (case.location.village, case.location.spoken) == (VILLAGE, "dekat pasar (Petung, Penajam)")
    assert (case.identity, case.visibility) == (Identity.ANONYMOUS, Visibility.PUBLIC)
    assert case.consent.startswith("id-")
    async with office.gate.database.reading() as connection:
        words = await SqlCaseBook(connection).words(case.ticket)
        [note] = await notes_of(connection, case.ticket)
    assert words
    assert (words.story, words.name) == (TOLD["story"], None)
    assert (note.name, note.words) == ("Vera", "Dimasukkan oleh Vera. Saluran: Telepon.")


async def test_a_name_is_kept_where_she_wants_it_known(office: DeskOffice) -> None:
    await enters(await office.browser_of("Vera"), identity="named")
    [case] = await cases_of(office)
    async with office.gate.database.reading() as connection:
        words = await SqlCaseBook(connection).words(case.ticket)
    assert words
    assert (words.name, case.identity) == ("Ratna", Identity.NAMED)


async def test_the_preview_says_where_it_goes_and_files_nothing(office: DeskOffice) -> None:
    other = await office.files("Jalan berlubang di depan pasar")
    answer, _ = await looks(await office.browser_of("Lina"), place="gang mawar")
    assert "Dinas Pekerjaan Umum" in answer.text
    assert other.ticket in answer.text
    assert [case.ticket for case in await cases_of(office)] == [other.ticket]


async def test_nothing_is_sought_for_what_she_keeps_secret(office: DeskOffice) -> None:
    other = await office.files("Jalan berlubang di depan pasar")
    answer, _ = await looks(await office.browser_of("Lina"), place="gang mawar", secret="ya")
    assert other.ticket not in answer.text
    assert "dibaca verifikator dulu" in answer.text


async def test_what_sounds_like_danger_or_bribery_is_heard_as_in_the_chat(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    await enters(browser, story="Tolong, rumah tetangga kebakaran sekarang, api besar")
    await enters(browser, story="Petugas minta uang pungli lima puluh ribu untuk surat pengantar")
    bribery, danger = await cases_of(office)
    assert danger.severity is Severity.URGENT
    assert (bribery.sensitive, bribery.status) == (True, Status.RECEIVED)


@pytest.mark.thorough
@on_both
@pytest.mark.parametrize("channel", ["phone", "counter"])
async def test_sent_twice_it_is_one_case(office: DeskOffice, channel: str) -> None:
    browser = await office.browser_of("Vera")
    _, sent = await looks(browser)
    answers = await asyncio.gather(
        *(browser.post("/desk/new", data=one) for one in (sent, {**sent, "channel": channel}))
    )
    assert len(await cases_of(office)) == 1
    assert {answer.headers["location"] for answer in answers} == {f"/desk/new/{sent['key']}"}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"story": "jalan rusak"}, "terlalu pendek"),
        ({"category": ""}, "Pilih kategorinya"),
        ({"category": "bukan-kategori"}, "Pilih kategorinya"),
        ({"region": "99.99"}, "Desa itu tidak dikenal"),
        ({"identity": "named", "name": " "}, "Tulis nama pelapor"),
        ({"consent": ""}, "perlu tahu dan setuju dulu"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_lost(
    office: DeskOffice, changes: dict[str, str], words: str
) -> None:
    answer, sent = await looks(await office.browser_of("Vera"), **changes)
    assert (answer.status_code, words in answer.text, sent["story"] in answer.text) == (422, True, True)
    assert await cases_of(office) == []


async def test_what_was_not_looked_at_is_shown_instead_of_filed(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    _, sent = await looks(browser)
    answer = await browser.post("/desk/new", data={**sent, "story": "Lampu jalan mati sejak kemarin"})
    assert (answer.status_code, await cases_of(office)) == (200, [])


@pytest.mark.thorough
@pytest.mark.manual("verifier-counter")
async def test_the_slip_has_the_number_and_her_own_way_to_her_page(office: DeskOffice) -> None:
    house, browser = office.gate.house, await office.browser_of("Vera")
    house.app.include_router(case_router(house.context, house.service.links, house.service.regency))
    answer = await enters(browser)
    [case] = await cases_of(office)
    slip = (await browser.get(answer.headers["location"])).text
    own = house.service.links.reporters_own(case.ticket)
    assert case.ticket in slip
    assert own.replace("&", "&amp;") in slip
    page = await office.gate.browser("192.0.2.9").get(own.removeprefix(house.service.links.base))
    assert TOLD["story"] in page.text


async def test_a_slip_opens_by_its_own_address_alone(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    case = await office.files()
    for name in (case.ticket, "0" * 32, "telegram"):
        assert (await browser.get(f"/desk/new/{name}")).status_code == 404


async def test_nobody_is_written_to_where_nobody_reads(office: DeskOffice) -> None:
    await enters(await office.browser_of("Vera"), category="unknown")
    async with office.gate.database.reading() as connection:
        assert (await connection.execute(select(outbox))).all() == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["Modi", "Ayu", "Tia"])
async def test_whoever_reads_or_administers_types_nothing_in(office: DeskOffice, name: str) -> None:
    browser = await office.browser_of(name)
    answers = [await browser.get("/desk/new"), await browser.post("/desk/new", data=TOLD)]
    assert [answer.status_code for answer in answers] == [403, 403]
