"""The page of a case and the form that finds one, in Chromium: without a script, small, on paper; no link is told."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Request, expect

from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.talks.talk_file import Settings
from tests.talks.world import World, mistyped
from tests.unit.web_case.cases import STORY, CaseOffice, an_office

pytestmark = pytest.mark.slow
PHONE = {"width": 320, "height": 640}
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""


@in_one_loop
async def office(tmp_path: Path, database: Path) -> AsyncIterator[tuple[CaseOffice, str]]:
    with listen("127.0.0.1", 0) as listening:
        opened = await an_office(tmp_path, database, World(Settings()))
        async with answering(opened.house.app, listening):
            yield opened, f"http://127.0.0.1:{listening.getsockname()[1]}"
        await opened.house.closes()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1000, "dark")])
async def test_every_page_can_be_read_by_everyone(
    office: tuple[CaseOffice, str], arrive: Arrive, width: int, scheme: str
) -> None:
    at, address = office
    public, secret = await at.files(), await at.files(secret=True)
    pages = {
        "public": f"/t/{public.ticket}",
        "own": at.key(public),
        "secret": f"{at.key(secret)}&lang=en",
        "missing": f"/t/{secret.ticket}?lang=id",
        "check": "/cek",
        "wrong": f"/cek?ticket={mistyped(public.ticket)}",
    }
    for name, page in pages.items():
        visitor = await arrive(f"{address}{page}", viewport={"width": width, "height": 640}, color_scheme=scheme)
        visitor.was_refused("4")
        if SHOTS:
            await visitor.page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
        assert await visitor.is_as_wide_as_the_window(), name
        assert await visitor.barriers() == [], name


@pytest.mark.parametrize("width", [1366, 390])
async def test_late_is_said_after_the_day_that_she_was_promised_and_of_no_clock_of_the_offices(
    office: tuple[CaseOffice, str], arrive: Arrive, width: int
) -> None:
    at, address = office
    case = await at.files()
    day = case.deadline - at.world.clock().date()
    for days, words in (
        (day, "paling lambat Senin, 14 Desember 2026"),
        (timedelta(days=1), "seharusnya paling lambat Senin, 14 Desember 2026. Tenggat itu sudah lewat."),
    ):
        at.world.clock.passes(days)
        visitor = await arrive(f"{address}{at.key(case)}", viewport={"width": width, "height": 768})
        answered = visitor.page.locator("dt", has_text="Dijawab").locator("xpath=following-sibling::dd[1]")
        await expect(answered).to_have_text(words)
        if SHOTS:
            await visitor.page.screenshot(path=f"{SHOTS}/late-{days.days}-{width}.png", full_page=True)
        assert await visitor.is_as_wide_as_the_window()
        assert await visitor.barriers() == []


async def test_a_number_is_found_without_a_script_and_in_another_language(
    office: tuple[CaseOffice, str], arrive: Arrive
) -> None:
    at, address = office
    case = await at.files()
    visitor = await arrive(f"{address}/cek", java_script_enabled=False, viewport=PHONE)
    await visitor.page.get_by_label("Nomor tiket").fill(case.ticket.lower().replace("-", " "))
    await visitor.page.get_by_role("button", name="Lihat laporan").click()
    await expect(visitor.page).to_have_url(f"{address}/t/{case.ticket}")
    await expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Kecamatan Penajam")
    await visitor.page.get_by_role("link", name="English").click()
    await expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Penajam district")


async def test_her_page_can_be_printed(office: tuple[CaseOffice, str], arrive: Arrive) -> None:
    at, address = office
    visitor = await arrive(f"{address}{at.key(await at.files())}", viewport={"width": 700, "height": 900})
    await visitor.page.emulate_media(media="print")
    if SHOTS:
        await visitor.page.screenshot(path=f"{SHOTS}/print.png", full_page=True)
    await expect(visitor.page.get_by_text(STORY)).to_be_visible()
    await expect(visitor.page.get_by_role("img", name="Kode QR")).to_be_visible()
    await expect(visitor.page.get_by_role("link", name="Cek nomor lain")).to_be_hidden()
    assert await visitor.page.evaluate("document.querySelector('.share img').naturalWidth") > 0


async def test_no_request_after_her_page_tells_its_link(office: tuple[CaseOffice, str], arrive: Arrive) -> None:
    at, address = office
    case = await at.files()
    key = at.links.key(case.ticket)
    visitor = await arrive(f"{address}{at.key(case)}")
    asked = list[Request]()

    def note(request: Request) -> None:
        asked.append(request)

    visitor.page.on("request", note)
    elsewhere = address.replace("127.0.0.1", "localhost")
    outgoing = [f"{address}/cek", f"{elsewhere}/cek"]
    for target in outgoing:
        await visitor.page.goto(f"{address}{at.key(case)}")
        asked.clear()
        link = await visitor.page.locator('a[href="/cek"], a[href="/laporan"], a[href="/"]').first.element_handle()
        await link.evaluate("(link, target) => { link.href = target }", target)
        async with visitor.page.expect_navigation(url=target):
            await link.click()
        told = [await request.all_headers() for request in asked]
        assert told
        assert [head for head in told if key in str(head)] == []
        assert (await asked[0].all_headers()).get("referer", "") == ""
        assert await visitor.page.evaluate("document.referrer") == ""
        assert [request.url for request in asked if key in request.url] == []
