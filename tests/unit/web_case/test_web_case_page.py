"""What the page of a case shows, and to whom."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from actions.cases.actions import CaseAction, CaseCommand
from actions.cases.case import Location, Severity, Status
from actions.cases.merkle import read_proof
from actions.cases.officer_handlers import Wish, act_on_case
from actions.cases.ticket import SYMBOLS
from actions.people.roles import REPORTER as HERSELF
from actions.people.roles import Actor, Role
from actions.store.cases.casebook import SqlCaseBook
from actions.store.cases.links import make_root, seal_with
from bot.configuration.secret_key import chain_keys_of
from bot.web.case.words import NEXT, STATUS
from tests.talks.text_uses import LANGUAGES
from tests.talks.world import mistyped
from tests.unit.web_case.cases import (
    FILE_NAME,
    MARKED,
    NAME,
    REPORTER,
    SPOKEN,
    STORY,
    VILLAGE,
    CaseOffice,
    bytes_of,
)

NUMBERS = [
    lambda ticket: ticket,
    lambda ticket: ticket.lower(),
    lambda ticket: ticket.replace("-", ""),
    lambda ticket: ticket.replace("-", " "),
    lambda ticket: ticket.removeprefix("LP-").lower(),
    lambda ticket: f" {ticket} ",
]


def marked(office: CaseOffice, body: bytes) -> list[str]:
    village = office.house.service.regency.regions[VILLAGE].name
    return [word for word in (*MARKED, village) if word.encode() in body]


async def test_of_an_urgent_case_she_reads_no_day_before_somebody_has_taken_it(office: CaseOffice) -> None:
    case = await office.files(severity=Severity.URGENT)
    page = (await office.browser().get(office.key(case))).text
    assert "harus mengambilnya dalam 1 jam" in page
    assert "paling lambat" not in page
    assert "mendesak" not in (await office.browser().get(f"/t/{case.ticket}")).text.lower()  # that is hers alone
    liaison = Actor(Role.LIAISON, "7", "dpupr")
    wish = Wish(ticket=case.ticket, command=CaseCommand(action=CaseAction.ACCEPT), who=liaison)
    async with office.house.database.writing() as connection:
        book = SqlCaseBook(connection)
        await act_on_case(book, office.house.service.regency, wish, office.world.clock(), office.world.chance)
        await book.flush()
    page = (await office.browser().get(office.key(case))).text
    assert "sudah diambil petugas" in page
    assert "paling lambat" in page


async def test_the_public_sees_what_a_number_reveals_and_nothing_else(office: CaseOffice) -> None:
    case = await office.files()
    await office.keeps_a_photo()
    answer = await office.browser().get(f"/t/{case.ticket}")
    agency = office.house.service.regency.agencies[case.agency].name
    seen = ("Jalan", "Kecamatan Penajam", "Pengaduan", agency, "Diteruskan ke instansi", "Selasa, 24 November 2026")
    assert answer.status_code == 200
    assert [words for words in (*seen, "paling lambat ", case.ticket) if words not in answer.text] == []
    assert marked(office, bytes_of(answer)) == []


@pytest.mark.thorough
@pytest.mark.parametrize("key", ["", "?k=", "?k=x", "?k=%ff%00", "?k=0000000000000000&lang=en", "?lang=en", "?lang=zz"])
async def test_no_byte_of_any_answer_without_her_key_holds_anything_of_hers(office: CaseOffice, key: str) -> None:
    public = await office.files()
    secret = await office.files(secret=True)
    await office.keeps_a_photo()
    browser = office.browser()
    answers = [await browser.get(f"/t/{case.ticket}{key}") for case in (public, secret)]
    answers += [await browser.post("/cek", data={"ticket": case.ticket}) for case in (public, secret)]
    assert [marked(office, bytes_of(answer)) for answer in answers] == [[]] * 4
    assert [answer.status_code for answer in answers] == [200, 404, 303, 404]


async def test_another_cases_key_opens_nothing(office: CaseOffice) -> None:
    one, other = await office.files(), await office.files(secret=True)
    answer = await office.browser().get(f"/t/{other.ticket}?k={office.links.key(one.ticket)}")
    assert answer.status_code == 404


async def test_unknown_mistyped_secret_and_nonsense_answer_the_same_bytes(office: CaseOffice) -> None:
    secret = await office.files(secret=True)
    browser = office.browser()
    numbers = [secret.ticket, office.unused(), mistyped(secret.ticket), "apa-saja", "", "a/b", "%00", "9" * 200]
    answers = {bytes_of(await browser.get(f"/t/{number}")) for number in numbers}
    answers.add(bytes_of(await browser.get(f"/t/{secret.ticket}?k=salah")))
    assert len(answers) == 1
    assert answers.pop().startswith(b"404")


async def test_unknown_and_secret_take_the_same_statements(office: CaseOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy.ext.asyncio import AsyncConnection

    said: list[str] = []
    execute = AsyncConnection.execute

    async def noted(self: AsyncConnection, statement: object, *rest: object) -> object:
        said.append(str(statement))
        return await execute(self, statement, *rest)  # type: ignore[call-overload]

    secret = await office.files(secret=True)
    monkeypatch.setattr(AsyncConnection, "execute", noted)
    browser, taken = office.browser(), []
    for number in (secret.ticket, office.unused(), mistyped(secret.ticket), "x"):
        said.clear()
        await browser.get(f"/t/{number}")
        taken.append(tuple(said))
    assert len(set(taken)) == 1
    assert len(taken[0]) == 1


@pytest.mark.parametrize("secret", [False, True])
async def test_her_key_shows_her_own(office: CaseOffice, *, secret: bool) -> None:
    case = await office.files(secret=secret)
    await office.keeps_a_photo()
    answer = await office.browser().get(office.key(case))
    shown = (
        STORY,
        NAME,
        SPOKEN,
        "Alasan",
        "-1.23457, 116.87654",
        f"/files/{FILE_NAME}/thumb?",
        "Dokumen 2: sedang disimpan",
    )
    assert answer.status_code == 200
    assert [words for words in shown if words not in answer.text] == []
    assert ("Rahasia:" in answer.text) is secret
    assert ("data:image/svg+xml" in answer.text) is not secret


async def test_a_secret_page_says_who_else_can_open_it(office: CaseOffice) -> None:
    answer = await office.browser().get(office.key(await office.files(secret=True)))
    assert "Bagi orang lain nomor ini tidak ditemukan." in answer.text


async def test_headers_keep_a_page_with_her_key_to_herself(office: CaseOffice) -> None:
    case = await office.files()
    own, public = await office.browser().get(office.key(case)), await office.browser().get(f"/t/{case.ticket}")
    assert own.headers["cache-control"] == "private, no-store"
    assert own.headers["x-robots-tag"] == "noindex, nofollow"
    assert own.headers["referrer-policy"] == public.headers["referrer-policy"] == "no-referrer"
    assert "x-robots-tag" not in public.headers
    assert "set-cookie" not in own.headers


async def test_her_key_is_in_no_link_but_those_to_other_languages(office: CaseOffice) -> None:
    case = await office.files()
    key = office.links.key(case.ticket)
    text = (await office.browser().get(office.key(case))).text
    others = [language for language in LANGUAGES if language != "id"]
    assert all(text.count(f'href="?lang={language}&amp;k={key}"') == 1 for language in others)
    assert text.count(key) == len(others)


@pytest.mark.thorough
@pytest.mark.parametrize("written", NUMBERS)
async def test_a_number_is_read_as_a_citizen_writes_it(office: CaseOffice, written: object) -> None:
    case = await office.files()
    assert callable(written)
    for address in (f"/t/{written(case.ticket)}", f"/t/{written(case.ticket)}?k={office.links.key(case.ticket)}"):
        assert (await office.browser().get(address)).status_code == 200


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("location", "title"),
    [
        (Location(), "di Penajam Paser Utara"),
        (Location(district="64.09.03"), "di Kecamatan Babulu"),
        (Location(district="99.99.99"), "di Penajam Paser Utara"),
        (Location(outside="Desa Tertanda"), "di luar Penajam Paser Utara"),
        (Location(outside="", outside_province=True), "di luar Penajam Paser Utara"),
    ],
)
async def test_the_title_is_category_and_district(office: CaseOffice, location: Location, title: str) -> None:
    case = await office.files(location=location)
    text = (await office.browser().get(f"/t/{case.ticket}")).text
    heading = text.partition("<h1>")[2].partition("</h1>")[0]
    regency = office.house.service.regency.name
    assert heading.endswith(title.replace("Penajam Paser Utara", regency))
    assert "Tertanda" not in text


async def test_a_day_that_has_passed_is_said_honestly(office: CaseOffice) -> None:
    case = await office.files()
    office.world.clock.passes(timedelta(days=200))
    assert "Tenggat itu sudah lewat." in (await office.browser().get(f"/t/{case.ticket}")).text


async def test_a_withdrawn_case_promises_no_answer(office: CaseOffice) -> None:
    case = await office.files()
    async with office.house.database.writing() as connection:
        book = SqlCaseBook(connection)
        wish = Wish(ticket=case.ticket, command=CaseCommand(action=CaseAction.WITHDRAW), who=HERSELF, reporter=REPORTER)
        await act_on_case(book, office.house.service.regency, wish, office.world.clock(), office.world.chance)
        await book.flush()
    text = (await office.browser().get(f"/t/{case.ticket}")).text
    assert "Ditarik pelapor" in text
    assert "paling lambat" not in text
    assert text.count("<li><strong>") == 3


async def test_a_case_that_a_moderator_hid_is_there_for_its_reporter_alone(office: CaseOffice) -> None:
    case = await office.files()
    async with office.house.database.writing() as connection:
        book = SqlCaseBook(connection)
        wish = Wish(
            ticket=case.ticket,
            command=CaseCommand(action=CaseAction.HIDE, words="Menyebut nama orang"),
            who=Actor(Role.MODERATOR, "1"),
        )
        await act_on_case(book, office.house.service.regency, wish, office.world.clock(), office.world.chance)
        await book.flush()
    browser = office.browser()
    hidden, unknown = await browser.get(f"/t/{case.ticket}"), await browser.get(f"/t/{office.unused()}")
    assert bytes_of(hidden) == bytes_of(unknown)
    own = await browser.get(office.key(case, edition=1))
    assert own.status_code == 200
    assert f"http://lapor.test/t/{case.ticket}" not in own.text
    assert bytes_of(await browser.get(office.key(case))) == bytes_of(unknown)


async def test_a_case_without_category_words_or_place_has_a_page(office: CaseOffice) -> None:
    case = await office.files(category=None, location=Location(), attachments=())
    own = await office.browser().get(office.key(case))
    assert "belum ditentukan" in own.text
    assert "Tempat: tidak disebut" in own.text


async def test_her_words_cannot_become_a_page(office: CaseOffice) -> None:
    from actions.cases.case import Words

    case = await office.files(words=Words("<script>alert(1)</script>", "<b>x</b>"))
    text = (await office.browser().get(office.key(case))).text
    assert "<script" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;" in text


async def test_a_database_that_is_away_is_said_in_words(office: CaseOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.web.case import routes as page

    async def away(*_: object) -> None:
        raise OSError

    for name in ("read_public", "read_own", "is_there"):
        monkeypatch.setattr(page, name, away)
    case, browser = await office.files(), office.browser()
    answers = [await browser.get(office.key(case))]
    answers += [await browser.get(f"/t/{case.ticket}") for _ in range(12)]
    answers += [await browser.post("/cek", data={"ticket": case.ticket})]
    assert {answer.status_code for answer in answers} == {503}
    assert "Maaf, ada gangguan" in answers[0].text


def test_every_status_of_the_table_has_words() -> None:
    assert STATUS.keys() == NEXT.keys() == set(Status)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("query", "header", "cookie", "language"),
    [
        ("", "", "", "id"),
        ("", "fr", "", "id"),
        ("", "en-GB,id;q=0.5", "", "en"),
        ("", "en", "id", "id"),
        ("?lang=en", "id", "id", "en"),
        ("?lang=../x", "en", "", "en"),
        ("", "id", "zz", "id"),
    ],
)
async def test_the_language_is_asked_chosen_or_wished(
    office: CaseOffice, query: str, header: str, cookie: str, language: str
) -> None:
    browser = office.browser(accept_language=header)
    if cookie:
        browser.cookies.set("lapor_language", cookie)
    for page in ("/cek", f"/t/{office.unused()}"):
        assert f'<html lang="{language}">' in (await browser.get(f"{page}{query}")).text


async def test_a_chosen_language_is_kept(office: CaseOffice) -> None:
    browser = office.browser()
    await browser.get("/cek?lang=en")
    assert '<html lang="en">' in (await browser.get("/cek")).text


def test_the_alphabet_has_the_example() -> None:
    assert set("234567CX") <= set(SYMBOLS)


async def test_from_the_next_day_her_page_gives_a_proof_that_leads_to_the_published_root(office: CaseOffice) -> None:
    service = office.house.service
    seal_with(office.house.database, chain_keys_of(service.links.secret_key))
    case = await office.files()
    hers = f"/t/{case.ticket}?k={office.links.key(case.ticket)}"
    assert 'class="proof"' not in (await office.browser().get(hers)).text
    now = office.world.clock()
    async with office.house.database.writing() as connection:
        root = await make_root(connection, service.regency.calendar.day(now), now + timedelta(days=1))
    page = (await office.browser().get(hers)).text
    [written] = re.findall(r'<pre class="proof">(.*?)</pre>', page, re.DOTALL)
    proof = read_proof(html.unescape(written))
    assert (proof.ticket, proof.leads_to, proof.root) == (case.ticket, root, root)
    assert 'class="proof"' not in (await office.browser().get(f"/t/{case.ticket}")).text
