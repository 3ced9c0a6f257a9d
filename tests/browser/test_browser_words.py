"""Words that the model does not know, in Chromium: written out by keys alone, seen and undone by another trainer."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from actions.store.engine.database import Database
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.visitors import Visitor
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.unit.models.test_model_watching import a_sample
from tests.unit.people.officers import PASSWORD

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
MESSAGES = ("sampahh menumpuk lagi di gang", "tolong sampahh diangkut", "bau sampahh menyengat", "jalannyo bolong")
MOST_TABS = 60


@in_one_loop
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running_service(tmp_path, nlu="compiled") as running:
        for name in ("Rina", "Sari"):
            words = ("officer", "add", name, "--role", "trainer", "--password-stdin")
            assert (await lapor(tmp_path, *words, told=PASSWORD)).code == 0
        database = Database(f"sqlite:///{running.database}")
        for text in MESSAGES:
            await a_sample(database, text, at=datetime.now(UTC))
        await database.close()
        yield running


async def signed_in(arrive: Arrive, service: Service, name: str, width: int) -> Visitor:
    wishes = {"viewport": {"width": width, "height": 800}}
    trainer = await arrive(f"{service.address}/trainer/words", **wishes)
    await trainer.signs_in(name, PASSWORD)
    await expect(trainer.page.get_by_role("heading", level=1)).to_have_text("Kata & ejaan")
    return trainer


async def tabs_to(page: Page, name: str) -> None:
    """Press Tab until a button or field of this name has the focus."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText")
        if name == " ".join(focused.split()):
            return
    pytest.fail(f"no {name} within {MOST_TABS} presses")


async def looks_right(trainer: Visitor, name: str) -> None:
    if SHOTS:
        await trainer.page.screenshot(path=f"{SHOTS}/words-{name}.png", full_page=True)
    assert await trainer.is_as_wide_as_the_window(), name
    assert await trainer.barriers() == [], name


@pytest.mark.parametrize("width", [1366, 390])
async def test_an_unknown_word_is_written_out_by_keyboard_and_undone_by_another(
    service: Service, arrive: Arrive, width: int
) -> None:
    rina = await signed_in(arrive, service, "Rina", width)
    page = rina.page
    await expect(page.get_by_role("heading", name="sampahh")).to_contain_text("3")
    await looks_right(rina, f"listed-{width}")
    await tabs_to(page, "artinya sampah")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("“sampahh” artinya “sampah”")
    await expect(page.get_by_role("heading", name="sampahh")).to_have_count(0)
    await page.get_by_label("Kata", exact=True).focus()
    await page.keyboard.type("jalan")
    await page.keyboard.press("Tab")
    await page.keyboard.type("sampah")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("model sudah mengenal “jalan”")
    rina.was_refused("422")
    await looks_right(rina, f"refused-{width}")

    sari = await signed_in(arrive, service, "Sari", width)
    row = sari.page.get_by_role("row").filter(has_text="sampahh")
    await expect(row).to_contain_text("Rina")
    await expect(row).to_contain_text("menunggu latihan")
    await tabs_to(sari.page, "Cari kata, arti, atau nama")
    await sari.page.keyboard.type("rina")
    await sari.page.keyboard.press("Enter")
    await sari.page.wait_for_url("**/trainer/words?kata=rina")
    await tabs_to(sari.page, "Keluarkan sampahh")
    await sari.page.keyboard.press("Enter")
    await expect(sari.page.get_by_role("status")).to_contain_text("“sampahh” dikeluarkan dari tabel.")
    await looks_right(sari, f"removed-{width}")
    await tabs_to(sari.page, "Urungkan")
    await sari.page.keyboard.press("Enter")
    await expect(sari.page.get_by_role("status")).to_contain_text("“sampahh” artinya “sampah”")
    await expect(row).to_contain_text("Sari")
    await looks_right(sari, f"undone-{width}")
