"""The desk's search, counter, redaction and settings in Chromium: by the keyboard, and at a phone's width."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.main.assembly import DEFAULTS
from bot.main.restart import Restart
from bot.web.desk.settings.files import RegencyFiles
from bot.web.public.routes import public_routers
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.browser.visitors import Visitor
from tests.unit.files import parts
from tests.unit.people.officers import PASSWORD
from tests.unit.publication.newsroom import ANSWER, Newsroom
from tests.unit.sp4n.exchanges import has, in_the_way
from tests.unit.web_desk_more.desk_office import STAFF, DeskOffice, a_desk_office

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
PHONE, SCREEN = 390, 1366


@in_one_loop
async def served(tmp_path: Path, database: Path) -> AsyncIterator[tuple[DeskOffice, str]]:
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        office = await a_desk_office(tmp_path, database, public_url=address)
        async with answering(office.gate.house.app, listening):
            yield office, address
            office.gate.house.context.sse_signals.close()
        await office.gate.house.closes()


async def opens(office: DeskOffice, address: str, arrive: Arrive, name: str, path: str, width: int) -> Visitor:
    """Somebody of the staff signs in on the way to a page."""
    if name not in office.gate.people:
        role, agency = STAFF[name]
        await office.gate.hires(name, role, agency=agency)
    visitor = await arrive(f"{address}{path}", viewport={"width": width, "height": 800})
    await visitor.page.get_by_label("Nama").fill(name)
    await visitor.page.get_by_label("Kata sandi").fill(PASSWORD)
    await visitor.page.get_by_role("button", name="Masuk").click()
    await visitor.page.wait_for_url(f"{address}/desk**")
    return visitor


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/desk-{name}.png", full_page=True)


def its_own_files(office: DeskOffice, folder: Path) -> Path:
    """The files of this regency, for an admin to change."""
    own = folder / "regency"
    shutil.copytree(DEFAULTS, own, ignore=shutil.ignore_patterns("nlu", "faq", "held_back"))
    office.gate.desk.files = RegencyFiles(own, DEFAULTS, folder / "lock", office.gate.desk.regency.languages)
    return own


async def is_for_everybody(visitor: Visitor) -> None:
    """Nothing has to be scrolled sideways, nothing stands in anybody's way, and the browser has no complaint."""
    assert await visitor.is_as_wide_as_the_window()
    assert await visitor.barriers() == []
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_cases_are_found_by_the_keyboard_alone(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    case = await office.files()
    await office.files("Lampu jalan mati sejak kemarin, gelap sekali", category="penerangan_jalan")
    vera = await opens(office, address, arrive, "Vera", "/desk/search", width)
    page = vera.page
    await page.get_by_label("Nomor atau kata").fill("lubang rumah")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Jalan")).to_have_attribute("href", f"/desk/cases/{case.ticket}")
    await expect(page.locator("mark").first).to_have_text("berlubang")
    await shot(page, f"search-{width}")
    await is_for_everybody(vera)


@pytest.mark.parametrize("width", [PHONE, SCREEN])
@pytest.mark.manual("verifier-redact")
async def test_a_moderator_covers_a_name_and_sees_how_it_looks_before(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    case = await office.files()
    modi = await opens(office, address, arrive, "Modi", f"/desk/cases/{case.ticket}/redact", width)
    page = modi.page
    await page.get_by_label("Judul untuk umum").fill("Jalan berlubang di Petung")
    await page.locator("[data-words]").first.evaluate(
        """(words) => {
          const range = document.createRange(), text = words.firstChild, at = text.data.indexOf("dua minggu");
          range.setStart(text, at);
          range.setEnd(text, at + "dua minggu".length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    await page.get_by_role("button", name="Tutup yang disorot").first.click()
    await expect(page.get_by_label("Bagian yang ditutup").first).to_have_value("Budi\ndua minggu")
    await page.get_by_label("Alasan").fill("Ada nama warga di dalamnya")
    await shot(page, f"redact-form-{width}")
    await is_for_everybody(modi)
    await page.get_by_role("button", name="Lihat dulu").click()
    look = page.get_by_role("region", name="Akan tampil seperti ini")
    await expect(look).to_contain_text("Jalan berlubang di depan rumah Pak ███, sudah ███")
    await expect(look).to_contain_text("Jalan berlubang di Petung")
    await shot(page, f"redact-preview-{width}")
    await is_for_everybody(modi)
    await page.get_by_role("button", name="Terapkan").click()
    await expect(page.get_by_role("status")).to_contain_text("Sudah diterapkan")
    await shot(page, f"redact-done-{width}")
    await is_for_everybody(modi)


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_a_telephone_call_becomes_a_case_and_a_slip(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    other = await office.files("Jalan berlubang di depan pasar lama")
    vera = await opens(office, address, arrive, "Vera", "/desk/new", width)
    page = vera.page
    await page.get_by_label("Telepon").check()
    await page.get_by_label("Cerita pelapor").fill("Jalan berlubang di depan pasar, motor sering jatuh")
    await page.get_by_label("Kategori").select_option("jalan")
    await page.get_by_label("Desa atau kelurahan").select_option(label="Petung")
    await page.get_by_label("Pelapor tahu dan setuju").check()
    await shot(page, f"counter-form-{width}")
    await is_for_everybody(vera)
    await page.get_by_role("button", name="Periksa").click()
    look = page.get_by_role("region", name="Akan masuk seperti ini")
    await expect(look).to_contain_text("Dinas Pekerjaan Umum")
    await expect(look).to_contain_text(other.ticket)
    await shot(page, f"counter-preview-{width}")
    await is_for_everybody(vera)
    await page.get_by_role("button", name="Masukkan laporan").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tanda terima laporan")
    await expect(page.locator(".slip .number")).to_contain_text("LP-")
    await shot(page, f"slip-{width}")
    await is_for_everybody(vera)
    await another_calls(vera, address, other.ticket, width)
    await she_merges(vera, address, other.ticket, width)
    lina = await opens(office, address, arrive, "Lina", f"/desk/cases/{other.ticket}", width)
    await lina.page.get_by_role("link", name="Nomor untuk dikabari").click()
    await expect(lina.page.get_by_role("link", name="081234567890")).to_have_attribute("href", "tel:081234567890")
    await shot(lina.page, f"callers-{width}")
    await is_for_everybody(lina)


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_the_slip_of_a_secret_report_tells_nothing_and_only_its_holder_has_the_case(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    vera = await opens(office, address, arrive, "Vera", "/desk/new", width)
    page = vera.page
    await page.get_by_label("Cerita pelapor").fill("Jalan berlubang di depan pasar, motor sering jatuh")
    await page.get_by_label("Kategori").select_option("jalan")
    await page.get_by_label("Desa atau kelurahan").select_option(label="Petung")
    await page.get_by_label("Rahasiakan").check()
    await page.get_by_label("Pelapor tahu dan setuju").check()
    await page.get_by_role("button", name="Periksa").click()
    await page.get_by_role("button", name="Masukkan laporan").click()
    ticket = await page.locator(".slip .number").inner_text()
    await expect(page.locator(".slip")).not_to_contain_text("Jalan")
    await expect(page.locator(".slip")).to_contain_text("rahasia")
    await shot(page, f"slip-secret-{width}")
    await is_for_everybody(vera)
    await page.goto(f"{address}/desk")
    await expect(page.get_by_role("link", name="Perlu diperiksa 0")).to_be_visible()
    await expect(page.locator("#rows")).not_to_contain_text(ticket)
    ida = await opens(office, address, arrive, "Ida", "/desk", width)
    await expect(ida.page.get_by_role("link", name="Perlu diperiksa 1")).to_be_visible()
    await expect(ida.page.locator("#rows .tag", has_text="Rahasia")).to_be_visible()
    await ida.page.get_by_role("link", name=ticket).click()
    await expect(ida.page.get_by_text("motor sering jatuh")).to_be_visible()
    await is_for_everybody(ida)


async def another_calls(vera: Visitor, address: str, ticket: str, width: int) -> None:
    """Somebody calls about the same, supports what is there, and wants to be rung when it is answered."""
    page = vera.page
    await page.goto(f"{address}/desk/new")
    await page.get_by_label("Telepon").check()
    await page.get_by_label("Cerita pelapor").fill("Jalan berlubang di depan pasar, sudah lama")
    await page.get_by_label("Kategori").select_option("jalan")
    await page.get_by_label("Desa atau kelurahan").select_option(label="Petung")
    await page.get_by_label("Pelapor tahu dan setuju").check()
    await page.get_by_role("button", name="Periksa").click()
    await page.get_by_label("Nomor telepon").fill("0812-3456-7890")
    await shot(page, f"caller-{width}")
    await is_for_everybody(vera)
    await page.get_by_role("button", name=f"Dukung laporan ini {ticket}").press("Enter")
    await expect(page.get_by_role("status")).to_contain_text(f"pendukung {ticket}")
    await is_for_everybody(vera)


async def she_merges(vera: Visitor, address: str, ticket: str, width: int) -> None:
    """What is alike stands as buttons in *Gabung*: one is pressed, and nothing has to be typed but why."""
    page = vera.page
    await page.goto(f"{address}/desk/search?kata=motor")
    await page.locator(".hits a").first.click()
    await vera.presses("g")
    form = page.locator("#form-merge")
    await expect(form.get_by_role("button", name=ticket)).to_be_visible()
    await shot(page, f"similar-{width}")
    await is_for_everybody(vera)
    await form.get_by_role("button", name=ticket).press("Enter")
    form = page.locator("#form-merge")
    await expect(form.get_by_label("Nomor laporan yang dituju")).to_have_value(ticket)
    await is_for_everybody(vera)


@pytest.mark.parametrize("width", [390, 1366])
async def test_a_moderator_works_a_batch_of_answers_by_keyboard_and_anybody_reads_what_is_published(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    room = Newsroom(office)
    house = office.gate.house
    for router in public_routers(house.context, house.service.links, house.service.regency):
        house.app.include_router(router)
    modi = await opens(office, address, arrive, "Modi", "/desk/publications", width)
    await expect(modi.page.get_by_text("Tidak ada jawaban di daftar ini")).to_be_visible()
    await room.crowd()
    cases = [await room.closed() for _ in range(2)]
    named = await room.closed("Jalan dekat warung Sumarni sudah kami tambal.")
    await room.sweeps()
    await modi.page.reload()
    await modi.page.get_by_label("Judul untuk umum").first.fill("Jalan berlubang, Petung")
    await modi.page.keyboard.press("Escape")
    await modi.presses("x")
    await shot(modi.page, f"publications-{width}")
    await is_for_everybody(modi)
    await modi.presses("t")
    await expect(modi.page.get_by_role("status")).to_have_text("1 jawaban terbit.")
    await modi.presses("j")
    await modi.presses("x")
    await modi.presses("r")
    await modi.page.keyboard.type("Bisa menunjuk pelapor")
    await modi.page.keyboard.press("Escape")
    await modi.presses("h")
    await expect(modi.page.get_by_role("status")).to_have_text("1 jawaban ditahan.")
    await modi.page.get_by_role("link", name="Ditahan").click()
    await expect(modi.page.get_by_text("Mungkin nama atau nomor: Sumarni")).to_be_visible()
    await shot(modi.page, f"publications-held-{width}")
    await is_for_everybody(modi)
    anybody = await arrive(f"{address}/laporan", viewport={"width": width, "height": 800})
    await expect(anybody.page.get_by_role("link", name="Jalan berlubang, Petung")).to_have_count(1)
    await expect(anybody.page.get_by_text(ANSWER)).to_have_count(1)
    await expect(anybody.page.get_by_text(named.ticket)).to_have_count(1)
    await shot(anybody.page, f"published-{width}")
    await is_for_everybody(anybody)
    assert {bool(await room.reads(case)) for case in cases} == {True, False}


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_a_letter_comes_along_as_a_scan(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int, tmp_path: Path
) -> None:
    office, address = served
    scan, torn = tmp_path / "surat.jpg", tmp_path / "sobek.jpg"
    scan.write_bytes(parts.jpeg())
    torn.write_bytes(parts.jpeg()[:100])
    vera = await opens(office, address, arrive, "Vera", "/desk/new", width)
    page = vera.page
    await page.get_by_label("Surat", exact=True).check()
    await page.get_by_label("Cerita pelapor").fill("Jalan berlubang di depan pasar, motor sering jatuh")
    await page.get_by_label("Kategori").select_option("jalan")
    await page.get_by_label("Pelapor tahu dan setuju").check()
    await page.get_by_label("Foto atau pindaian surat").set_input_files([torn, scan])
    await page.get_by_role("button", name="Periksa").click()
    await expect(page.get_by_role("alert")).to_contain_text("Foto 1: Isinya rusak")
    await expect(page.get_by_label("Cerita pelapor")).to_have_value(
        "Jalan berlubang di depan pasar, motor sering jatuh"
    )
    await expect(page.get_by_label("Foto 1, 1 KB")).to_be_checked()
    await shot(page, f"counter-files-{width}")
    vera.was_refused("422")
    await is_for_everybody(vera)
    await page.get_by_role("button", name="Periksa").click()
    await page.get_by_role("button", name="Masukkan laporan").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Tanda terima laporan")
    await office.gate.house.fetches()
    await page.goto(f"{address}/desk/cases/{await page.locator('.slip .number').inner_text()}")
    await expect(page.get_by_role("img", name="Foto 1")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_an_admin_words_a_text_otherwise_and_goes_back_to_the_projects(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int, tmp_path: Path
) -> None:
    office, address = served
    folder = its_own_files(office, tmp_path)
    tia = await opens(office, address, arrive, "Tia", "/desk/settings", width)
    page = tia.page
    await page.get_by_role("link", name="Kalimat percakapan (Indonesia)").click()
    await page.get_by_label("Cari kalimat").fill("terima kasih peduli")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Ubah kalimat: thanks").click()
    await page.get_by_role("textbox", name="Ubah kalimat").fill("Sama-sama, { $siapa }!")
    await page.get_by_role("button", name="Lihat perubahannya").first.click()
    await expect(page.get_by_role("alert")).to_contain_text("jangan tulis apa pun dalam kurung kurawal")
    tia.was_refused("422")
    await page.get_by_role("textbox", name="Ubah kalimat").fill("Sama-sama. Salam dari kami!")
    await shot(page, f"settings-wording-{width}")
    await is_for_everybody(tia)
    await page.get_by_role("button", name="Lihat perubahannya").first.click()
    await expect(page.locator("ins").last).to_have_text("+    Sama-sama. Salam dari kami!")
    await page.get_by_label("Alasan").fill("Lebih hangat")
    await page.get_by_role("button", name="Simpan").click()
    await expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    assert "Salam dari kami" in (folder / "texts.id.ftl").read_text("utf-8")
    await page.goto(f"{address}/desk/settings/files/texts.id.ftl?kunci=thanks")
    await page.get_by_role("button", name="Kembali ke kalimat bawaan").click()
    await expect(page.locator("del").last).to_have_text("-    Sama-sama. Salam dari kami!")
    await is_for_everybody(tia)


async def test_an_admin_brings_a_changed_file_into_force(
    served: tuple[DeskOffice, str], arrive: Arrive, tmp_path: Path
) -> None:
    office, address = served
    folder = its_own_files(office, tmp_path)
    (folder / "limits.toml").write_bytes((folder / "limits.toml").read_bytes() + b"# by hand\n")
    tia = await opens(office, address, arrive, "Tia", "/desk/settings", PHONE)
    page = tia.page
    await page.get_by_role("button", name="Berlakukan sekarang").click()
    await expect(page.get_by_role("status")).to_contain_text("sedang dimulai ulang")
    await shot(page, "settings-begins-anew")
    await is_for_everybody(tia)
    office.gate.desk.restart = Restart(office.gate.desk.restart.mark)  # as it is after that
    office.gate.desk.files = RegencyFiles(folder, DEFAULTS, tmp_path / "lock", office.gate.desk.regency.languages)
    await expect(page.locator("#force")).to_contain_text("sudah berlaku")


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_an_admin_changes_a_deadline_and_takes_it_back(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int, tmp_path: Path
) -> None:
    office, address = served
    folder = its_own_files(office, tmp_path)
    tia = await opens(office, address, arrive, "Tia", "/desk/settings", width)
    page = tia.page
    await page.get_by_role("link", name="Tenggat").click()
    await page.get_by_label("Memeriksa laporan baru").fill("4")
    await shot(page, f"settings-deadlines-{width}")
    await is_for_everybody(tia)
    await page.get_by_role("button", name="Lihat perubahannya").first.click()
    await expect(page.locator("ins").last).to_have_text("+verify = 4")
    await page.get_by_label("Alasan").fill("Peraturan baru")
    await shot(page, f"settings-preview-{width}")
    await is_for_everybody(tia)
    await page.get_by_role("button", name="Simpan").click()
    await expect(page.get_by_role("status")).to_have_text("Tersimpan.")
    assert "\nverify = 4\n" in (folder / "deadlines.toml").read_text("utf-8")
    await expect(page.locator("#force li")).to_have_text("Tenggat")
    await shot(page, f"settings-{width}")
    await is_for_everybody(tia)
    await page.get_by_role("button", name="Batalkan perubahan ini").click()
    await expect(page.locator(".past li")).to_have_count(2)
    await expect(page.locator("#force")).to_contain_text("sudah berlaku")
    assert "\nverify = 3\n" in (folder / "deadlines.toml").read_text("utf-8")
    await page.goto(f"{address}/desk/settings/files/agencies.csv?row=2")
    await shot(page, f"settings-agencies-{width}")
    await is_for_everybody(tia)
    for name in ("people", "groups"):
        await page.goto(f"{address}/desk/settings/{name}")
        await shot(page, f"settings-{name}-{width}")
        await is_for_everybody(tia)


async def test_a_verifier_reads_what_sp4n_has_and_goes_to_the_case_by_the_keyboard(
    served: tuple[DeskOffice, str], arrive: Arrive
) -> None:
    office, address = served
    gone, waiting = await office.files(), await office.files("Lampu jalan mati sejak kemarin")
    await has(office, gone, "1916449")
    await in_the_way(office, waiting)
    vera = await opens(office, address, arrive, "Vera", "/desk/sp4n", PHONE)
    for width in (SCREEN, PHONE):
        await vera.page.set_viewport_size({"width": width, "height": 800})
        await expect(vera.page.locator("ol.steps > li")).to_have_count(4)
        await shot(vera.page, f"sp4n-{width}")
        await is_for_everybody(vera)
    await vera.page.get_by_role("link", name=gone.ticket).first.focus()
    await vera.presses("Enter")
    await vera.page.wait_for_url(f"{address}/desk/cases/{gone.ticket}")
    await expect(vera.page.locator("body")).to_contain_text("1916449, Diproses")
