"""A leader's day and whose a case is, in Chromium: on the office's screen and on a phone, for everybody."""

from __future__ import annotations

import colorsys
import os
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.cases.actions import CaseAction
from actions.cases.case import Severity
from actions.people.roles import Actor, Role
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.browser.visitors import Visitor
from tests.unit.people.officers import PASSWORD
from tests.unit.web_desk.desks import StaffedDesk, a_desk

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
RED_BELOW, AMBER_BELOW = 20, 60
"""Hues in degrees: red is at 0, yellow at 60."""
DAYS_TO_BE_LATE = 60
STAFF = {
    "Ade": (Role.AGENCY_ADMIN, "dishub"),
    "Budi": (Role.LIAISON, "dishub"),
    "Rina": (Role.VERIFIER, None),
    "Tia": (Role.ADMIN, None),
}


@in_one_loop
async def served(tmp_path: Path, database: Path) -> AsyncIterator[tuple[StaffedDesk, str]]:
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        desk = await a_desk(tmp_path, database, public_url=address)
        for name, (role, agency) in STAFF.items():
            await desk.gate.hires(name, role, agency=agency)
        async with answering(desk.gate.house.app, listening):
            yield desk, address
            desk.gate.house.context.sse_signals.close()
        await desk.gate.house.closes()


async def signed_in(arrive: Arrive, address: str, name: str, width: int) -> Visitor:
    officer = await arrive(f"{address}/desk", viewport={"width": width, "height": 768})
    await officer.page.get_by_label("Nama").fill(name)
    await officer.page.get_by_label("Kata sandi").fill(PASSWORD)
    await officer.page.keyboard.press("Enter")
    await expect(officer.page.get_by_role("link", name="Akun")).to_be_visible()
    return officer


async def gives(head: Visitor, case: str, name: str) -> None:
    await head.page.goto(case)
    await head.presses("d")
    await head.page.get_by_label("Petugas yang mengerjakan").select_option(name)
    await head.page.get_by_role("button", name="Tugaskan").click()
    await expect(head.page.locator(".done")).to_contain_text("petugasnya ditentukan")


async def is_for_everybody(officer: Visitor, name: str) -> None:
    if SHOTS:
        await officer.page.screenshot(path=f"{SHOTS}/day-{name}.png", full_page=True)
    assert await officer.is_as_wide_as_the_window(), name
    assert await officer.barriers() == [], name


@pytest.mark.parametrize("width", [1366, 390])
async def test_a_head_of_agency_gives_a_case_and_the_officer_answers_from_an_example(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int
) -> None:
    desk, address = served
    ticket = await desk.files()
    urgent = await desk.files(severity=Severity.URGENT)
    ade = await signed_in(arrive, address, "Ade", width)
    await expect(ade.page.get_by_role("heading", level=1)).to_have_text("Hari ini")
    await is_for_everybody(ade, f"today-{width}")
    await ade.page.locator("tr.total a").nth(0).click()
    await expect(ade.page.locator(".matter")).to_have_count(1)
    await expect(ade.page.get_by_role("link", name=urgent)).to_be_visible()
    await ade.page.get_by_role("link", name="Tampilkan semua").click()
    await expect(ade.page.locator(".matter h2").first).to_contain_text(urgent)
    await expect(ade.page.locator("#bulk button")).to_have_text(["Minta data…"])  # her officers take reports up
    await is_for_everybody(ade, f"agency-{width}")
    await gives(ade, f"{address}/desk/cases/{ticket}", "Budi")
    await is_for_everybody(ade, f"given-{width}")

    budi = await signed_in(arrive, address, "Budi", width)
    await budi.page.get_by_role("link", name="Laporan saya").click()
    await expect(budi.page.locator(".matter")).to_have_count(1)
    await budi.page.goto(f"{address}/desk/cases/{ticket}")
    await budi.presses("a")
    await expect(budi.page.locator(".done")).to_be_visible()
    await budi.presses("w")
    await budi.page.get_by_role("link", name="Lampu sudah diganti").click()
    words = budi.page.get_by_label("Jawaban untuk pelapor")
    await expect(words).to_have_value(re.compile(rf"depan pasar petung.*{ticket}", re.DOTALL))
    await is_for_everybody(budi, f"example-{width}")
    await budi.page.goto(f"{address}/desk/cases/{ticket}/sheet")
    await expect(budi.page.get_by_role("heading", name="LEMBAR DISPOSISI", exact=True)).to_be_visible()
    await is_for_everybody(budi, f"sheet-{width}")
    await budi.page.emulate_media(media="print")
    await expect(budi.page.get_by_role("navigation")).to_be_hidden()
    await budi.page.emulate_media(media="screen")
    await budi.page.goto(f"{address}/desk/account")
    await budi.page.get_by_label("Pengganti").select_option("Ade")
    await budi.page.get_by_label("Sampai dengan").fill((desk.gate.now()).date().isoformat())
    await budi.page.get_by_role("button", name="Simpan").click()
    await expect(budi.page.get_by_text("Ade menggantikan Anda")).to_be_visible()
    await is_for_everybody(budi, f"leave-{width}")

    await gives(ade, f"{address}/desk/cases/{ticket}", "Ade")
    await is_for_everybody(ade, f"taken-over-{width}")
    await ade.page.goto(f"{address}/desk?list=mine")
    await expect(ade.page.get_by_role("link", name=ticket)).to_be_visible()
    await budi.page.goto(f"{address}/desk?list=mine")
    await expect(budi.page.locator(".matter")).to_have_count(0)


@pytest.mark.parametrize("width", [1366, 390])
async def test_what_is_urgent_is_red_where_what_is_late_is_amber(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int
) -> None:
    desk, address = served
    late = await desk.files()
    desk.gate.world.clock.passes(timedelta(days=DAYS_TO_BE_LATE))
    urgent = await desk.files(severity=Severity.URGENT)
    ade = await signed_in(arrive, address, "Ade", width)
    hues = {}
    for ticket, kind in ((late, "late"), (urgent, "urgent")):
        await ade.page.goto(f"{address}/desk/cases/{ticket}")
        tag = ade.page.locator(f".tag.{kind}").first
        await expect(tag).to_be_visible()
        drawn = await tag.evaluate("one => getComputedStyle(one).backgroundColor")
        red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", drawn)[:3])
        hues[kind] = round(360 * colorsys.rgb_to_hls(red, green, blue)[0])
        await is_for_everybody(ade, f"{kind}-{width}")
    assert hues["urgent"] < RED_BELOW < hues["late"] < AMBER_BELOW, hues


@pytest.mark.parametrize("width", [1366, 390])
async def test_warnings_reasons_and_the_admins_numbers_are_for_everybody(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int
) -> None:
    desk, address = served
    ticket = await desk.files()
    await desk.does(ticket, CaseAction.RETURN, Actor(Role.AGENCY_ADMIN, "9", "dishub"), words="Ini jalan provinsi")
    other = await desk.files(category=None)
    await desk.understands(other, [["jalan", 0.8], ["parkir", 0.1]])
    desk.gate.world.clock.passes(timedelta(days=6))
    rina = await signed_in(arrive, address, "Rina", width)
    await expect(rina.page.get_by_text("Alasan dikembalikan: “Ini jalan provinsi”")).to_be_visible()
    await expect(rina.page.get_by_text("Terlambat: pemeriksaan")).to_have_count(2)  # which clock slipped
    await expect(rina.page.get_by_text("belum ada petugas di Dinas Pekerjaan Umum")).to_be_visible()
    await is_for_everybody(rina, f"warned-{width}")
    tia = await signed_in(arrive, address, "Tia", width)
    await expect(tia.page.get_by_role("table")).to_be_visible()
    await is_for_everybody(tia, f"admin-{width}")
    await tia.page.goto(f"{address}/desk/settings/people")
    for words in ("Instansi tanpa petugas", "Ubah nama, peran, atau instansi", "Alamat email"):
        await tia.page.get_by_text(words).first.click()
    await is_for_everybody(tia, f"people-{width}")
