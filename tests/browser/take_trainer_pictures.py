"""Takes the pictures of docs/trainers.md from a real run: `.venv/bin/python -m tests.browser.take_trainer_pictures`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from actions.people.roles import Role
from bot.configuration.settings import HOME
from bot.training.corpus.corpus import CorpusReader
from bot.web.shared.server import listen
from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import answering
from tests.talks.database import new_database
from tests.unit.people.officers import PASSWORD
from tests.unit.trainers.rooms import OfficersSession, a_room

SIZE = {"width": 1200, "height": 760}
SAID = (
    ("lampu jalan di gang kami kerlap kerlip tiap malam, lalu mati total", "penerangan_jalan", "listrik_energi"),
    ("parit depan rumah penuh eceng gondok, air hujan tidak bisa lewat", "drainase_banjir", None),
    ("truk sawit lewat kampung tengah malam, bising dan debunya minta ampun", "lalu_lintas_transportasi", None),
)


async def take(folder: Path) -> None:
    """The inbox, and what would be saved."""
    home = Path(tempfile.mkdtemp())
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        room = await a_room(home, await new_database(), address)
        await _prepare(room)
        async with answering(room.gate.house.app, listening):
            await _visit(address, folder)
            room.gate.house.context.sse_signals.close()
        await room.gate.house.closes()


async def _prepare(room: OfficersSession) -> None:
    """The project's own data and rules, a trainer, and messages."""
    data = HOME / "data" / "nlu"
    room.handlers.folder.reader = CorpusReader(data, room.own)
    room.own.mkdir()
    (room.own / "README.md").write_text((data / "aturan.md").read_text("utf-8"), "utf-8")
    await room.gate.hires("Rina", Role.TRAINER)
    for text, guess, chosen in SAID:
        ranked = [[guess, 0.44], ["jalan", 0.31], ["lingkungan", 0.1], ["ketertiban_umum", 0.05]]
        await room.gathers(text, categories=ranked, chosen={"category": chosen} if chosen else {})


async def _visit(address: str, folder: Path) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = await browser.new_page(locale="id-ID", viewport=SIZE)  # type: ignore[arg-type]
        await page.goto(f"{address}/trainer")
        await page.get_by_label("Nama").fill("Rina")
        await page.get_by_label("Kata sandi").fill(PASSWORD)
        await page.get_by_role("button", name="Masuk").click()
        await page.locator(".sample.here").wait_for()
        await page.evaluate("scrollTo(0, 0)")
        await page.screenshot(path=folder / "trainers-inbox.png")
        for number in (1, 2):
            await page.keyboard.press("1")
            await page.locator(".said").nth(number - 1).wait_for()
        await page.goto(f"{address}/trainer/data")
        await page.screenshot(path=folder / "trainers-data.png")
        await browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "docs" / "pictures"
    asyncio.run(take(target))
