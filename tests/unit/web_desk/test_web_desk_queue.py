"""The lists of the desk: what is on whose, in which order, and what one key does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from actions.people.roles import Role
from tests.databases import on_both
from tests.unit.web_desk.desks import STORY, StaffedDesk, form_of, text_of, tickets_on


@pytest.mark.thorough
@on_both
async def test_a_verifier_has_what_waits_for_her_the_longest_waiting_first(desk: StaffedDesk) -> None:
    first = await desk.files(category=None)
    desk.gate.world.clock.passes(timedelta(days=1))
    second = await desk.files(category=None)
    await desk.files()
    rina = await desk.has("Rina", Role.VERIFIER)
    assert tickets_on(await rina.get("/desk")) == [first, second]


async def test_an_officer_of_an_agency_has_its_cases_and_no_others(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    mine = await desk.files()
    await desk.files(category="jalan")
    assert tickets_on(await budi.get("/desk")) == [mine]


@pytest.mark.thorough
async def test_a_name_of_a_list_that_is_not_hers_opens_her_own(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    await desk.files(category="jalan")
    for name in ("verify", "all", "nothing"):
        assert tickets_on(await budi.get(f"/desk?list={name}")) == []


@pytest.mark.thorough
@on_both
async def test_a_list_is_read_page_by_page(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    filed = [await desk.files(category=None) for _ in range(23)]
    first = await rina.get("/desk")
    [more] = [part for part in first.text.split('"') if part.startswith("/desk?") and "after" in part]
    rest = await rina.get(more.replace("&amp;", "&"))
    assert tickets_on(first) + tickets_on(rest) == filed
    assert len(tickets_on(rest)) == 3


async def test_a_page_after_nonsense_is_the_first(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    assert tickets_on(await rina.get("/desk?after=x:y")) == [ticket]


@pytest.mark.thorough
@pytest.mark.manual("verifier-check")
async def test_the_proposal_is_taken_with_one_press(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER, agency="inspektorat")
    ticket = await desk.files(category="jalan", sensitive=True)
    page = await rina.get("/desk")
    assert "Teruskan ke Inspektorat Daerah" in text_of(page)
    fields = form_of(page, f'action="/desk/cases/{ticket}"')
    done = await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert done.status_code == 303
    assert done.headers["location"] == f"/desk?list=verify&done=forward:{ticket}"
    assert await desk.status(ticket) == "forwarded inspektorat"
    assert f"{ticket}: diteruskan ke instansi." in text_of(await rina.get(done.headers["location"]))


@pytest.mark.thorough
async def test_a_list_that_stays_is_told_of_what_was_pressed_and_no_more(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER, agency="inspektorat")
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    ticket = await desk.files(category="jalan", sensitive=True)
    other = await desk.files()
    fields = form_of(await rina.get("/desk"), f'action="/desk/cases/{ticket}"')
    staying = {"x-lapor-list": "1"}
    gone = await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"}, headers=staying)
    assert f"{ticket}: diteruskan ke instansi." in text_of(gone)
    assert f'<template id="left">{ticket}</template>' in gone.text
    assert "<article" not in gone.text
    again = await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"}, headers=staying)
    assert (again.status_code, 'id="left"' in again.text) == (409, False)
    fields = form_of(await budi.get("/desk"), f'action="/desk/cases/{other}"')
    stays = await budi.post(f"/desk/cases/{other}", data={**fields, "act": "send"}, headers=staying)
    assert (stays.status_code, 'id="left"' in stays.text) == (200, False)


@on_both
async def test_what_the_words_say_is_proposed_with_how_sure_it_is_and_becomes_the_category(
    desk: StaffedDesk,
) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    await desk.understands(ticket, [["penerangan_jalan", 0.83], ["jalan", 0.1]])
    page = await rina.get("/desk")
    assert "Terbaca dari ceritanya: Penerangan jalan, yakin 83 %." in text_of(page)
    assert "Teruskan ke Dinas Perhubungan sebagai Penerangan jalan" in text_of(page)
    fields = form_of(page, f'action="/desk/cases/{ticket}"')
    await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    case, events = await desk.read(ticket)
    assert (case.agency, case.category) == ("dishub", "penerangan_jalan")
    assert '"category":"penerangan_jalan"' in events[-1].details


async def test_what_nobody_understood_has_no_key_that_only_keeps_it(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    await desk.files(category=None)
    page = await rina.get("/desk")
    assert "Kategorinya belum dapat dibaca" in text_of(page)
    assert 'data-key="a"' not in page.text


@pytest.mark.thorough
@pytest.mark.manual("officer-desk")
async def test_a_liaison_accepts_with_one_press(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    ticket = await desk.files()
    fields = form_of(await budi.get("/desk"), f'action="/desk/cases/{ticket}"')
    await budi.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert await desk.status(ticket) == "in_progress dishub"


@pytest.mark.thorough
async def test_a_list_tells_of_a_secret_case_that_it_is_there_and_no_more(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER, agency="inspektorat")
    ticket = await desk.files(secret=True)
    await desk.files("jalan rusak parah sekali di dekat sekolah", category=None)
    page = await rina.get("/desk")
    assert tickets_on(page)[0] == ticket
    assert STORY not in page.text
    assert "jalan rusak parah" in page.text


async def test_a_list_that_has_not_changed_is_not_sent_again(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    await desk.files(category=None)
    page = await rina.get("/desk")
    [live] = [part.replace("&amp;", "&") for part in page.text.split('"') if part.startswith("/desk/live")]
    assert (await rina.get(live)).status_code == 204
    new = await desk.files(category=None)
    assert new in tickets_on(await rina.get(live))


@pytest.mark.thorough
async def test_a_list_shows_who_has_a_case_open(desk: StaffedDesk) -> None:
    rina, eka = await desk.has("Rina", Role.VERIFIER), await desk.has("Eka", Role.VERIFIER)
    ticket = await desk.files(category=None)
    await eka.get(f"/desk/cases/{ticket}")
    assert "Sedang dibuka juga oleh Eka" in text_of(await rina.get("/desk"))
    desk.gate.world.clock.passes(timedelta(minutes=5))
    assert "Sedang dibuka juga oleh" not in text_of(await rina.get("/desk"))


async def test_an_admin_is_at_the_desk_and_reads_no_case(desk: StaffedDesk) -> None:
    admin = await desk.has("Ani", Role.ADMIN)
    ticket = await desk.files()
    assert ticket not in (await admin.get("/desk?list=all")).text


async def test_what_is_late_says_so(desk: StaffedDesk) -> None:
    await desk.files(category=None)
    desk.gate.world.clock.passes(timedelta(days=5))
    rina = await desk.has("Rina", Role.VERIFIER)
    assert "Terlambat: pemeriksaan pemeriksaan: seharusnya" in text_of(await rina.get("/desk"))


async def test_an_open_list_of_somebody_who_may_do_nothing_any_more_is_loaded_anew(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    await desk.files()
    await desk.gate.dismisses("Budi")
    answer = await budi.get("/desk/live", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-refresh"], answer.text) == (401, "true", "")


@pytest.mark.thorough
@on_both
async def test_an_address_that_was_made_up_asks_for_nothing_that_there_is_not(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    asked = [
        f"/desk?after=9999-12-31:{'9' * 40}",
        "/desk?after=9999-12-31:-1",
        "/desk/live?after=0001-01-01:1&list=verify",
        "/desk/search?dari=0001-01-01&sampai=9999-12-31",
        f"/desk/cases/{ticket}/live?version=abc",
        f"/desk/cases/{ticket}/live?version={'9' * 5000}",
    ]
    assert [(await rina.get(address)).status_code for address in asked] == [200] * 6


@pytest.mark.manual("verifier-check")
async def test_the_next_likely_categories_have_keys_of_their_own(desk: StaffedDesk) -> None:
    rina = await desk.has("Rina", Role.VERIFIER)
    ticket = await desk.files(category=None)
    await desk.understands(ticket, [["penerangan_jalan", 0.8], ["jalan", 0.1], ["parkir", 0.05], ["sampah", 0.01]])
    page = await rina.get("/desk")
    assert re.findall(r'data-key="(\w)"', page.text) == ["a", "2", "3"]
    [form] = [part for part in page.text.split("<form ") if 'data-key="2"' in part]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.split("<button")[0]))
    assert (fields["category"], fields["agency"]) == ("jalan", "dpupr")
    await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    case, _ = await desk.read(ticket)
    assert (case.agency, case.category) == ("dpupr", "jalan")


async def test_who_holds_a_secret_case_takes_it_up_with_one_key(desk: StaffedDesk) -> None:
    ina = await desk.has("Ina", Role.LIAISON, agency="inspektorat")
    ticket = await desk.files(secret=True)
    assert await desk.status(ticket) == "received inspektorat"
    fields = form_of(await ina.get("/desk"), f'action="/desk/cases/{ticket}"')
    await ina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert await desk.status(ticket) == "in_progress inspektorat"


async def test_in_doubt_there_are_five_keys(desk: StaffedDesk) -> None:
    rina, ticket = await desk.has("Rina", Role.VERIFIER), await desk.files(category=None)
    names = ("penerangan_jalan", "jalan", "parkir", "sampah", "lingkungan", "pertanahan")
    await desk.understands(ticket, [[name, 0.7 / (place + 1)] for place, name in enumerate(names)])
    assert re.findall(r'data-key="(\w)"', (await rina.get("/desk")).text) == ["a", "2", "3", "4", "5"]


async def test_where_the_likeliest_stays_where_it_is_the_other_keys_are_offered(desk: StaffedDesk) -> None:
    rina, ticket = await desk.has("Rina", Role.VERIFIER), await desk.files(category=None)
    await desk.understands(ticket, [["lainnya", 0.4], ["parkir", 0.2], ["jalan", 0.1]])
    page = (await rina.get("/desk")).text
    assert re.findall(r'data-key="(\w)"', page) == ["2", "3"]
