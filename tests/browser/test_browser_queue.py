"""The queue for three hundred a day, in Chromium: the table, filters, and several cases at once with the way back."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.people.roles import Role
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.browser.robot import RightPlace, VerifyingRobot
from tests.browser.test_browser_day import signed_in
from tests.browser.visitors import Visitor
from tests.unit.people.officers import PASSWORD
from tests.unit.web_desk.desks import StaffedDesk, a_desk, cells

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
ROWS = 14
NEVER = 3_600
"""Seconds that are not over before the test is."""


CELLS = {
    "Status": "Diterima",
    "Jenis": "Pengaduan",
    "Kategori": "belum ditentukan",
    "Ditangani oleh": "Admin SP4N-LAPOR! Kabupaten Penajam Paser Utara",
    "Kecamatan": "Penajam",
    "Saluran": "Web",
    "Diterima": "2026-11-24",
    "Batas waktu": "2026-11-27",
    "Jawaban terlambat": "0",
}
"""What a workbook says of one of the cases; of what was told nothing."""


@in_one_loop
async def served(tmp_path: Path, database: Path) -> AsyncIterator[tuple[StaffedDesk, str, list[str]]]:
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        desk = await a_desk(tmp_path, database, public_url=address)
        await desk.gate.hires("Rina", Role.VERIFIER)
        tickets = [await desk.files(category=None) for _ in range(ROWS)]
        for ticket in tickets:
            await desk.understands(ticket, [["penerangan_jalan", 0.8], ["jalan", 0.1]])
        async with answering(desk.gate.house.app, listening):
            yield desk, address, tickets
            desk.gate.house.context.sse_signals.close()
        await desk.gate.house.closes()


async def is_for_everybody(officer: Visitor, name: str) -> None:
    if SHOTS:
        await officer.page.screenshot(path=f"{SHOTS}/queue-{name}.png", full_page=True)
    assert await officer.is_as_wide_as_the_window(), name
    assert await officer.barriers() == [], name


@pytest.mark.parametrize("width", [1366, 390])
async def test_the_table_shows_twelve_and_a_part_of_it_has_a_name(
    served: tuple[StaffedDesk, str, list[str]], arrive: Arrive, width: int
) -> None:
    desk, address, tickets = served
    secret = await desk.files("petugas parkir minta uang dua kali", category=None, secret=True)
    rina = await signed_in(arrive, address, "Rina", width)
    await is_for_everybody(rina, f"cards-{width}")
    async with rina.page.expect_download() as downloading:
        await rina.page.get_by_role("link", name="Unduh XLSX").click()
    head, *rows = cells((await (await downloading.value).path()).read_bytes())
    assert [row[0] for row in rows] == tickets
    assert secret not in str(rows)
    assert {name: value for name, value in zip(head, rows[0], strict=True) if value} == CELLS | {
        "Nomor tiket": tickets[0]
    }
    await rina.page.get_by_role("link", name="Tabel").click()
    await expect(rina.page.locator("tr.line")).to_have_count(ROWS)
    await is_for_everybody(rina, f"table-{width}")
    if width > 1000:
        box = await rina.page.locator("tr.line").nth(11).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 768
    await rina.page.goto(f"{address}/desk")
    await expect(rina.page.locator("tr.line")).to_have_count(ROWS)
    await rina.page.get_by_text("Saring", exact=True).click()
    await rina.page.get_by_label("Tempat").select_option("64.09.01")
    await is_for_everybody(rina, f"filter-{width}")
    await rina.page.get_by_role("button", name="Tampilkan").click()
    await rina.page.get_by_text("Saring", exact=True).click()
    await rina.page.get_by_label("Simpan saringan ini dengan nama").fill("Penajam")
    await rina.page.get_by_role("button", name="Simpan").click()
    await rina.page.get_by_role("link", name="Tampilkan semua").click()
    await rina.page.get_by_role("link", name="Penajam", exact=True).click()
    await expect(rina.page.locator("tr.line")).to_have_count(ROWS)
    await is_for_everybody(rina, f"saved-{width}")
    await rina.presses("j")
    await rina.page.keyboard.press("Enter")
    await expect(rina.page.get_by_role("heading", level=1)).to_contain_text(tickets[1])


@pytest.mark.manual("verifier-several")
@pytest.mark.parametrize("width", [1366, 390])
async def test_several_are_taken_after_the_seconds_and_none_where_they_are_undone_or_the_page_is_closed(
    served: tuple[StaffedDesk, str, list[str]], arrive: Arrive, width: int
) -> None:
    desk, address, tickets = served
    desk.gate.desk.hold.seconds = NEVER
    rina = await signed_in(arrive, address, "Rina", width)
    await rina.page.goto(f"{address}/desk?view=table")
    await rina.presses("x")
    await rina.presses("j")
    await rina.presses("x")
    await expect(rina.page.locator("[data-marked]")).to_have_text("2")
    await rina.page.get_by_role("button", name="Terima usul").click()
    await expect(rina.page.get_by_text("2 laporan akan dikirim.")).to_be_visible()
    await is_for_everybody(rina, f"looked-at-{width}")
    await rina.page.get_by_role("button", name="Kirim semua").click()
    await expect(rina.page.get_by_role("timer")).to_be_visible()
    await is_for_everybody(rina, f"held-{width}")
    await rina.page.get_by_role("link", name="Batalkan").click()
    await expect(rina.page.locator("tr.line")).to_have_count(ROWS)
    assert {await desk.status(ticket) for ticket in tickets} == {"received admin_ppu"}

    await rina.page.goto(f"{address}/desk")
    await rina.page.locator("[data-mark-all]").click()
    await rina.page.get_by_role("button", name="Tolak…").click()
    await rina.page.get_by_label("Alasan").select_option(index=1)
    await rina.page.get_by_label("Penjelasan untuk pelapor").fill("Ini bukan laporan untuk pemerintah daerah.")
    await rina.page.get_by_label("Yang bisa dilakukan pelapor").fill("Kirim laporan baru dengan tempatnya.")
    await rina.page.get_by_role("button", name="Lihat dulu").click()
    await expect(rina.page.get_by_text(f"{ROWS} laporan akan dikirim.")).to_be_visible()
    await is_for_everybody(rina, f"reject-{width}")
    await rina.page.get_by_role("button", name="Kirim semua").click()
    await expect(rina.page.get_by_role("timer")).to_be_visible()
    await rina.page.close()
    assert {await desk.status(ticket) for ticket in tickets} == {"received admin_ppu"}

    desk.gate.desk.hold.seconds = 0
    sari = await signed_in(arrive, address, "Rina", width)
    await sari.page.get_by_role("checkbox", name=f"Tandai {tickets[0]}").check()
    await sari.page.get_by_role("button", name="Terima usul").click()
    await sari.page.get_by_role("button", name="Kirim semua").click()
    await expect(sari.page.get_by_text("1 laporan selesai dikirim.")).to_be_visible()
    await is_for_everybody(sari, f"done-{width}")
    assert await desk.status(tickets[0]) == "forwarded dishub"


async def test_a_robot_verifies_the_list_by_keyboard_with_a_key_a_case_where_one_is_offered(
    served: tuple[StaffedDesk, str, list[str]], arrive: Arrive
) -> None:
    desk, address, tickets = served
    lamp = RightPlace("dishub", "Dinas Perhubungan", "penerangan_jalan", "Penerangan jalan")
    road = RightPlace("dpupr", "Dinas Pekerjaan Umum dan Penataan Ruang", "jalan", "Jalan & jembatan")
    waste = RightPlace("dlh", "Dinas Lingkungan Hidup", "sampah", "Sampah & kebersihan")
    right = dict.fromkeys(tickets, lamp) | {tickets[1]: road, tickets[2]: waste}
    rina = await signed_in(arrive, address, "Rina", 1366)
    done = {one.ticket: one.presses for one in await VerifyingRobot(rina, right).works()}
    assert {await desk.status(ticket) for ticket in tickets} == {"forwarded dishub", "forwarded dpupr", "forwarded dlh"}
    assert (await desk.read(tickets[2]))[0].category == "sampah"
    assert [presses for ticket, presses in done.items() if ticket != tickets[2]] == [1] * (ROWS - 1)


async def test_without_a_script_it_is_sent_by_hand(served: tuple[StaffedDesk, str, list[str]], arrive: Arrive) -> None:
    desk, address, tickets = served
    desk.gate.desk.hold.seconds = 0
    rina = await arrive(f"{address}/desk", java_script_enabled=False)
    await rina.page.get_by_label("Nama").fill("Rina")
    await rina.page.get_by_label("Kata sandi").fill(PASSWORD)
    await rina.page.get_by_role("button", name="Masuk").click()
    await rina.page.get_by_role("checkbox", name=f"Tandai {tickets[0]}").check()
    await rina.page.get_by_role("button", name="Teruskan…").click()
    await rina.page.get_by_label("Instansi").fill("Dinas Perhubungan")
    await rina.page.get_by_role("button", name="Lihat dulu").click()
    await rina.page.get_by_role("button", name="Kirim semua").click()
    await expect(rina.page.get_by_text("Tunggu sepuluh detik")).to_be_visible()
    assert await desk.status(tickets[0]) == "received admin_ppu"
    await rina.page.get_by_role("button", name="Kirim semua").click()
    await expect(rina.page.get_by_text("1 laporan selesai dikirim.")).to_be_visible()
    assert await desk.status(tickets[0]) == "forwarded dishub"
