"""Takes pictures of a real talk: `.venv/bin/python -m tests.browser.take_pictures FOLDER`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import served
from tests.browser.visitors import Visitor
from tests.talks.database import new_database

SIZES = {"desk": {"width": 1000, "height": 720}, "phone": {"width": 320, "height": 640}}
PLACE = {"latitude": -1.2571, "longitude": 116.6712}


async def take(folder: Path) -> None:
    """One picture a screen, size and light."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for size in SIZES:
            for light in ("light", "dark"):
                await _talk(browser, folder, size, light)
        await browser.close()


async def _talk(browser: Browser, folder: Path, size: str, light: str) -> None:
    home = Path(tempfile.mkdtemp())
    photo = home / "lampu.jpg"
    Image.new("RGB", (64, 48), (40, 90, 120)).save(photo)
    async with served(home, file=await new_database()) as (_, address):
        context = await browser.new_context(
            locale="id-ID",
            viewport=SIZES[size],  # type: ignore[arg-type]
            color_scheme=light,  # type: ignore[arg-type]
            device_scale_factor=2,
            geolocation=PLACE,  # type: ignore[arg-type]
            permissions=["geolocation"],
        )
        siti = await Visitor.arrives(context, address)

        async def picture(name: str) -> None:
            await siti.page.wait_for_timeout(400)
            await siti.page.screenshot(path=folder / f"{name}-{size}-{light}.png")

        await siti.reads("Halo!")
        await picture("1-welcome")
        await siti.says("lampu jalan mati sudah 2 minggu, gelap sekali")
        await siti.reads("Di mana itu?")
        await picture("2-place")
        await siti.button("Bagikan lokasi").click()
        await siti.reads("Lokasi dicatat")
        await siti.page.set_input_files("#files", photo)
        await siti.page.get_by_role("button", name="Kirim pesan").click()
        await siti.reads("Lampiran: 1 foto")
        await siti.page.locator(".ours img").wait_for()
        await picture("3-card")
        await siti.button("Kirim").click()
        await siti.log.get_by_role("button", name=re.compile("Salin")).wait_for()
        await picture("4-filed")
        await siti.page.locator("summary").click()
        await picture("5-menu")
        await siti.page.keyboard.press("Escape")
        await context.set_offline(True)
        await siti.says("ada kebakaran di rumah warga, tolong")
        await picture("6-waiting")
        await context.set_offline(False)
        await siti.reads("telepon dulu")
        await picture("7-danger")
        await context.close()


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "pictures")
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(target))
