"""Searching at the desk: what is found, by whom, and what leaves as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from actions.cases.case import Location, Words
from tests.databases import on_both
from tests.talks.world import mistyped
from tests.unit.web_desk_more.desk_office import ROADS, DeskOffice


async def found(office: DeskOffice, name: str, query: str) -> str:
    answer = await (await office.browser_of(name)).get(f"/desk/search?{query}")
    assert answer.status_code == 200
    return answer.text


@on_both
@pytest.mark.manual("verifier-search")
async def test_words_are_found_in_their_other_forms_and_marked(office: DeskOffice) -> None:
    case = await office.files("jln depan pasar bolong besar, bahaya")
    page = await found(office, "Vera", "kata=berlubang+jalan")
    assert case.ticket in page
    assert "<mark>bolong</mark>" in page
    assert "<mark>jln</mark>" in page


@pytest.mark.thorough
async def test_without_anything_sought_nothing_is_read(office: DeskOffice) -> None:
    case = await office.files()
    assert case.ticket not in await found(office, "Vera", "")


async def test_a_number_leads_to_its_case(office: DeskOffice) -> None:
    case = await office.files()
    browser = await office.browser_of("Lina")
    answer = await browser.get("/desk/search", params={"kata": f"tolong {case.ticket.lower()}"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/cases/{case.ticket}")


async def test_an_unknown_number_and_one_of_another_agency_are_answered_alike(office: DeskOffice) -> None:
    case, other = await office.files(), "LP-2222-2222"
    browser = await office.browser_of("Hadi")
    answers = [await browser.get("/desk/search", params={"kata": number}) for number in (case.ticket, other)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text.replace(case.ticket, other) == answers[1].text


async def test_a_mistyped_number_is_said_to_be_one(office: DeskOffice) -> None:
    case = await office.files()
    assert "sepertinya salah ketik" in await found(office, "Vera", f"kata={mistyped(case.ticket)}")


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "sees"), [("Vera", True), ("Ayu", True), ("Lina", True), ("Hadi", False)])
async def test_each_finds_the_cases_that_are_hers_to_read(office: DeskOffice, name: str, *, sees: bool) -> None:
    case = await office.files()
    for query in ("kata=berlubang", f"instansi={ROADS}", "kategori=jalan"):
        assert (case.ticket in await found(office, name, query)) is sees


async def test_what_single_persons_may_know_shows_its_words_on_its_own_page_alone(office: DeskOffice) -> None:
    case = await office.files("petugas minta uang untuk surat", sensitive=True)
    page = await found(office, "Ida", "kata=uang")
    assert case.ticket in page
    assert "minta" not in page
    assert case.ticket not in await found(office, "Vera", "kata=uang")


async def test_no_name_and_no_point_on_the_map_is_on_any_page(office: DeskOffice) -> None:
    await office.files(words=Words("jalan berlubang", "Ratna Tertanda"))
    page = await found(office, "Vera", "kata=berlubang")
    assert "Tertanda" not in page
    assert "116.8765" not in page


@on_both
async def test_filters_stand_in_the_address_and_in_the_form(office: DeskOffice) -> None:
    here, there = await office.files(), await office.files(location=Location(district="64.09.02"))
    page = await found(office, "Vera", "kecamatan=64.09.01&status=forwarded")
    assert here.ticket in page
    assert there.ticket not in page
    assert '<option value="64.09.01" selected>' in page
    assert "/desk/search.csv?status=forwarded&amp;kecamatan=64.09.01" in page


async def test_days_leave_what_was_filed_on_them(office: DeskOffice) -> None:
    first = await office.files()
    office.gate.world.clock.passes(timedelta(days=9))
    second = await office.files()
    page = await found(office, "Vera", "sampai=2026-11-25&kata=berlubang")
    assert first.ticket in page
    assert second.ticket not in page


@pytest.mark.thorough
@pytest.mark.parametrize("query", ["status=apa", "dari=kemarin", "sampai=2026-13-01"])
async def test_what_cannot_be_asked_is_said_to_be_unknown(office: DeskOffice, query: str) -> None:
    browser = await office.browser_of("Vera")
    assert [(await browser.get(f"/desk/{page}?{query}")).status_code for page in ("search", "search.csv")] == [422, 422]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "words", ["' OR 1=1 --", '"jalan" NEAR/2 x', "a:b & !c | (d", "*", "jalan*", "💡", "%_", "x" * 5000]
)
async def test_whatever_is_typed_is_words(office: DeskOffice, words: str) -> None:
    browser = await office.browser_of("Vera")
    assert (await browser.get("/desk/search", params={"kata": words})).status_code == 200


@pytest.mark.thorough
@on_both
async def test_pages_follow_each_other(office: DeskOffice) -> None:
    cases = [await office.files() for _ in range(23)]
    first = await found(office, "Vera", "kata=berlubang")
    assert [case.ticket in first for case in cases] == [False] * 3 + [True] * 20
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&").partition("?")[2]
    second = await found(office, "Vera", link)
    assert [case.ticket in second for case in cases] == [True] * 3 + [False] * 20


@on_both
async def test_a_file_has_what_she_may_see_and_nothing_that_was_told(office: DeskOffice) -> None:
    mine = await office.files(words=Words("=jalan berlubang", "Ratna"), location=Location(spoken="+62 gang mawar"))
    await office.files(category="sampah")
    answer = await (await office.browser_of("Lina")).get("/desk/search.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row[0] for row in rows[1:]] == [mine.ticket]
    assert not any(mark in answer.text for mark in ("berlubang", "Ratna", "mawar", "telegram:"))
