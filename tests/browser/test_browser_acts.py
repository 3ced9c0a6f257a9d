"""What messages of talks do, in Chromium: from a citizen's talk to the data by keys alone, taken back by another."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.visitors import STORY, Visitor
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.unit.people.officers import PASSWORD

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
ADDED = "tambah satu lagi gelapnya sampai simpang"
"""At the card, of no act that the model is sure of."""
TRIES = 40


@in_one_loop
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with running_service(tmp_path, nlu="compiled") as running:
        for name in ("Rina", "Sari"):
            words = ("officer", "add", name, "--role", "trainer", "--password-stdin")
            assert (await lapor(tmp_path, *words, told=PASSWORD)).code == 0
        yield running


async def signed_in(arrive: Arrive, service: Service, name: str, page: str, width: int) -> Visitor:
    trainer = await arrive(f"{service.address}/trainer{page}", viewport={"width": width, "height": 800})
    await trainer.signs_in(name, PASSWORD)
    await expect(trainer.page.get_by_role("navigation").first).to_be_visible()
    await trainer.page.wait_for_load_state()
    return trainer


async def looks_right(trainer: Visitor, name: str) -> None:
    if SHOTS:
        await trainer.page.screenshot(path=f"{SHOTS}/talks-{name}.png", full_page=True)
    assert await trainer.is_as_wide_as_the_window(), name
    assert await trainer.barriers() == [], name


async def tells_and_sends(arrive: Arrive, service: Service) -> None:
    siti = await arrive(service.address)
    await siti.says(f"{STORY} di petung")
    await siti.reads("Penerangan jalan")
    await siti.says(ADDED)
    await siti.reads("simpang")
    await siti.button("Kirim").last.click()
    await siti.reads("Laporan terkirim")


async def is_gathered(page: Page) -> None:
    """Samples are made every few seconds, behind the chat."""
    for _ in range(TRIES):
        if await page.get_by_text(ADDED).count():
            return
        await page.wait_for_timeout(500)
        await page.reload()
    pytest.fail("no message of the talk has come")


@pytest.mark.manual("trainer-talks")
@pytest.mark.parametrize("width", [1366, 390])
async def test_what_a_message_of_a_talk_does_is_said_by_keyboard_saved_and_taken_back_by_another(
    service: Service, arrive: Arrive, width: int
) -> None:
    await tells_and_sends(arrive, service)
    trainer = await signed_in(arrive, service, "Rina", "/acts", width)
    page = trainer.page
    await expect(page.get_by_role("heading", level=1)).to_have_text("Percakapan")
    await is_gathered(page)
    card = page.locator(".sample", has_text=ADDED)
    await expect(card.locator(".tag")).to_have_text("laporan tampil, tinggal dikirim")
    await expect(card.locator(".guess")).to_contain_text("bercerita")
    await looks_right(trainer, f"cards-{width}")
    while ADDED not in await page.locator(".sample.here .words").inner_text():
        await trainer.presses("j")
    await trainer.presses("1")
    await expect(page.locator(".said")).to_contain_text("bercerita tercatat, menunggu disimpan")
    await trainer.presses("u")
    await expect(card).to_be_visible()
    await trainer.presses("o")
    await page.keyboard.type("takut")
    await expect(page.locator(".sample.here select[name=other]")).to_have_value("afraid")
    await page.keyboard.press("Enter")
    await expect(page.locator(".said").last).to_contain_text("takut akibatnya tercatat")
    await trainer.presses("u")
    await expect(card).to_be_visible()
    await trainer.presses("1")
    await expect(page.locator(".said").last).to_contain_text("bercerita tercatat")
    await page.goto(f"{service.address}/trainer/data")
    await expect(page.get_by_text(ADDED)).to_be_visible()
    await looks_right(trainer, f"data-{width}")
    await page.get_by_role("button", name="Simpan percakapan").click()
    await expect(page.get_by_role("status")).to_contain_text("Tersimpan: 1 kalimat baru")
    file = service.folder / "var" / "nlu" / "acts" / "card.yml"
    assert f"- asked: card\n  act: tell\n  examples: |\n    - {ADDED}\n" in file.read_text(encoding="utf-8")
    assert "· Rina · " in file.read_text(encoding="utf-8")
    second = await signed_in(arrive, service, "Sari", "/data", width)
    await second.page.get_by_role("button", name="Ambil kembali perubahan ini").click()
    await expect(second.page.get_by_role("status")).to_contain_text("1 kalimat keluar dari data")
    await expect(second.page.get_by_text(ADDED)).to_be_visible()
    assert not file.exists()
