"""A leader's day, and whose a case is: numbers that lead to their cases, assigning, leave, agencies without people."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest

from actions.cases.actions import CaseAction
from actions.cases.case import Severity
from actions.people.roles import Actor, Role
from actions.store.engine.database import Database
from actions.store.people.people import SqlPeople
from bot.ops.doctor import look_at_data
from tests.databases import on_both
from tests.unit.web_desk.desks import StaffedDesk, form_of, sends, text_of, tickets_on


async def number_of(desk: StaffedDesk, name: str) -> str:
    async with desk.gate.database.reading() as connection:
        return str(next(one.id for one in await SqlPeople(connection).everybody() if one.name == name))


def numbers(page: str) -> list[list[str]]:
    """The table of a leader's day: in each row a name and its numbers."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)[1:]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


@pytest.mark.thorough
@on_both
@pytest.mark.manual("head-today")
async def test_a_head_of_agency_begins_with_her_day_and_each_number_leads_to_its_cases(
    desk: StaffedDesk,
) -> None:
    await desk.has("Ade", Role.AGENCY_ADMIN, agency="dishub")
    await desk.has("Budi", Role.LIAISON, agency="dishub")
    budi = Actor(Role.LIAISON, await number_of(desk, "Budi"), "dishub")
    taken, free, urgent = (
        await desk.files(),
        await desk.files(),
        await desk.files(severity=Severity.URGENT),
    )
    await desk.files(category="jalan")
    await desk.does(taken, CaseAction.ACCEPT, budi)
    desk.gate.world.clock.passes(timedelta(days=20))
    ade = await desk.gate.signed_in("Ade")
    assert (await ade.get("/desk")).headers["location"] == "/desk/today"
    page = await ade.get("/desk/today")
    everything, nobody, of_budi = numbers(page.text)
    assert everything == ["Semua", "1", "3", "0", "0", "2", "0", "0"]
    assert nobody == ["Belum diambil", "1", "2", "0", "0", "2", "0", "0"]
    assert of_budi[:3] == ["Budi", "0", "1"]
    links = [unquote(one).replace("&amp;", "&") for one in re.findall(r'href="(/desk\?list=agency[^"]*)"', page.text)]
    unclaimed = next(one for one in links if one.endswith("pick=unclaimed"))
    assert set(tickets_on(await ade.get(unclaimed))) == {free, urgent}
    assert tickets_on(await ade.get(next(one for one in links if one.endswith("pick=urgent")))) == [urgent]
    hers = next(one for one in links if f"pick=late&person={budi.person}" in one)
    assert tickets_on(await ade.get(hers)) == [taken]


async def test_the_admin_begins_with_all_agencies_and_reads_no_case(desk: StaffedDesk) -> None:
    top = await desk.has("Tia", Role.ADMIN)
    await desk.files()
    assert (await top.get("/desk")).headers["location"] == "/desk/today"
    page = await top.get("/desk/today")
    assert "Dinas Perhubungan" in text_of(page)
    assert "/desk?list=agency" not in page.text
    one = await top.get("/desk/today?agency=dishub")
    assert numbers(one.text)[1][0] == "Belum diambil"
    assert (await top.get("/desk/today?agency=nowhere")).status_code == 404


@pytest.mark.thorough
@on_both
@pytest.mark.manual("head-assign")
async def test_a_case_is_given_taken_over_and_handed_on_and_mine_lists_it(desk: StaffedDesk) -> None:
    ade = await desk.has("Ade", Role.AGENCY_ADMIN, agency="dishub")
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    lina = await desk.has("Lina", Role.LIAISON, agency="dishub")
    await desk.has("Wawan", Role.LIAISON, agency="dpupr")
    ticket = await desk.files()
    names = {name: await number_of(desk, name) for name in ("Ade", "Budi", "Lina", "Wawan")}

    async def gives(browser: object, to: str) -> int:
        address = f"/desk/cases/{ticket}"
        fields = form_of(await browser.get(address), 'id="form-assign"')  # type: ignore[attr-defined]
        sent = await browser.post(address, data={**fields, "person": names[to], "act": "send"})  # type: ignore[attr-defined]
        return int(sent.status_code)

    assert await gives(ade, "Budi") == 303
    assert tickets_on(await budi.get("/desk?list=mine")) == [ticket]
    assert "Dikerjakan oleh Budi" in text_of(await lina.get("/desk"))
    assert 'id="form-assign"' not in (await lina.get(f"/desk/cases/{ticket}")).text
    assert await gives(budi, "Lina") == 303
    assert tickets_on(await lina.get("/desk?list=mine")) == [ticket]
    assert await gives(ade, "Wawan") == 409
    assert await gives(ade, "Ade") == 303
    assert tickets_on(await lina.get("/desk?list=mine")) == []


@pytest.mark.thorough
@pytest.mark.manual("officer-leave")
async def test_while_she_is_away_her_cases_are_on_her_substitutes_list_until_the_day(
    desk: StaffedDesk,
) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    lina = await desk.has("Lina", Role.LIAISON, agency="dishub")
    ticket = await desk.files()
    mine = Actor(Role.LIAISON, await number_of(desk, "Budi"), "dishub")
    await desk.does(ticket, CaseAction.ACCEPT, mine)
    until = (desk.gate.now() + timedelta(days=3)).date().isoformat()
    fields = {"act": "begin", "person": await number_of(desk, "Lina"), "until": until}
    assert (await budi.post("/desk/account/leave", data=fields)).status_code == 303
    assert "Lina menggantikan Anda" in text_of(await budi.get("/desk/account"))
    assert tickets_on(await lina.get("/desk?list=mine")) == [ticket]
    desk.gate.world.clock.passes(timedelta(days=5))
    lina = await desk.gate.signed_in("Lina")
    assert tickets_on(await lina.get("/desk?list=mine")) == []


@pytest.mark.thorough
async def test_the_key_warns_before_a_case_goes_where_nobody_works_and_the_agency_above_acts(
    desk: StaffedDesk,
) -> None:
    await desk.has("Wawan", Role.LIAISON, agency="dpupr")
    rina = await desk.has("Rina", Role.VERIFIER)
    tuti = await desk.has("Tuti", Role.AGENCY_ADMIN, agency="admin_ppu")
    ticket = await desk.files(category=None)
    await desk.understands(ticket, [["penerangan_jalan", 0.83], ["jalan", 0.1]])
    page = await rina.get("/desk")
    assert "belum ada petugas di Dinas Perhubungan" in text_of(page)
    fields = form_of(page, f'action="/desk/cases/{ticket}"')
    await rina.post(f"/desk/cases/{ticket}", data={**fields, "act": "send"})
    assert await desk.status(ticket) == "forwarded dishub"
    below = await tuti.get("/desk?list=below")
    assert tickets_on(below) == [ticket]
    taken = await tuti.post(
        f"/desk/cases/{ticket}", data={**form_of(below, f'action="/desk/cases/{ticket}"'), "act": "send"}
    )
    assert taken.status_code == 303
    await sends(tuti, ticket, "note", words="Petugas kami akan mengganti lampunya hari Rabu pagi")
    assert await desk.status(ticket) == "in_progress dishub"


async def test_secret_cases_of_agencies_below_stay_closed_to_those_above(desk: StaffedDesk) -> None:
    tuti = await desk.has("Tuti", Role.AGENCY_ADMIN, agency="admin_ppu")
    ticket = await desk.files(category="pungli_korupsi", sensitive=True, secret=True)
    assert (await desk.status(ticket)).endswith("inspektorat")
    assert (await tuti.get(f"/desk/cases/{ticket}")).status_code == 404


async def test_the_settings_name_the_agencies_without_people(desk: StaffedDesk) -> None:
    await desk.has("Wawan", Role.LIAISON, agency="dpupr")
    top = await desk.has("Tia", Role.ADMIN)
    text = text_of(await top.get("/desk/settings/people"))
    assert "Instansi tanpa petugas" in text
    assert "Dinas Perhubungan" in text


async def test_the_doctor_names_the_agencies_without_people(desk: StaffedDesk) -> None:
    await desk.has("Budi", Role.LIAISON, agency="dishub")
    beside = Database(str(desk.gate.database.url.set(drivername="sqlite")))
    found = await look_at_data(desk.gate.house.service.settings, beside, ["dishub", "dlh"])
    said = [one.words for one in found if one.words.startswith("Nobody works for")]
    assert [words.partition(":")[0] for words in said] == ["Nobody works for dlh"]
