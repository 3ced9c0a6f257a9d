"""Takes the pictures of search, redaction, counter and settings in docs/desk.md, as `take_desk_pictures` does.

`PASSWORD=… .venv/bin/python -m tests.browser.take_desk_more_pictures ADDRESS [FOLDER]`, where a verifier *Vera*, a
moderator *Modi* and an admin *Tia* sign in with that password.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.configuration.settings import HOME
from tests.browser.chromium import CHROMIUM, OPTIONS

WIDE, PHONE = ({"width": width, "height": height} for width, height in ((1200, 900), (360, 760)))
STORY = "Lampu jalan di depan balai desa mati sejak Senin, anak-anak pulang mengaji dalam gelap"


async def take(address: str, password: str, folder: Path) -> None:
    """A search, a slip, a preview of what others read, and a deadline that is being changed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = await _signed_in(browser, address, "Vera", password, WIDE)
        await page.goto(f"{address}/desk/search?kata=jalan")
        await page.screenshot(path=folder / "desk-search.png")
        found = await page.locator(".hits a").first.get_attribute("href")
        await _files(page, address)
        await page.screenshot(path=folder / "desk-slip.png")
        page = await _signed_in(browser, address, "Modi", password, PHONE)
        await page.goto(f"{address}{found}/redact")
        await page.get_by_label("Judul untuk umum").fill("Jalan rusak di Kecamatan Penajam")
        await page.get_by_label("Alasan").fill("Judul supaya mudah ditemukan warga lain")
        await page.get_by_role("button", name="Lihat dulu").click()
        await page.locator(".look").wait_for()
        await page.screenshot(path=folder / "desk-redact-phone.png")
        page = await _signed_in(browser, address, "Tia", password, WIDE)
        await page.goto(f"{address}/desk/settings/files/deadlines.toml")
        await page.get_by_label("Memeriksa laporan baru").fill("2")
        await page.get_by_role("button", name="Lihat perubahannya").first.click()
        await page.locator("ins").last.wait_for()
        await page.screenshot(path=folder / "desk-settings.png")
        await browser.close()


async def _files(page: Page, address: str) -> None:
    """A telephone call becomes a case."""
    await page.goto(f"{address}/desk/new")
    await page.get_by_label("Telepon").check()
    await page.get_by_label("Cerita pelapor").fill(STORY)
    await page.get_by_label("Kategori").select_option("penerangan_jalan")
    await page.get_by_label("Pelapor tahu dan setuju").check()
    await page.get_by_role("button", name="Periksa").click()
    await page.get_by_role("button", name="Masukkan laporan").click()
    await page.locator(".slip").wait_for()


async def _signed_in(browser: Browser, address: str, name: str, password: str, size: dict[str, int]) -> Page:
    context = await browser.new_context(locale="id-ID", viewport=size)  # type: ignore[arg-type] - Playwright's own types
    page = await context.new_page()
    await page.goto(f"{address}/desk")
    await page.get_by_label("Nama").fill(name)
    await page.get_by_label("Kata sandi").fill(password)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Keluar").wait_for()
    return page


if __name__ == "__main__":
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else HOME / "docs" / "pictures"
    asyncio.run(take(sys.argv[1], os.environ["PASSWORD"], target))
