"""A moderator at the desk: she sees what others will read before it holds, and nothing else is applied than she saw."""

from __future__ import annotations

import re

import pytest
from httpx import AsyncClient, Response

from actions.cases.actions import CaseAction
from actions.cases.case import Case
from actions.cases.event_words import Enclosure
from actions.people.roles import Actor, Role
from actions.privacy.redaction import COVER, NOTHING_REDACTED, Redaction, TextSpan
from actions.store.cases.redactions import SqlRedactions
from bot.web.case.routes import case_router
from tests.databases import on_both
from tests.unit.web_desk_more.desk_office import ROADS, STORY, DeskOffice

ANSWER = "Lubang di depan rumah Pak Budi sudah ditutup aspal"
LINA = Actor(Role.LIAISON, "99", ROADS)
PHOTO = Enclosure("photo", "telegram", "-100", "bukti")
REASON = {"reason": "Ada nama warga"}


async def in_force(office: DeskOffice, case: Case) -> Redaction:
    async with office.gate.database.reading() as connection:
        return await SqlRedactions(connection).of_case(case.ticket)


async def answered(office: DeskOffice) -> Case:
    case = await office.files()
    await office.does(case.ticket, CaseAction.ACCEPT, LINA)
    return (await office.does(case.ticket, CaseAction.ANSWER, LINA, words=ANSWER, enclosures=(PHOTO,))).case


def version(answer: Response) -> dict[str, str]:
    found = re.search(r'name="version" value="(\d+)"', answer.text)
    assert found
    return {"version": found[1]}


async def looks(browser: AsyncClient, case: Case, **fields: str) -> tuple[Response, dict[str, str]]:
    """She fills the form in and looks at how it will look; what she would then send."""
    address = f"/desk/cases/{case.ticket}/redact"
    sent = {**REASON, **version(await browser.get(address)), **fields}
    answer = await browser.post(address, data={**sent, "act": "look"})
    seen = re.search(r'name="seen" value="(\w+)"', answer.text)
    return answer, {**sent, "seen": seen[1] if seen else "", "act": "apply"}


async def applies(browser: AsyncClient, case: Case, **fields: str) -> Response:
    _, sent = await looks(browser, case, **fields)
    return await browser.post(f"/desk/cases/{case.ticket}/redact", data=sent)


async def test_what_may_be_personal_is_proposed_at_first(office: DeskOffice) -> None:
    case = await office.files("Jalan rusak, hubungi Pak Budi 081234567890")
    answer = await (await office.browser_of("Modi")).get(f"/desk/cases/{case.ticket}/redact")
    assert re.search(r'<textarea id="parts"[^>]*>Budi\n081234567890</textarea>', answer.text)


async def test_the_preview_shows_what_is_left_and_changes_nothing(office: DeskOffice) -> None:
    case = await office.files()
    answer, _ = await looks(await office.browser_of("Modi"), case, title="Jalan berlubang", parts="Budi")
    assert f"Jalan berlubang di depan rumah Pak {COVER}, sudah dua minggu" in answer.text
    assert await in_force(office, case) == NOTHING_REDACTED


async def test_what_is_covered_in_the_story_is_named_where_it_still_stands(office: DeskOffice) -> None:
    case = await office.files()
    browser = await office.browser_of("Modi")
    left = "Mungkin masih ada data pribadi"
    answer, _ = await looks(browser, case, title="Jalan di rumah biru", parts="rumah")
    assert re.search(rf"{left}: [^<]*\brumah\b", answer.text)
    answer, _ = await looks(browser, case, title="Jalan berlubang", parts="Budi")
    assert left not in answer.text


@on_both
@pytest.mark.manual("verifier-redact")
async def test_what_she_saw_is_applied_and_the_reporter_hears_why(office: DeskOffice) -> None:
    case = await office.files()
    browser = await office.browser_of("Modi")
    opened = (await browser.get(f"/desk/cases/{case.ticket}")).text
    assert f'href="/desk/cases/{case.ticket}/redact">Atur yang dibaca orang lain' in opened
    answer = await applies(browser, case, title="Jalan berlubang", parts="Budi")
    at = STORY.index("Budi")
    assert answer.status_code == 303
    assert await in_force(office, case) == Redaction(title="Jalan berlubang", story=(TextSpan(at, at + 4),))


async def test_what_she_has_not_seen_is_shown_instead_of_applied(office: DeskOffice) -> None:
    case = await office.files()
    browser = await office.browser_of("Modi")
    _, sent = await looks(browser, case, title="Jalan berlubang")
    answer = await browser.post(f"/desk/cases/{case.ticket}/redact", data={**sent, "title": "Jalan Pak Budi"})
    assert (answer.status_code, "Jalan Pak Budi" in answer.text) == (200, True)
    assert await in_force(office, case) == NOTHING_REDACTED


async def test_whoever_was_overtaken_looks_once_more(office: DeskOffice) -> None:
    case = await office.files()
    browser = await office.browser_of("Modi")
    _, sent = await looks(browser, case, title="Jalan berlubang")
    await office.does(case.ticket, CaseAction.ACCEPT, LINA)
    answer = await browser.post(f"/desk/cases/{case.ticket}/redact", data=sent)
    assert answer.status_code == 409
    assert "Ada yang berubah pada laporan ini" in answer.text
    assert await in_force(office, case) == NOTHING_REDACTED


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "x", "reason": " "}, "Tuliskan alasannya dulu"),
        ({"parts": "Pak Joko"}, "Tidak ditemukan dalam teks"),
        ({"withheld": "7"}, "tidak cocok dengan yang dipilih"),
        ({"title": "x" * 121}, "tidak cocok dengan yang dipilih"),
    ],
)
async def test_what_cannot_be_is_said_and_kept_in_the_form(
    office: DeskOffice, fields: dict[str, str], words: str
) -> None:
    case = await office.files()
    answer, _ = await looks(await office.browser_of("Modi"), case, **fields)
    assert (answer.status_code, words in answer.text) == (422, True)


async def test_nothing_changed_is_refused_in_words(office: DeskOffice) -> None:
    case = await office.files("Jalan berlubang")
    answer = await applies(await office.browser_of("Modi"), case)
    assert (answer.status_code, "Tidak ada yang berubah" in answer.text) == (422, True)


@pytest.mark.thorough
async def test_the_public_reads_the_title_and_the_answer_that_were_let_out(office: DeskOffice) -> None:
    case, house = await answered(office), office.gate.house
    house.app.include_router(case_router(house.context, house.service.links, house.service.regency))
    stranger = office.gate.browser("192.0.2.7")
    assert "ditutup aspal" not in (await stranger.get(f"/t/{case.ticket}")).text
    fields = {"title": "Jalan berlubang di Petung", "answer": "1", "answer_parts": "Pak Budi"}
    await applies(await office.browser_of("Modi"), case, **fields)
    page = (await stranger.get(f"/t/{case.ticket}")).text
    assert "<h1>Jalan berlubang di Petung</h1>" in page
    assert f"Lubang di depan rumah {COVER} sudah ditutup aspal" in page
    assert "Budi" not in page


@pytest.mark.thorough
@on_both
async def test_the_way_back_covers_nothing_and_is_kept_too(office: DeskOffice) -> None:
    case = await office.files()
    browser = await office.browser_of("Modi")
    await applies(browser, case, parts="Budi")
    empty = await browser.get(f"/desk/cases/{case.ticket}/redact?empty=1")
    assert '<textarea id="parts" name="parts" rows="4" maxlength="4000" aria-describedby="parts-hint"></textarea>' in (
        empty.text
    )
    await applies(browser, case)
    assert await in_force(office, case) == NOTHING_REDACTED
    page = (await browser.get(f"/desk/cases/{case.ticket}/redact")).text
    assert page.count("oleh Modi:") == 2


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["Vera", "Lina", "Ayu", "Tia"])
async def test_nobody_else_redacts(office: DeskOffice, name: str) -> None:
    case = await office.files()
    browser = await office.browser_of(name)
    address = f"/desk/cases/{case.ticket}/redact"
    answers = [await browser.get(address), await browser.post(address, data={"title": "x", "act": "apply"})]
    assert [answer.status_code for answer in answers] == [403, 403]


async def test_an_unknown_case_is_not_there(office: DeskOffice) -> None:
    browser = await office.browser_of("Modi")
    assert (await browser.get("/desk/cases/LP-2222-2222/redact")).status_code == 404
