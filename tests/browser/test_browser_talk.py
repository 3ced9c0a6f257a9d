"""A whole talk in Chromium: with a script and without, on a desk, on a phone, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.store.cases.casebook import SqlCaseBook
from tests.browser.conftest import Arrive
from tests.browser.visitors import STORY
from tests.unit.web.doors import House

pytestmark = pytest.mark.slow

TICKET = re.compile(r"LP-[A-Z0-9]{4}-[A-Z0-9]{4}")
PHONE = {"width": 320, "height": 640}
PLACE = {"latitude": -1.2571, "longitude": 116.6712}


@pytest.mark.manual("citizen-report", "citizen-photo")
async def test_a_whole_talk_with_photos_and_position(
    house: tuple[House, str], arrive: Arrive, photos: list[Path]
) -> None:
    home, address = house
    siti = await arrive(address, geolocation=PLACE, permissions=["geolocation"])
    await siti.reads("Halo! Ceritakan saja")
    await siti.says("lampu jalan mati sudah 2 minggu, gelap sekali")
    await siti.button("Bagikan lokasi").click()
    await siti.reads("Lokasi dicatat: Buluminung")
    await siti.page.set_input_files("#files", photos)
    await expect(siti.page.locator("#chosen")).to_contain_text("jalan.jpg, lampu.jpg")
    await siti.page.get_by_role("button", name="Kirim pesan").click()
    await siti.reads("Lampiran: 2 foto")
    await expect(siti.page.locator(".message.ours img")).to_have_count(2)
    await expect(siti.page.locator(".message.hers img")).to_have_count(2)
    assert await siti.pictures_are_drawn()
    await siti.button("Kirim").click()
    await siti.reads("Laporan terkirim")
    [ticket] = set(TICKET.findall(await siti.log.inner_text()))
    async with home.database.reading() as connection:
        case = await SqlCaseBook(connection).by_ticket(ticket)
    assert case is not None
    assert (case.channel, case.location.village, case.location.lat) == ("web", "64.09.01.1013", PLACE["latitude"])
    assert [file.kind for file in case.attachments] == ["photo", "photo"]
    assert await siti.hers() == ["lampu jalan mati sudah 2 minggu, gelap sekali", "Lokasi: -1.25710, 116.67120",
                                 "2 foto", "Kirim"]  # fmt: skip
    await siti.page.reload()
    assert ticket in await siti.log.inner_text()


@pytest.mark.manual("citizen-photo")
async def test_chosen_photos_go_with_the_report_that_is_sent(
    house: tuple[House, str], arrive: Arrive, photos: list[Path]
) -> None:
    """Who chooses photos and presses Kirim below the card need not know that another Kirim would send them first."""
    home, address = house
    siti = await arrive(address)
    await siti.says(STORY + " di petung")
    await siti.page.set_input_files("#files", photos)
    await siti.button("Kirim").click()
    await siti.reads("Laporan terkirim")
    [ticket] = set(TICKET.findall(await siti.log.inner_text()))
    async with home.database.reading() as connection:
        case = await SqlCaseBook(connection).by_ticket(ticket)
    assert case is not None
    assert [file.kind for file in case.attachments] == ["photo", "photo"]
    await expect(siti.page.locator("#chosen")).to_be_hidden()


async def test_the_card_gives_each_photo_back_and_what_was_filed_is_in_view(
    house: tuple[House, str], arrive: Arrive, photos: list[Path]
) -> None:
    siti = await arrive(house[1], viewport=PHONE)
    await siti.page.set_input_files("#files", photos)
    await siti.says(STORY + " di petung")
    await siti.reads("Lampiran: 2 foto")
    assert await siti.log.get_by_role("term").all_inner_texts() == [
        "Jenis:", "Kategori:", "Tempat:", "Waktu:", "Lampiran:", "Identitas:"
    ]  # fmt: skip
    await siti.log.get_by_role("button", name="Keluarkan lampiran 1").click()
    await siti.reads("Lampiran: 1 foto")
    await expect(siti.page.locator(".ours .pictures img")).to_have_count(1)
    assert await siti.barriers() == []
    assert await siti.is_as_wide_as_the_window()
    await siti.button("Kirim").click()
    await siti.reads("Laporan terkirim")
    await expect(siti.log.get_by_role("button", name=re.compile("Keluarkan"))).to_have_count(0)
    await expect(siti.log.locator(".ours").last.locator("strong").first).to_be_in_viewport()


async def test_a_message_is_edited_where_it_stands(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says("lampu jalan di jl provinsi km 5 petung mati sudah 2 mingu")
    await siti.reads("Laporan Anda. Periksa sebentar")
    await siti.log.get_by_role("link", name="Perbaiki").click()
    await expect(siti.box).to_be_focused()
    await expect(siti.box).to_have_value("lampu jalan di jl provinsi km 5 petung mati sudah 2 mingu")
    await siti.says("lampu jalan di jl provinsi km 5 petung mati sudah 3 minggu")
    await siti.reads("Cerita sudah diganti")
    assert await siti.hers() == ["lampu jalan di jl provinsi km 5 petung mati sudah 3 minggu"]
    await expect(siti.page.locator("#editing")).to_be_hidden()
    await siti.button("Kirim").click()
    await siti.reads("Laporan terkirim")
    await expect(siti.log.get_by_role("link", name="Perbaiki")).to_have_count(0)


async def test_an_edit_that_is_not_wanted_leaves_an_empty_box(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says(STORY)
    await siti.log.get_by_role("link", name="Perbaiki").click()
    await siti.page.get_by_role("link", name="Tidak jadi").click()
    await expect(siti.box).to_have_value("")
    await siti.says("sudah gelap sekali")
    await expect(siti.page.locator(".hers")).to_have_count(2)


async def test_a_message_is_edited_without_javascript(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1], java_script_enabled=False)
    await siti.says(STORY)
    await siti.log.get_by_role("link", name="Perbaiki").click()
    await expect(siti.box).to_have_value(STORY)
    await expect(siti.page.locator("#editing")).to_be_visible()
    await siti.says(STORY.replace("2", "3"))
    await siti.reads("Cerita sudah diganti")
    assert await siti.hers() == [STORY.replace("2", "3")]
    await expect(siti.page.locator("#editing")).to_be_hidden()


async def test_the_card_changes_where_it_stands_and_keeps_the_focus(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says(STORY)
    await siti.button("Rahasiakan").press("Enter")
    await siti.reads("Rahasia: ")
    assert await siti.page.locator(".ours").count() == 2
    await expect(siti.page.locator(":focus")).to_have_text("Jangan rahasiakan")


async def test_a_whole_talk_by_keyboard_alone(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    keyboard = siti.page.keyboard
    await keyboard.press("Tab")
    await expect(siti.page.locator(":focus")).to_have_text("Langsung ke kotak pesan")
    await keyboard.press("Enter")
    await keyboard.type(STORY)
    await keyboard.press("Enter")
    await siti.reads("Laporan Anda. Periksa sebentar")
    for _ in range(12):
        await keyboard.press("Shift+Tab")
        if await siti.page.evaluate("document.activeElement.textContent") == "Kirim":
            break
    await keyboard.press("Enter")
    await siti.reads("Laporan terkirim")
    assert await siti.page.evaluate("document.activeElement !== document.body")


@pytest.mark.manual("citizen-status")
async def test_the_menu_opens_and_closes_by_keyboard(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    menu = siti.page.locator("summary")
    await menu.press("Enter")
    await expect(siti.page.get_by_role("button", name="Mulai baru")).to_be_visible()
    await siti.page.keyboard.press("Escape")
    await expect(siti.page.get_by_role("button", name="Mulai baru")).to_be_hidden()
    await expect(menu).to_be_focused()


async def test_a_whole_talk_without_javascript(house: tuple[House, str], arrive: Arrive, photos: list[Path]) -> None:
    siti = await arrive(house[1], java_script_enabled=False)
    await siti.says(STORY)
    await siti.reads("Laporan Anda. Periksa sebentar")
    await siti.page.set_input_files("#files", photos)
    await siti.says("ini fotonya, gelap sekali")
    await siti.reads("Lampiran: 2 foto")
    while await siti.page.locator(".message.ours img").count() < len(photos):
        await siti.page.reload()  # they come as soon as they have been looked at
    await siti.button("Rahasiakan").click()
    await siti.reads("Rahasia: ")
    await siti.button("Kirim").click()
    await siti.reads("Nomor tiket Anda")
    assert len(set(TICKET.findall(await siti.log.inner_text()))) == 1
    await siti.page.locator("summary").click()
    await siti.page.get_by_role("button", name="Mulai baru").click()
    await expect(siti.page.locator(".message")).to_have_count(1)


async def test_without_javascript_nothing_is_shown_that_needs_it(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1], java_script_enabled=False)
    await siti.says("lampu jalan mati sudah dua minggu")
    await siti.reads("Di mana itu?")
    await expect(siti.page.get_by_role("button", name="Bagikan lokasi")).to_have_count(0)
    await expect(siti.button("Lewati")).to_be_visible()


async def test_without_javascript_the_newest_message_is_in_sight(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1], java_script_enabled=False, viewport=PHONE)
    await siti.says(STORY)
    await siti.reads("Laporan Anda. Periksa sebentar")
    await expect(siti.button("Batal")).to_be_in_viewport()


async def test_a_phone_of_320_pixels_shows_everything(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1], viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    assert await siti.is_as_wide_as_the_window()
    await siti.says("lampu jalan mati sudah 2 minggu, gelap sekali, " + "a" * 80)
    await siti.reads("Di mana itu?")
    assert await siti.is_as_wide_as_the_window()
    await siti.button("Lewati").tap()
    await siti.reads("Laporan Anda")
    await siti.page.locator("summary").tap()
    assert await siti.is_as_wide_as_the_window()
    targets = await siti.page.evaluate(
        "[...document.querySelectorAll('button, summary, textarea, .tool label')]"
        ".filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())"
        ".filter((box) => box.height < 44 || box.width < 24 || box.right > innerWidth + 1).length"
    )
    assert targets == 0


async def test_a_language_changes_the_whole_page(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says("/bahasa")
    await siti.box.fill("belum selesai")
    await siti.button("English").click()
    await expect(siti.page.locator("html")).to_have_attribute("lang", "en")
    await expect(siti.page.get_by_label("Write a message")).to_have_value("belum selesai")


async def test_leaving_forgets_at_once(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says(STORY)
    await siti.reads("Laporan Anda")
    await siti.page.evaluate("localStorage['lapor-unsent'] = '[]'")
    await siti.page.locator("summary").click()
    await siti.page.get_by_role("button", name="Mulai baru").click()
    await expect(siti.page.locator(".message")).to_have_count(1)
    assert await siti.page.evaluate("localStorage.length") == 0
    await siti.page.go_back()
    await expect(siti.page.locator(".message")).to_have_count(1)


async def test_a_number_is_copied(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1], permissions=["clipboard-read", "clipboard-write"])
    await siti.says(STORY)
    await siti.button("Kirim").click()
    await siti.log.get_by_role("button", name=re.compile("Salin")).click()
    await expect(siti.page.get_by_role("status")).to_have_text("Tersalin")
    assert TICKET.fullmatch(await siti.page.evaluate("navigator.clipboard.readText()"))


async def test_a_position_that_is_not_given_is_no_dead_end(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says("lampu jalan mati sudah dua minggu")
    await siti.button("Bagikan lokasi").click()
    await expect(siti.page.get_by_role("alert")).to_contain_text("Tulis saja nama jalan")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
async def test_nothing_stands_in_anybodys_way(
    house: tuple[House, str], arrive: Arrive, scheme: str, width: int
) -> None:
    siti = await arrive(house[1], color_scheme=scheme, viewport={"width": width, "height": 700})
    assert await siti.barriers() == []
    await siti.says("lampu jalan mati sudah dua minggu")
    await siti.reads("Di mana itu?")
    await siti.button("Bagikan lokasi").click()
    await expect(siti.page.get_by_role("alert")).to_contain_text("Tulis saja nama jalan")
    assert await siti.barriers() == []
    await siti.button("Lewati").click()
    await siti.reads("Laporan Anda")
    await siti.page.locator("summary").click()
    assert await siti.barriers() == []
    await siti.page.goto(f"{house[1]}/offline")
    assert await siti.barriers() == []
