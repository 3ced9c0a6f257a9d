"""Draws the icons of an installed page from `icon.svg`: `.venv/bin/python -m tests.browser.draw_icons`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PIL import Image
from playwright.async_api import async_playwright

from tests.browser.chromium import CHROMIUM, OPTIONS

STATIC = Path(__file__).parents[2] / "bot" / "web" / "static"


async def draw(sizes: tuple[int, ...] = (192, 512)) -> None:
    """One PNG for each size, in few colours."""
    svg = (STATIC / "icon.svg").read_text(encoding="utf-8")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for size in sizes:
            page = await browser.new_page(viewport={"width": size, "height": size})
            await page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:100vw;height:100vh}}</style>{svg}")
            file = STATIC / f"icon-{size}.png"
            await page.screenshot(path=file)
            with Image.open(file) as drawn:
                few = drawn.convert("RGB").quantize(24)
            few.save(file, optimize=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(draw())
