"""Scans and photos at the counter: attached to what is typed in, and refused in words while it can be mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.cases.case import Case
from actions.store.cases.files import files_of_case
from actions.store.engine.tables import files, inbox
from bot.web.case.routes import case_router
from tests.databases import on_both
from tests.unit.files import parts
from tests.unit.web_desk_more.counter_forms import TOLD, Upload, cases_of, enters, looks, posts
from tests.unit.web_desk_more.desk_office import DeskOffice

PHOTO = ("jalan.jpg", parts.jpeg_with_place(), "image/jpeg")
LETTER = ("surat.pdf", parts.pdf(b"<</Type /Catalog>>"), "application/pdf")
BROKEN = ("rusak.jpg", parts.jpeg()[:100], "image/jpeg")
PAGE = ("laman.html", b"<html>", "text/html")


def waiting(office: DeskOffice) -> list[Path]:
    return sorted(office.gate.house.context.uploads.folder.iterdir())


async def states_of(office: DeskOffice, case: Case) -> list[tuple[str, str, str]]:
    async with office.gate.database.reading() as connection:
        return [(row.kind, row.state, row.media_type) for row in await files_of_case(connection, case.ticket)]


@pytest.mark.thorough
@on_both
async def test_a_letter_and_a_photo_stand_on_the_page_of_the_case(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    answer = await enters(browser, [LETTER, PHOTO], channel="letter")
    [case] = await cases_of(office)
    await office.gate.house.fetches()
    assert answer.status_code == 303
    assert [one.kind for one in case.attachments] == ["document", "photo"]
    assert await states_of(office, case) == [
        ("document", "kept", "application/pdf"),
        ("photo", "kept", "image/jpeg"),
    ]
    assert waiting(office) == []
    page = (await browser.get(f"/desk/cases/{case.ticket}")).text
    addresses = re.findall(r'(?:href|src)="(/files/[^"]+)"', page)
    kept = [(await browser.get(address.replace("&amp;", "&"))).content[:4] for address in addresses]
    assert kept == [b"%PDF", PHOTO[1][:4], PHOTO[1][:4]]


@pytest.mark.thorough
async def test_only_she_and_the_officers_of_the_case_find_them(office: DeskOffice) -> None:
    house = office.gate.house
    house.app.include_router(case_router(house.context, house.service.links, house.service.regency))
    await enters(await office.browser_of("Vera"), [PHOTO], secret="ya")
    [case] = await cases_of(office)
    await house.fetches()
    stranger, own = office.gate.browser("192.0.2.9"), house.service.links.reporters_own(case.ticket)
    assert "/files/" in (await stranger.get(own.removeprefix(house.service.links.base))).text
    assert (await stranger.get(f"/t/{case.ticket}")).status_code == 404
    assert (await (await office.browser_of("Hadi")).get(f"/desk/cases/{case.ticket}")).status_code == 404


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (BROKEN, "Foto 1: Isinya rusak atau terpotong"),
        (("kosong.pdf", b"%PDF-1.7\n/JavaScript", "application/pdf"), "Dokumen 1: "),
        (PAGE, "Bukan foto, PDF, atau dokumen, jadi tidak bisa diterima: laman.html"),
    ],
)
async def test_a_bad_file_is_named_and_nothing_else_is_lost(office: DeskOffice, bad: Upload, why: str) -> None:
    browser = await office.browser_of("Vera")
    answer, sent = await looks(browser, [bad, LETTER], place="gang mawar")
    assert (answer.status_code, why in answer.text) == (422, True)
    assert (TOLD["story"] in answer.text, 'value="gang mawar"' in answer.text) == (True, True)
    assert [path.read_bytes() for path in waiting(office)] == [LETTER[1]]
    again = await posts(browser, {**sent, "act": "look"})
    assert "Akan masuk seperti ini" in again.text
    await posts(browser, {**sent, "seen": re.findall(r'name="seen" value="(\w+)"', again.text)[0]})
    [case] = await cases_of(office)
    assert [one.kind for one in case.attachments] == ["document"]


async def test_what_is_missing_in_the_form_loses_no_file(office: DeskOffice) -> None:
    answer, sent = await looks(await office.browser_of("Vera"), [LETTER], category="")
    assert answer.status_code == 422
    assert "Dokumen 1, 1 KB" in answer.text
    assert [f"document:{path.name}" for path in waiting(office)] == sent["files"].split()


@pytest.mark.thorough
async def test_what_is_unticked_is_not_attached_and_not_kept(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    _, sent = await looks(browser, [LETTER, PHOTO])
    letter, photo = (one.partition(":")[2] for one in sent["files"].split())
    del sent[f"with-{letter}"]
    answer = await posts(browser, sent)
    assert (answer.status_code, await cases_of(office)) == (200, [])
    assert [path.name for path in waiting(office)] == [photo]


@pytest.mark.thorough
async def test_a_file_that_was_not_looked_at_is_shown_first(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    _, sent = await looks(browser)
    answer = await posts(browser, sent, LETTER)
    assert (answer.status_code, "Dokumen 1, 1 KB" in answer.text, await cases_of(office)) == (200, True, [])


@pytest.mark.thorough
async def test_a_case_has_as_many_files_as_from_the_chat(office: DeskOffice) -> None:
    browser, most = await office.browser_of("Vera"), office.gate.desk.regency.limits.files_a_case
    first, sent = await looks(browser, [LETTER] * (most + 40))
    second = await posts(browser, {**sent, "act": "look"}, PHOTO)
    for answer in (first, second):
        assert (answer.status_code, "terlalu banyak" in answer.text, TOLD["story"] in answer.text) == (422, True, True)
    assert {path.read_bytes() for path in waiting(office)} == {LETTER[1]}
    assert len(waiting(office)) == most


@pytest.mark.thorough
async def test_sent_again_after_its_files_were_fetched_it_is_the_same_case(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    _, sent = await looks(browser, [LETTER])
    first = await posts(browser, sent)
    await office.gate.house.fetches()
    again = await posts(browser, sent, PHOTO)
    assert again.headers["location"] == first.headers["location"]
    assert (len(await cases_of(office)), waiting(office)) == (1, [])


async def test_a_name_of_a_file_that_leads_elsewhere_leads_nowhere(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    secret = office.gate.house.folder / "secret"
    secret.write_text("secret")
    answer, sent = await looks(browser, files="document:../secret", **{"with-../secret": "ya"})
    assert (answer.status_code, sent["files"], secret.exists()) == (200, "", True)


@pytest.mark.thorough
async def test_of_a_file_that_was_refused_later_its_case_tells_and_no_chat(office: DeskOffice) -> None:
    browser = await office.browser_of("Vera")
    await enters(browser, [PHOTO])
    [waits] = waiting(office)
    waits.write_bytes(BROKEN[1])
    await office.gate.house.fetches()
    await office.gate.house.fetches()
    [case] = await cases_of(office)
    assert "Foto 1: Isinya rusak atau terpotong" in (await browser.get(f"/desk/cases/{case.ticket}")).text
    async with office.gate.database.reading() as connection:
        assert (await connection.execute(select(inbox))).all() == []
        assert (await connection.execute(select(files.c.to_tell))).scalars().all() == [""]


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["Modi", "Ayu", "Tia"])
async def test_of_whoever_types_nothing_in_no_file_is_kept(office: DeskOffice, name: str) -> None:
    answer = await posts(await office.browser_of(name), TOLD, LETTER)
    assert (answer.status_code, waiting(office)) == (403, [])
