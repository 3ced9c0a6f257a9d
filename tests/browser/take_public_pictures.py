"""Takes the pictures of docs/open-data.md from a running service that `lapor demo` has filled.

`.venv/bin/python -m tests.browser.take_public_pictures http://127.0.0.1:8080 REPORT.html [FOLDER]`, where the report is
what `lapor report` has written.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from bot.configuration.settings import HOME
from tests.browser.chromium import CHROMIUM, OPTIONS

WIDE, PHONE, PAPER = ({"width": width, "height": height} for width, height in ((1200, 900), (360, 760), (800, 1000)))


async def take(address: str, report: Path, folder: Path) -> None:
    """The numbers, on a wide window and a phone; the list with its map; the paper."""
    pages = {
        "public-statistics": (f"{address}/statistik", WIDE),
        "public-statistics-phone": (f"{address}/statistik", PHONE),
        "public-list": (f"{address}/laporan", WIDE),
        "public-report": (report.resolve().as_uri(), PAPER),
    }
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name, (page, size) in pages.items():
            opened = await browser.new_page(locale="id-ID", viewport=size)  # type: ignore[arg-type]
            await opened.goto(page)
            await opened.screenshot(path=folder / f"{name}.png")
        await browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[3]) if len(sys.argv) > 3 else HOME / "docs" / "pictures"
    asyncio.run(take(sys.argv[1], Path(sys.argv[2]), target))
