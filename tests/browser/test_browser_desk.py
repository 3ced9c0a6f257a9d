"""The desk in Chromium: its main ways, by the keyboard alone and at a phone's width."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Page, expect

from actions.cases.actions import CaseAction
from actions.people.roles import Actor, Role
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.browser.visitors import Visitor
from tests.unit.people.officers import PASSWORD
from tests.unit.web_desk.desks import STORY, StaffedDesk, a_desk

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
ANSWER = "Dua lampu di depan pasar sudah diganti regu kami Selasa pagi, dan menyala lagi sejak malam itu."


@in_one_loop
async def served(tmp_path: Path, database: Path) -> AsyncIterator[tuple[StaffedDesk, str]]:
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        desk = await a_desk(tmp_path, database, public_url=address)
        await desk.gate.hires("Rina", Role.VERIFIER)
        await desk.gate.hires("Ina", Role.VERIFIER, agency="inspektorat")
        await desk.gate.hires("Budi", Role.LIAISON, agency="dishub")
        async with answering(desk.gate.house.app, listening):
            yield desk, address
            desk.gate.house.context.sse_signals.close()
        await desk.gate.house.closes()


async def signed_in(arrive: Arrive, address: str, name: str, width: int = 1200) -> Visitor:
    officer = await arrive(f"{address}/desk", viewport={"width": width, "height": 800})
    await officer.page.get_by_label("Nama").fill(name)
    await officer.page.get_by_label("Kata sandi").fill(PASSWORD)
    await officer.page.keyboard.press("Enter")
    await expect(officer.page.get_by_role("heading", level=1)).to_have_text("Meja petugas")
    return officer


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/desk-{name}.png", full_page=True)


async def test_a_verifier_forwards_by_keys_alone(served: tuple[StaffedDesk, str], arrive: Arrive) -> None:
    desk, address = served
    await desk.files("ada yang minta uang saat urus parkir di pasar", category="parkir", sensitive=True)
    similar = await desk.files()
    unknown = await desk.files(f"{STORY} sekali", category=None)
    await desk.understands(unknown, [["jalan", 0.4], ["penerangan_jalan", 0.3]])
    page = (await signed_in(arrive, address, "Ina")).page
    await expect(page.locator(".matter.here")).to_have_count(1)
    await page.keyboard.press("j")
    await expect(page.locator(".matter.here h2")).to_contain_text(unknown)
    await expect(page.locator(".matter.here .near")).to_contain_text(similar)
    await shot(page, "similar")
    await page.keyboard.press("k")
    await page.keyboard.press("a")
    await expect(page.get_by_role("status")).to_contain_text("diteruskan ke instansi")
    await expect(page.locator(".matter")).to_have_count(1)
    await expect(page.locator(".matter.here")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Laporan {unknown}")
    await expect(page.locator("html.js")).to_be_attached()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Tombol papan ketik")).to_contain_text("Kembali ke antrean")
    await shot(page, "keys")
    await page.keyboard.press("Escape")
    await page.keyboard.press("f")
    await page.keyboard.type("Dinas Perhubungan")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("heading", name="Periksa dulu")).to_be_visible()
    await expect(page.locator("[data-here]")).to_be_focused()
    await shot(page, "preview")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("diteruskan ke instansi")
    assert await desk.status(unknown) == "forwarded dishub"
    await expect(page.locator("html.js")).to_be_attached()
    await page.keyboard.press("u")
    await expect(page.locator("#rows")).to_contain_text("Tidak ada yang menunggu")


async def test_a_key_that_comes_too_late_opens_the_case_and_says_why(
    served: tuple[StaffedDesk, str], arrive: Arrive
) -> None:
    desk, address = served
    await desk.files(sensitive=True)
    ticket = await desk.files("ada yang minta uang saat urus parkir di pasar", category="parkir", sensitive=True)
    ina = await signed_in(arrive, address, "Ina")
    await ina.page.route("**/desk/live*", lambda route: route.abort())
    await desk.does(ticket, CaseAction.FORWARD, Actor(Role.VERIFIER, "9"), agency="inspektorat", why="by-hand")
    await ina.presses("j")
    await ina.presses("a")
    await expect(ina.page.get_by_role("heading", level=1)).to_have_text(f"Laporan {ticket}")
    await expect(ina.page.get_by_role("alert")).to_have_text("Itu tidak bisa dilakukan pada keadaan laporan sekarang.")
    ina.was_refused("409")


async def test_a_liaison_accepts_and_writes_how_far_it_is(served: tuple[StaffedDesk, str], arrive: Arrive) -> None:
    desk, address = served
    ticket = await desk.files()
    page = (await signed_in(arrive, address, "Budi")).page
    await expect(page.locator(".matter.here")).to_have_count(1)
    await page.keyboard.press("a")
    await expect(page.get_by_role("status")).to_contain_text("diterima untuk dikerjakan")
    await page.get_by_role("link", name=ticket).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"Laporan {ticket}")
    await expect(page.locator("html.js")).to_be_attached()
    await page.keyboard.press("n")
    await page.keyboard.type(ANSWER)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".look")).to_contain_text(ANSWER)
    await shot(page, "progress")
    await page.get_by_role("button", name="Kirim").click()
    await expect(page.locator(".steps")).to_contain_text("dibaca pelapor")
    await expect(page.locator("html.js")).to_be_attached()
    await page.keyboard.press("i")
    await page.keyboard.type("tukang lampu libur sampai Kamis")
    await page.get_by_role("button", name="Simpan catatan").click()
    await expect(page.locator(".notes")).to_contain_text("tukang lampu libur")
    await shot(page, "case")


async def test_a_new_case_and_a_colleague_show_by_themselves(served: tuple[StaffedDesk, str], arrive: Arrive) -> None:
    desk, address = served
    ticket = await desk.files()
    page = (await signed_in(arrive, address, "Budi")).page
    new = await desk.files("lampu di simpang kantor camat mati juga")
    await expect(page.locator("#rows")).to_contain_text(new)
    await expect(page.locator(".matter.here h2")).to_contain_text(ticket)
    await page.keyboard.press("Enter")
    other = (await signed_in(arrive, address, "Rina")).page
    await other.goto(f"{address}/desk/cases/{ticket}")
    await expect(page.locator("#live")).to_contain_text("Sedang dibuka juga oleh Rina")
    await desk.does(ticket, CaseAction.ADD, words="lampu ketiga juga")
    await expect(page.locator("#live")).to_contain_text("pelapor menambah keterangan")
    await shot(page, "live")
    await page.context.clear_cookies()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1366, "dark")])
async def test_every_page_can_be_used_by_everyone(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int, scheme: str
) -> None:
    desk, address = served
    ticket = await desk.files()
    await desk.files(f"{STORY} sekali")
    await desk.files("ada yang minta uang saat urus parkir di pasar", category="parkir", sensitive=True)
    await desk.files(category=None, secret=True)
    await desk.does(ticket, CaseAction.ACCEPT, Actor(Role.LIAISON, str(desk.gate.people["Budi"].id), "dishub"))
    for name, paths in {
        "Rina": ("", "?list=all", f"/cases/{ticket}", "/account"),
        "Budi": ("", f"/cases/{ticket}"),
    }.items():
        officer = await signed_in(arrive, address, name, width)
        await officer.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] - one of its literals
        for path in paths:
            await officer.page.goto(f"{address}/desk{path}")
            label = path.replace(ticket, "one").strip("/?").replace("/", "-").replace("=", "-") or "queue"
            await shot(officer.page, f"{name}-{label}-{width}-{scheme}")
            assert await officer.is_as_wide_as_the_window(), path
            assert await officer.barriers() == [], path


@pytest.mark.parametrize("width", [390, 1366])
async def test_one_time_codes_that_a_role_demands_are_turned_on_and_asked_for(
    served: tuple[StaffedDesk, str], arrive: Arrive, width: int
) -> None:
    desk, address = served
    ticket = await desk.files()
    desk.gate.context.totp_roles = frozenset({Role.LIAISON})
    officer = await arrive(f"{address}/desk", viewport={"width": width, "height": 800})
    page = officer.page
    await page.get_by_label("Nama").fill("Budi")
    await page.get_by_label("Kata sandi").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Peran Anda memerlukan kode sekali pakai")).to_be_visible()
    for path in (
        "",
        "/search",
        "/new",
        f"/cases/{ticket}",
        "/queue.xlsx?list=agency",
        "/queue.csv?list=agency",
        "/account",
    ):
        await page.goto(f"{address}/desk{path}")
        assert page.url == f"{address}/desk/account", path
    assert await officer.is_as_wide_as_the_window()
    assert await officer.barriers() == []
    await shot(page, f"codes-demanded-{width}")
    await page.get_by_role("button", name="Nyalakan kode sekali pakai").click()
    secret = (await page.locator("code").inner_text()).replace(" ", "")
    assert await officer.barriers() == []
    await shot(page, f"codes-{width}")
    await page.get_by_role("textbox", name="Kode sekali pakai").fill(pyotp.TOTP(secret).at(desk.gate.now()))
    await page.get_by_role("button", name="Nyalakan").click()
    await expect(page.get_by_role("status")).to_contain_text("sudah aktif")
    desk.gate.world.clock.passes(timedelta(seconds=30))
    await page.get_by_role("button", name="Keluar").click()
    await page.get_by_label("Nama").fill("Budi")
    await page.get_by_label("Kata sandi").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Kode sekali pakai")).to_be_focused()
    assert await officer.barriers() == []
    await shot(page, f"code-asked-{width}")
    await page.keyboard.type(pyotp.TOTP(secret).at(desk.gate.now()))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Meja petugas")


async def test_without_a_script_every_form_works(served: tuple[StaffedDesk, str], arrive: Arrive) -> None:
    desk, address = served
    ticket = await desk.files()
    officer = await arrive(f"{address}/desk", java_script_enabled=False)
    page = officer.page
    await page.get_by_label("Nama").fill("Budi")
    await page.get_by_label("Kata sandi").fill(PASSWORD)
    await page.get_by_role("button", name="Masuk").click()
    await page.get_by_role("button", name="Terima untuk dikerjakan").click()
    await page.get_by_role("link", name="Pekerjaan instansi").click()
    await page.get_by_role("link", name=ticket).click()
    await page.locator("#deed-note summary").click()
    await page.get_by_label("Kabar kemajuan untuk pelapor").fill(ANSWER)
    await page.locator("#deed-note").get_by_role("button", name="Lihat dulu").click()
    await page.get_by_role("button", name="Kirim").click()
    await expect(page.locator(".steps")).to_contain_text(ANSWER)
