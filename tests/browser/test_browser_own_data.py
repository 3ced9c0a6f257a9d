"""A citizen reads all that is kept of her on her telephone, and has it deleted with her thumb."""

from __future__ import annotations

import os

import pytest
from playwright.async_api import expect

from bot.web.chat.own_data import own_data_router
from tests.browser.conftest import Arrive
from tests.browser.visitors import STORY
from tests.unit.web.doors import House

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""


@pytest.fixture
def open_house(house: tuple[House, str]) -> str:
    """With the page of a visitor's own data; its address."""
    served, address = house
    served.app.include_router(own_data_router(served.context, served.service.documents))
    return address


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
async def test_everybody_can_read_what_is_kept_of_her(open_house: str, arrive: Arrive, width: int, scheme: str) -> None:
    siti = await arrive(open_house, viewport={"width": width, "height": 760}, color_scheme=scheme)
    await siti.says(STORY)
    await expect(siti.log).to_contain_text("Laporan Anda")
    await siti.page.goto(f"{open_house}/data-saya")
    await expect(siti.page.get_by_role("heading", name="Data Anda di layanan Lapor")).to_be_visible()
    await expect(siti.page.locator("body")).to_contain_text(STORY)
    if SHOTS:
        await siti.page.screenshot(path=f"{SHOTS}/own-data-{width}.png", full_page=True)
    assert await siti.is_as_wide_as_the_window()
    assert await siti.barriers() == []


async def test_with_one_thumb_her_data_is_gone(open_house: str, arrive: Arrive) -> None:
    siti = await arrive(open_house, viewport={"width": 360, "height": 640})
    await siti.says(STORY)
    await expect(siti.log).to_contain_text("Laporan Anda")
    await siti.says("hapus data saya")
    await siti.button("Ya, hapus semuanya").click()
    await expect(siti.log).to_contain_text("Data Anda sudah dihapus")
    if SHOTS:
        await siti.page.screenshot(path=f"{SHOTS}/forgotten-360.png")
    await siti.page.goto(f"{open_house}/data-saya")
    await expect(siti.page.get_by_role("heading", name="Data Anda di layanan Lapor")).to_be_visible()
    await expect(siti.page.locator("body")).not_to_contain_text(STORY)
