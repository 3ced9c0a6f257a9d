"""What an admin does with people, and what officers and anybody take along as a file, in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.web.public.routes import public_routers
from tests.browser.conftest import Arrive
from tests.browser.test_browser_desk_more import PHONE, SCREEN, is_for_everybody, opens, served, shot
from tests.unit.publication.newsroom import Newsroom
from tests.unit.web_desk.desks import cells
from tests.unit.web_desk_more.desk_office import DeskOffice

pytestmark = pytest.mark.slow
__all__ = ["served"]
MARK = "kuitansi palsu bernomor delapan"
"""Of a secret report: no file has it."""


async def downloaded(page: Page, address: str) -> bytes:
    """What the first link that begins so gives to take along."""
    async with page.expect_download() as coming:
        await page.locator(f'a[href*="{address}"]').first.click()
    return Path(await (await coming.value).path()).read_bytes()


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_an_admin_changes_a_persons_name_roles_and_agency_and_ends_her_sessions(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    lina = await opens(office, address, arrive, "Lina", "/desk", width)
    tia = await opens(office, address, arrive, "Tia", "/desk/settings/people", width)
    page = tia.page
    hers = page.get_by_role("listitem").filter(has_text="Lina")
    await hers.get_by_text("Ubah nama, peran, atau instansi").click()
    await hers.get_by_label("Nama", exact=True).fill("Lina Hadi")
    await hers.get_by_label("Verifikator").check()
    await hers.locator("select[name=agency]").select_option("dishub")
    await shot(page, f"settings-person-{width}")
    await is_for_everybody(tia)
    await hers.get_by_role("button", name="Simpan: Lina").click()
    now = page.get_by_role("listitem").filter(has_text="Lina Hadi")
    await expect(now).to_contain_text("Dinas Perhubungan")
    await expect(now).to_contain_text("verifikator")
    await now.get_by_role("button", name="Keluarkan dari semua perangkat").click()
    await expect(page.get_by_role("status")).to_be_visible()
    await shot(page, f"settings-people-done-{width}")
    await is_for_everybody(tia)
    await lina.page.goto(f"{address}/desk")
    await expect(lina.page.get_by_label("Kata sandi")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_a_list_and_a_year_are_taken_along_as_a_workbook_and_as_plain_figures(
    served: tuple[DeskOffice, str], arrive: Arrive, width: int
) -> None:
    office, address = served
    house = office.gate.house
    for router in public_routers(house.context, house.service.links, house.service.regency):
        house.app.include_router(router)
    mine = [(await office.files()).ticket for _ in range(2)]
    secret = await office.files(f"dimintai uang, {MARK}", secret=True, sensitive=True)
    vera = await opens(office, address, arrive, "Vera", "/desk", width)
    await is_for_everybody(vera)
    await vera.page.get_by_role("link", name="Semua yang berjalan").click()
    await expect(vera.page.get_by_text(mine[0])).to_be_visible()
    made = await downloaded(vera.page, "/desk/queue.xlsx")
    head, *rows = cells(made)
    assert head[:2] == ["Nomor tiket", "Status"]
    assert sorted(row[0] for row in rows) == sorted(mine)
    plain = (await downloaded(vera.page, "/desk/queue.csv")).decode("utf-8-sig")
    assert [line.split(",")[0] for line in plain.splitlines()] == [head[0], *(row[0] for row in rows)]
    assert [hidden for hidden in (MARK, secret.ticket) if hidden in plain + str(rows)] == []

    await Newsroom(office).crowd()
    await vera.page.goto(f"{address}/statistik")
    await is_for_everybody(vera)
    lines = (await downloaded(vera.page, ".csv?tahun=")).decode("utf-8-sig").splitlines()
    head, *rows = cells(await downloaded(vera.page, ".xlsx?tahun="))
    assert len(rows) == len(lines) - 1
    assert head[0] == lines[0].split(",")[0]
    assert MARK not in str(rows) + str(lines)
