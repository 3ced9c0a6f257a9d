"""Takes the pictures of docs/desk.md from a running service that `lapor demo` has filled.

`PASSWORD=… .venv/bin/python -m tests.browser.take_desk_pictures ADDRESS [FOLDER]`, where a verifier *Vera*
and a liaison *Lina* of `dlh` sign in with that password.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bot.configuration.settings import HOME
from tests.browser.chromium import CHROMIUM, OPTIONS

WIDE, PHONE = ({"width": width, "height": height} for width, height in ((1200, 900), (360, 760)))
PROGRESS = "Truk kami mengangkut tumpukan itu Senin pagi; sisanya diambil Kamis, lalu dipasang papan larangan."


async def take(address: str, password: str, folder: Path) -> None:
    """The verifier's list and a case, a liaison's on a phone, and a note as it will look."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        async with _signed_in(browser, address, "Vera", password, WIDE) as page:
            await page.screenshot(path=folder / "desk-queue.png")
            await page.keyboard.press("Enter")
            await page.get_by_role("heading", name="Cerita pelapor").wait_for()
            await page.screenshot(path=folder / "desk-case.png")
        async with _signed_in(browser, address, "Lina", password, PHONE) as page:
            await page.screenshot(path=folder / "desk-phone.png")
        async with _signed_in(browser, address, "Lina", password, WIDE) as page:
            await _shows_progress(page)
            await page.screenshot(path=folder / "desk-preview.png")
            await page.keyboard.press("?")
            await page.screenshot(path=folder / "desk-keys.png")
        await browser.close()


async def _shows_progress(page: Page) -> None:
    """The first case that is worked on, and a note on it."""
    at_work = page.locator(".matter", has_text="Sedang dikerjakan").first
    await at_work.get_by_role("link").first.click()
    await page.get_by_role("heading", name="Cerita pelapor").wait_for()
    await page.keyboard.press("n")
    await page.keyboard.type(PROGRESS)
    await page.keyboard.press("Control+Enter")
    await page.locator(".look").first.wait_for()


@asynccontextmanager
async def _signed_in(
    browser: Browser, address: str, name: str, password: str, size: dict[str, int]
) -> AsyncIterator[Page]:
    wishes = {"locale": "id-ID", "viewport": size, "has_touch": size is PHONE}
    context = await browser.new_context(**wishes)  # type: ignore[arg-type] - Playwright's own types
    page = await context.new_page()
    await page.goto(f"{address}/desk")
    await page.get_by_label("Nama").fill(name)
    await page.get_by_label("Kata sandi").fill(password)
    await page.keyboard.press("Enter")
    await page.locator("#rows").wait_for()
    yield page
    await context.close()


if __name__ == "__main__":
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else HOME / "docs" / "pictures"
    asyncio.run(take(sys.argv[1], os.environ["PASSWORD"], target))
