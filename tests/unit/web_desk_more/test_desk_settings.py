"""An admin at the settings: nothing is written that a start would refuse, and everything can be taken back."""

from __future__ import annotations

import csv
import html
import re
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import AsyncClient, Response

from actions.people.roles import Role
from actions.people.secrets import code_digest
from actions.regency.prices import Prices
from actions.store.engine.settings_changes import latest_settings_changes
from actions.store.messages.costs import add_units
from actions.store.messages.groups import SqlGroups
from actions.store.people.people import SqlPeople
from bot.main.assembly import DEFAULTS
from bot.web.desk.settings.files import RegencyFiles
from tests.databases import on_both
from tests.unit.sign_in.gatehouse import signs_in
from tests.unit.web_desk_more.desk_office import DeskOffice

PASSWORD = "sepuluh bebek menyeberang kali"
FILES = "/desk/settings/files"


@pytest.fixture
def folder(office: DeskOffice, tmp_path: Path) -> Path:
    """A regency's own folder, that the desk writes to."""
    own = tmp_path / "regency"
    own.mkdir()
    for name in ("regency.toml", "regions.geojson", "categories.csv", "agencies.csv", "routing.csv", "hotlines.csv"):
        shutil.copy(DEFAULTS / name, own / name)
    shutil.copy(DEFAULTS / "deadlines.toml", own / "deadlines.toml")
    office.gate.desk.files = RegencyFiles(own, DEFAULTS, tmp_path / "lock", office.gate.desk.regency.languages)
    return own


def known(page: str) -> str:
    found = re.search(r'name="known" value="(\w+)"', page)
    assert found
    return found[1]


async def asks(browser: AsyncClient, name: str, **fields: str) -> Response:
    """Look at a change of a file as it stands."""
    page = await browser.get(f"{FILES}/{name}")
    return await browser.post(f"{FILES}/{name}", data={"known": known(page.text), "act": "look", **fields})


async def saves(browser: AsyncClient, name: str, why: str = "peraturan baru", **fields: str) -> Response:
    """Look at it, and save what was seen."""
    looked = await asks(browser, name, **fields)
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', looked.text, re.DOTALL)
    assert text, looked.text
    sent = {"known": known(looked.text), "how": "text", "text": html.unescape(text[1]), "why": why, "act": "save"}
    return await browser.post(f"{FILES}/{name}", data=sent)


async def test_a_category_that_the_model_in_service_cannot_predict_is_named_with_what_to_do(office: DeskOffice) -> None:
    browser = await office.browser_of("Tia")
    assert "belum bisa menebak" not in (await browser.get("/desk/settings")).text

    async def two() -> tuple[str, ...]:
        return ("pasar_hewan", "wisata")

    office.gate.desk.unpredicted = two
    page = (await browser.get("/desk/settings")).text
    assert "Model yang dipakai belum bisa menebak pasar_hewan, wisata." in page
    assert "./lapor nlu train" in page


@pytest.mark.parametrize(("units", "is_over"), [(2, False), (3, True)])
async def test_what_messages_cost_and_that_notices_wait_above_the_ceiling(
    office: DeskOffice, units: int, *, is_over: bool
) -> None:
    desk = office.gate.desk
    priced = Prices(per_unit={("whatsapp", "billed"): 360.0}, ceilings={"whatsapp": 1000.0})
    desk.office = replace(desk.office, regency=replace(desk.regency, prices=priced))
    month = f"{office.gate.now():%Y-%m}"
    async with office.gate.database.writing() as connection:
        await add_units(connection, "whatsapp", month, {"billed": units})
    page = (await (await office.browser_of("Tia")).get("/desk/settings")).text
    cost = f"{units * 360:,} IDR".replace(",", ".")
    assert f"{month}, whatsapp: {units} billed, {cost}" in page
    assert ("whatsapp sudah mencapai batas bulan ini (1.000 IDR): jawaban tetap dikirim" in page) is is_over


@pytest.mark.thorough
@pytest.mark.manual("admin-deadline")
async def test_a_deadline_is_changed_in_the_file_that_git_knows(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    answer = await saves(browser, "deadlines.toml", **{"how": "numbers", "n:offices.verify": "4"})
    before = (DEFAULTS / "deadlines.toml").read_text("utf-8")
    assert answer.status_code == 303
    assert (folder / "deadlines.toml").read_text("utf-8") == before.replace("\nverify = 3\n", "\nverify = 4\n")
    assert stat.S_IMODE((folder / "deadlines.toml").stat().st_mode) & 0o044 == 0o044
    async with office.gate.database.reading() as connection:
        [past] = await latest_settings_changes(connection, 5)
    assert (past.change.name, past.change.file, past.change.why) == ("Tia", "deadlines.toml", "peraturan baru")
    assert past.change.at == office.gate.now()


async def test_looking_changes_nothing_and_shows_the_difference(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    answer = await asks(browser, "deadlines.toml", **{"how": "numbers", "n:offices.verify": "4"})
    assert "<del>-verify = 3</del>" in answer.text
    assert "<ins>+verify = 4</ins>" in answer.text
    assert (folder / "deadlines.toml").read_text("utf-8") == (DEFAULTS / "deadlines.toml").read_text("utf-8")


@pytest.mark.thorough
@pytest.mark.manual("admin-agency")
async def test_an_agency_gets_another_name_by_its_row(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    page = (await browser.get(f"{FILES}/agencies.csv?row=2")).text
    assert all(f"<label>{words}\n" in page for words in ("Nama", "Di bawah", "Sebutan lain"))
    assert "<code>" not in page[page.index('id="row"') : page.index('id="rows"')]
    cells = {f"c:{name}": html.unescape(value) for name, value in re.findall(r'name="c:(\w+)" value="([^"]*)"', page)}
    for name, options in re.findall(r'<select name="c:(\w+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        cells[f"c:{name}"] = chosen[1] if chosen else ""
    cells |= {"how": "row", "row": "2", "c:name": "Dinas PU, Tata Ruang"}
    answer = await saves(browser, "agencies.csv", **cells)
    assert answer.status_code == 303
    lines = (folder / "agencies.csv").read_text("utf-8").splitlines()
    before = (DEFAULTS / "agencies.csv").read_text("utf-8").splitlines()
    name_before = next(csv.reader([before[3]]))[1]
    assert lines[3] == before[3].replace(name_before, '"Dinas PU, Tata Ruang"')
    assert [*lines[:3], *lines[4:]] == [*before[:3], *before[4:]]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        ("deadlines.toml", {"how": "numbers", "n:offices.verify": "0"}, "bukan bilangan bulat mulai dari 1"),
        (
            "routing.csv",
            {"how": "row", "row": "0", "c:category": "jalan", "c:agency": "tiada"},
            "'tiada' tidak dikenal; pakai salah satu dari kode instansi di agencies.csv",
        ),
        ("deadlines.toml", {"how": "text", "text": "source = "}, "ini bukan TOML"),
        ("agencies.csv", {"how": "text", "text": "code,name\nx,y\n"}, "baris judul belum memuat"),
        ("deadlines.toml", {"how": "numbers"}, "Tidak ada yang berubah"),
        ("agencies.csv", {"how": "row", "row": "999", "c:code": "x"}, "Formulir itu tidak terbaca"),
        ("deadlines.toml", {"how": "numbers", "n:offices.verify": "empat"}, "Formulir itu tidak terbaca"),
    ],
)
async def test_what_a_start_would_refuse_is_refused_with_line_and_mend(
    office: DeskOffice, folder: Path, name: str, fields: dict[str, str], words: str
) -> None:
    before = (folder / name).read_bytes()
    answer = await asks(await office.browser_of("Tia"), name, **fields)
    assert (answer.status_code, words in html.unescape(answer.text)) == (422, True)
    assert (folder / name).read_bytes() == before


@on_both
async def test_an_agency_that_holds_a_case_stays(office: DeskOffice, folder: Path) -> None:
    await office.files()
    text = (folder / "agencies.csv").read_text("utf-8")
    gone = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("dpupr,"))
    rules = (folder / "routing.csv").read_text("utf-8").replace(",dpupr,", ",dishub,")
    (folder / "routing.csv").write_text(rules, "utf-8")
    answer = await asks(await office.browser_of("Tia"), "agencies.csv", how="text", text=gone)
    assert (answer.status_code, "dpupr masih memegang laporan" in answer.text) == (422, True)


@pytest.mark.thorough
@on_both
async def test_a_category_of_an_open_case_stays_and_another_goes(office: DeskOffice, folder: Path) -> None:
    case = await office.files()
    assert case.category == "jalan"
    rows = (folder / "categories.csv").read_text("utf-8").splitlines(keepends=True)
    rules = (folder / "routing.csv").read_text("utf-8").replace("\njalan,", "\njalan_dan_lalu_lintas,")
    (folder / "routing.csv").write_text(rules.replace("\nparkir,,,dishub,0", ""), "utf-8")
    browser = await office.browser_of("Tia")
    answers = {
        slug: await asks(
            browser, "categories.csv", how="text", text="".join(row for row in rows if not row.startswith(f"{slug},"))
        )
        for slug in ("jalan", "parkir")
    }
    assert "masih ada laporan terbuka berkategori jalan." in answers["jalan"].text
    assert {slug: answer.status_code for slug, answer in answers.items()} == {"jalan": 422, "parkir": 200}


async def test_whoever_was_overtaken_overwrites_nothing(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    page = await browser.get(f"{FILES}/deadlines.toml")
    file = folder / "deadlines.toml"
    file.write_text(f"# by hand\n{file.read_text('utf-8')}", "utf-8")
    sent = {"known": known(page.text), "how": "numbers", "n:offices.verify": "4", "why": "x", "act": "save"}
    answer = await browser.post(f"{FILES}/deadlines.toml", data=sent)
    assert (answer.status_code, "sudah diubah orang lain" in answer.text) == (409, True)
    assert "verify = 3" in file.read_text("utf-8")


@pytest.mark.thorough
@on_both
@pytest.mark.manual("admin-undo")
async def test_a_change_is_taken_back_and_that_is_recorded_too(office: DeskOffice, folder: Path) -> None:
    browser, before = await office.browser_of("Tia"), (folder / "deadlines.toml").read_bytes()
    await saves(browser, "deadlines.toml", **{"how": "numbers", "n:offices.verify": "4"})
    answer = await browser.post("/desk/settings/undo/1")
    assert (answer.status_code, (folder / "deadlines.toml").read_bytes()) == (303, before)
    page = (await browser.get("/desk/settings")).text
    assert "Membatalkan perubahan 1 (peraturan baru)" in page
    again = await browser.post("/desk/settings/undo/1")
    assert again.status_code == 409


@pytest.mark.thorough
async def test_a_file_of_the_project_becomes_the_regencys_own(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    answer = await saves(browser, "limits.toml", **{"how": "numbers", "n:.filed_an_hour": "7"})
    assert answer.status_code == 303
    assert "filed_an_hour = 7" in (folder / "limits.toml").read_text("utf-8")
    assert "filed_an_hour = 5" in (DEFAULTS / "limits.toml").read_text("utf-8")


async def test_without_a_reason_nothing_is_saved(office: DeskOffice, folder: Path) -> None:
    browser = await office.browser_of("Tia")
    answer = await saves(browser, "deadlines.toml", why=" ", **{"how": "numbers", "n:offices.verify": "4"})
    assert (answer.status_code, "verify = 3" in (folder / "deadlines.toml").read_text("utf-8")) == (422, True)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["secret.key", "..%2Fregency.toml", "regency.toml", "regions.geojson"])
async def test_other_files_are_not_there(office: DeskOffice, folder: Path, name: str) -> None:
    browser = await office.browser_of("Tia")
    assert folder.is_dir()
    assert (await browser.get(f"{FILES}/{name}")).status_code == 404
    assert (await browser.post(f"{FILES}/{name}", data={"how": "text", "text": "x", "act": "save"})).status_code == 404


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["Vera", "Lina", "Modi", "Ayu"])
async def test_nobody_else_reaches_the_settings(office: DeskOffice, name: str) -> None:
    browser = await office.browser_of(name)
    pages = ("/desk/settings", f"{FILES}/agencies.csv", "/desk/settings/people", "/desk/settings/groups")
    assert [(await browser.get(page)).status_code for page in pages] == [403] * 4


@on_both
@pytest.mark.manual("admin-add")
async def test_an_officer_is_added_with_a_code_or_a_password(office: DeskOffice) -> None:
    browser = await office.browser_of("Tia")
    with_code = await browser.post(
        "/desk/settings/people", data={"name": "Wati", "roles": ["liaison"], "agency": "dlh"}
    )
    assert re.search(r"Wati: /masuk [2-9A-Z-]{14}", with_code.text)
    await browser.post("/desk/settings/people", data={"name": "Joko", "roles": ["verifier"], "password": PASSWORD})
    assert (await signs_in(office.gate.browser("192.0.2.8"), "Joko", PASSWORD)).status_code == 303
    async with office.gate.database.reading() as connection:
        book = SqlPeople(connection)
        wati = await book.by_name("Wati")
        assert wati
        who = {event.who for event in await book.events(wati.id)}
    assert (wati.agency, who) == ("dlh", {f"person:{office.gate.people['Tia'].id}"})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " ", "roles": "verifier"}, "Tulis namanya"),
        ({"name": "Wati"}, "sedikitnya satu peran"),
        ({"name": "Wati", "roles": "liaison"}, "perlu instansi"),
        ({"name": "Wati", "roles": "verifier", "password": "pendek"}, "mudah ditebak"),
        ({"name": "tia", "roles": "verifier"}, "sudah dipakai"),
    ],
)
async def test_whoever_cannot_be_added_is_not(office: DeskOffice, fields: dict[str, str], words: str) -> None:
    answer = await (await office.browser_of("Tia")).post("/desk/settings/people", data=fields)
    assert (answer.status_code, words in answer.text) == (422, True)


@pytest.mark.thorough
@pytest.mark.manual("admin-change")
async def test_name_roles_and_agency_are_changed_and_hold_at_once(office: DeskOffice) -> None:
    tia, lina = await office.browser_of("Tia"), await office.browser_of("Lina")
    number = office.gate.people["Lina"].id
    address = f"/desk/settings/people/{number}"
    fields = {"act": "change", "name": "Lina Sari", "roles": ["agency_admin"], "agency": "dpupr"}
    assert (await tia.post(address, data=fields)).status_code == 303
    async with office.gate.database.reading() as connection:
        book = SqlPeople(connection)
        changed = await book.by_id(number)
        lines = [event.detail for event in await book.events(number) if event.what == "changed"]
    assert changed
    assert (changed.name, changed.roles, changed.agency) == ("Lina Sari", {Role.AGENCY_ADMIN}, "dpupr")
    assert lines == ["Lina -> Lina Sari: agency_admin (dpupr)"]
    assert "Hari ini" in (await lina.get("/desk/today")).text
    for wrong in ({"name": "tia"}, {"name": " "}, {"roles": []}, {"agency": ""}, {"agency": "nowhere"}):
        assert (await tia.post(address, data=fields | wrong)).status_code == 422, wrong
    await tia.post(address, data={"act": "sessions"})
    assert (await lina.get("/desk/today")).headers["location"].startswith("/sign-in")
    mine = f"/desk/settings/people/{office.gate.people['Tia'].id}"
    kept = await tia.post(mine, data={"act": "change", "name": "Tia", "roles": ["verifier"]})
    assert (kept.status_code, "peran admin" in kept.text) == (422, True)


@pytest.mark.manual("admin-change", "admin-password")
async def test_whoever_is_disabled_is_out_at_once_and_nobody_shuts_herself_out(office: DeskOffice) -> None:
    tia, vera = await office.browser_of("Tia"), await office.browser_of("Vera")
    numbers = {name: person.id for name, person in office.gate.people.items()}
    await tia.post(f"/desk/settings/people/{numbers['Vera']}", data={"act": "disable"})
    assert (await vera.get("/desk")).status_code == 303
    refused = await tia.post(f"/desk/settings/people/{numbers['Tia']}", data={"act": "disable"})
    assert refused.status_code == 422
    await tia.post(f"/desk/settings/people/{numbers['Vera']}", data={"act": "enable"})
    await tia.post(f"/desk/settings/people/{numbers['Vera']}", data={"act": "password", "password": PASSWORD})
    assert (await signs_in(office.gate.browser("192.0.2.8"), "Vera", PASSWORD)).status_code == 303


@on_both
@pytest.mark.manual("admin-group")
async def test_a_group_is_bound_by_a_code_and_unbound(office: DeskOffice) -> None:
    browser, database = await office.browser_of("Tia"), office.gate.database
    answer = await browser.post("/desk/settings/groups", data={"agency": "dlh", "act": "code"})
    code = re.search(r"/ikat ([2-9A-Z-]{14})", answer.text)
    assert code
    async with database.writing() as connection:
        groups = SqlGroups(connection)
        assert await groups.agency_of_code(code_digest(code[1]), office.gate.now()) == "dlh"
        await groups.bind("-100", "dlh", 1, office.gate.now())
    assert "Punya grup sejak" in (await browser.get("/desk/settings/groups")).text
    assert (await browser.post("/desk/settings/groups", data={"agency": "dlh", "act": "unbind"})).status_code == 303
    async with database.reading() as connection:
        assert await SqlGroups(connection).all() == []
        recorded = [past.change.why for past in await latest_settings_changes(connection, 5)]
    assert recorded == ["Grup dlh dilepas", "Kode grup untuk dlh"]
    assert "Kode grup untuk dlh" in (await browser.get("/desk/settings")).text


@pytest.mark.thorough
@pytest.mark.parametrize("fields", [{"agency": "tiada", "act": "code"}, {"agency": "dlh", "act": "x"}, {}])
async def test_no_code_for_what_there_is_not(office: DeskOffice, fields: dict[str, str]) -> None:
    answer = await (await office.browser_of("Tia")).post("/desk/settings/groups", data=fields)
    assert (answer.status_code, "/ikat" in answer.text) == (422, False)


# What is in force ------------------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.manual("admin-apply")
async def test_what_was_saved_waits_until_it_is_brought_into_force(office: DeskOffice, folder: Path) -> None:
    browser, restart = await office.browser_of("Tia"), office.gate.desk.restart
    assert "sudah berlaku" in (await browser.get("/desk/settings")).text
    await saves(browser, "deadlines.toml", **{"how": "numbers", "n:offices.verify": "4"})
    (folder / "limits.toml").write_bytes((DEFAULTS / "limits.toml").read_bytes() + b"# by hand\n")
    waiting = (await browser.get("/desk/settings")).text.partition("belum berlaku:")[2].partition("</ul>")[0]
    assert re.findall(r"<li>(.*?)</li>", waiting) == ["Tenggat", "Batas pemakaian"]
    assert not restart.is_asked
    answer = await browser.post("/desk/settings/apply")
    assert (answer.status_code, answer.headers["location"], restart.is_asked) == (303, "/desk/settings", True)
    page = (await browser.get("/desk/settings")).text
    assert "sedang dimulai ulang" in page
    assert "Berlakukan sekarang" not in page


async def test_what_a_start_would_refuse_is_not_brought_into_force(office: DeskOffice, folder: Path) -> None:
    (folder / "deadlines.toml").write_text("no toml\n", "utf-8")
    answer = await (await office.browser_of("Tia")).post("/desk/settings/apply")
    assert answer.status_code == 422
    assert "Baris 1" in answer.text
    assert not office.gate.desk.restart.is_asked


@pytest.mark.thorough
@pytest.mark.usefixtures("folder")
async def test_settings_that_a_start_would_refuse_keep_the_service_as_it_is(
    office: DeskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await office.browser_of("Tia")
    monkeypatch.setenv("LAPOR_HTTP_PORT", "eighty")
    answer = await browser.post("/desk/settings/apply")
    assert answer.status_code == 409
    assert "tetap berjalan seperti semula" in answer.text
    assert not office.gate.desk.restart.is_asked
