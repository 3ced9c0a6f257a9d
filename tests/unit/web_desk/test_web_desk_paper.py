"""A case on paper, lists as workbooks, and answers that an officer may begin with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.cases.actions import CaseAction
from actions.people.roles import Actor, Role
from actions.regency.model import AnswerTemplate
from bot.officers.answer_templates import filled_in, fitting
from tests.unit.web_desk.desks import STORY, StaffedDesk, cells, form_of, text_of

LAMP = AnswerTemplate(
    "Lampu diganti", "Lampu di {place} kami ganti pada {date}. Nomor {ticket}.", frozenset({"penerangan_jalan"})
)
EVERYBODY = AnswerTemplate("Umum", "Sudah kami periksa di {place}.")
OTHERS = AnswerTemplate("Dokumen", "Dokumen jadi.", agencies=frozenset({"dpupr"}))


async def test_a_case_prints_as_a_sheet_of_disposition_and_only_for_whoever_reads_it(
    desk: StaffedDesk,
) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    wawan = await desk.has("Wawan", Role.LIAISON, agency="dpupr")
    ticket = await desk.files()
    text = text_of(await budi.get(f"/desk/cases/{ticket}/sheet"))
    for words in ("LEMBAR DISPOSISI", ticket, STORY, "Isi disposisi", "Penerangan jalan", "diteruskan ke instansi"):
        assert words in text
    assert (await wawan.get(f"/desk/cases/{ticket}/sheet")).status_code == 404
    assert f"/desk/cases/{ticket}/sheet" in (await budi.get(f"/desk/cases/{ticket}")).text


@pytest.mark.thorough
async def test_a_list_is_a_workbook_of_where_cases_stand_and_nothing_that_was_told(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    mine = [await desk.files() for _ in range(3)]
    await desk.files(category="jalan")
    for address in ("/desk/queue.xlsx?list=agency", "/desk/search.xlsx?status=forwarded"):
        answer = await budi.get(address)
        assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
        head, *rows = cells(answer.content)
        assert head[:2] == ["Nomor tiket", "Status"]
        assert sorted(row[0] for row in rows) == sorted(mine)
        assert not any(STORY in cell for row in rows for cell in row)
        plain = (await budi.get(address.replace(".xlsx", ".csv"))).content.decode("utf-8-sig")
        assert [line.split(",")[0] for line in plain.splitlines()] == ["Nomor tiket", *(row[0] for row in rows)]
        assert STORY not in plain


def test_only_answers_for_its_category_and_agency_are_offered_its_own_first() -> None:
    from tests.unit.actions.builders import a_case, a_regency

    regency = replace(a_regency(), answers=(EVERYBODY, LAMP, OTHERS))
    case = a_case(category="penerangan_jalan", agency="dishub")
    assert fitting(case, regency) == [LAMP, EVERYBODY]
    assert filled_in(LAMP, "", "1 Desember", "LP-1") == "Lampu di … kami ganti pada 1 Desember. Nomor LP-1."


@pytest.mark.thorough
async def test_she_begins_with_an_example_that_is_filled_in_and_may_change_it(desk: StaffedDesk) -> None:
    budi = await desk.has("Budi", Role.LIAISON, agency="dishub")
    ticket = await desk.files()
    await desk.does(ticket, CaseAction.ACCEPT, Actor(Role.LIAISON, "9", "dishub"))
    page = await budi.get(f"/desk/cases/{ticket}")
    assert "Lampu sudah diganti" in text_of(page)
    assert "Lubang sudah ditambal" not in text_of(page)
    number = page.text.split(f"/desk/cases/{ticket}?answer=")[1].split("#")[0]
    begun = await budi.get(f"/desk/cases/{ticket}?answer={number}")
    assert "Lampu jalan di depan pasar petung, Penajam sudah kami ganti pada" in begun.text
    assert ticket in begun.text.split("<textarea")[1]
    assert 'name="seen"' not in begun.text.split('id="form-answer"')[1].split("</form>")[0]
    assert form_of(begun, 'id="form-answer"')["version"]
    assert (await budi.get(f"/desk/cases/{ticket}?answer=99")).status_code == 200
