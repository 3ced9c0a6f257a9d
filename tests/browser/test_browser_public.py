"""The public numbers, the list of cases and the paper in Chromium: without a script, on a small phone, printed."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.cases.case import Location
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.unit.web_public.hall import Hall, a_hall

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
PLACES = (
    Location(district="64.09.01", village="64.09.01.1003"),
    Location(district="64.09.02", village="64.09.02.2001"),
)


@in_one_loop
async def opened(tmp_path: Path, database: Path) -> AsyncIterator[tuple[Hall, str]]:
    """A hall with enough cases to show numbers, pictures and a second page."""
    with listen("127.0.0.1", 0) as listening:
        async with a_hall(tmp_path, database) as hall:
            for place in PLACES:
                await hall.files(7, category="sampah", location=place)
                await hall.answered(6, rating=4, category="jalan", location=place)
            async with answering(hall.office.house.app, listening):
                yield hall, f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
@pytest.mark.parametrize("page", ["statistik", "laporan", "laporan?lang=en&status=closed", "statistik?lang=en"])
async def test_every_page_can_be_read_by_everyone(
    opened: tuple[Hall, str], arrive: Arrive, width: int, scheme: str, page: str
) -> None:
    visitor = await arrive(
        f"{opened[1]}/{page}",
        viewport={"width": width, "height": 760},
        color_scheme=scheme,
    )
    if SHOTS:
        await visitor.page.screenshot(path=f"{SHOTS}/{page.replace('?', '-')}-{width}.png", full_page=True)
    for summary in await visitor.page.locator("summary").all():
        await summary.click()
    assert await visitor.is_as_wide_as_the_window()
    assert await visitor.barriers() == []


async def test_cases_are_found_by_filters_without_a_script(opened: tuple[Hall, str], arrive: Arrive) -> None:
    visitor = await arrive(f"{opened[1]}/statistik", java_script_enabled=False, viewport={"width": 360, "height": 760})
    await visitor.page.get_by_role("link", name="Laporan warga").click()
    await visitor.page.get_by_text("Saring laporan").click()  # folded: the list begins with reports
    await visitor.page.get_by_label("Kategori").select_option("jalan")
    await visitor.page.get_by_role("button", name="Tampilkan").click()
    await expect(visitor.page).to_have_url(f"{opened[1]}/laporan?instansi=&kategori=jalan&kecamatan=&status=&bulan=")
    await expect(visitor.page.locator(".cases li")).to_have_count(12)
    await visitor.page.locator(".cases a").first.click()
    await expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Jalan")


async def test_a_page_further_back_is_a_link(opened: tuple[Hall, str], arrive: Arrive) -> None:
    visitor = await arrive(f"{opened[1]}/laporan", java_script_enabled=False)
    await visitor.page.get_by_role("link", name="Lebih lama").click()
    await expect(visitor.page.locator(".cases li")).to_have_count(6)
    await visitor.page.get_by_role("link", name="Ke yang terbaru").click()
    await expect(visitor.page.locator(".cases li")).to_have_count(20)
