"""Takes the pictures in README and `docs/`: `python -m tests.browser.take_pictures SET [ADDRESS] [--folder FOLDER]`.

The sets `talk`, `trainers` and `manuals` start a service of their own, the last of `docs/manuals/`, in each language,
for `--folder docs/manuals/pictures`. `desk` and `public` photograph a running one that `lapor demo` has filled:
for `desk` its verifier *Vera*, its liaison *Lina* of `dlh`, its moderator *Modi* and its admin *Tia* sign in with the
password in `PASSWORD`; for `public`, `--report` names the page that `lapor report` has written.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from actions.people.roles import Role
from bot.configuration.settings import HOME
from bot.training.corpus.corpus import CorpusReader
from bot.web.shared.server import listen
from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import answering, served
from tests.browser.manual_pictures import take_manuals
from tests.browser.visitors import Visitor
from tests.talks.database import new_database
from tests.unit.people import officers
from tests.unit.trainers.rooms import OfficersSession, a_room

Steps = Callable[[Page], Awaitable[object]]

WIDE, PHONE, PAPER = ({"width": width, "height": height} for width, height in ((1200, 900), (360, 760), (800, 1000)))
TALK_SIZES = {"desk": {"width": 1000, "height": 720}, "phone": {"width": 320, "height": 640}}
PLACE = {"latitude": -1.2571, "longitude": 116.6712}
STORY = "Lampu jalan di depan balai desa mati sejak Senin, anak-anak pulang mengaji dalam gelap"
PROGRESS = "Truk kami mengangkut tumpukan itu Senin pagi; sisanya diambil Kamis, lalu dipasang papan larangan."
SAID = (
    ("lampu jalan di gang kami kerlap kerlip tiap malam, lalu mati total", "penerangan_jalan", "listrik_energi"),
    ("parit depan rumah penuh eceng gondok, air hujan tidak bisa lewat", "drainase_banjir", None),
    ("truk sawit lewat kampung tengah malam, bising dan debunya minta ampun", "lalu_lintas_transportasi", None),
)


async def _at_once(page: Page) -> None:
    """Takes the page as it opens."""
    del page


async def _opens_the_first(page: Page) -> None:
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Cerita pelapor").wait_for()


async def _shows_progress(page: Page) -> None:
    """A note on the first case that is worked on, as it will look."""
    at_work = page.locator(".matter", has_text="Sedang dikerjakan").first
    await at_work.get_by_role("link").first.click()
    await page.get_by_role("heading", name="Cerita pelapor").wait_for()
    await page.keyboard.press("n")
    await page.keyboard.type(PROGRESS)
    await page.keyboard.press("Control+Enter")
    await page.locator(".look").first.wait_for()


async def _shows_keys(page: Page) -> None:
    await _shows_progress(page)
    await page.keyboard.press("?")


async def _files(page: Page) -> None:
    """A telephone call becomes a case."""
    await page.get_by_label("Telepon").check()
    await page.get_by_label("Cerita pelapor").fill(STORY)
    await page.get_by_label("Kategori").select_option("penerangan_jalan")
    await page.get_by_label("Pelapor tahu dan setuju").check()
    await page.get_by_role("button", name="Periksa").click()
    await page.get_by_role("button", name="Masukkan laporan").click()
    await page.locator(".slip").wait_for()


async def _redacts(page: Page) -> None:
    """What others will read of the first case that was found."""
    found = await page.locator(".hits a").first.get_attribute("href")
    await page.goto(f"{page.url.split('/desk')[0]}{found}/redact")
    await page.get_by_label("Judul untuk umum").fill("Lampu jalan mati di Kecamatan Penajam")
    await page.get_by_label("Alasan").fill("Judul supaya mudah ditemukan warga lain")
    await page.get_by_role("button", name="Lihat dulu").click()
    await page.locator(".look").wait_for()


async def _changes_a_deadline(page: Page) -> None:
    await page.get_by_label("Memeriksa laporan baru").fill("2")
    await page.get_by_role("button", name="Lihat perubahannya").first.click()
    await page.locator("ins").last.wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a running service.

    Attributes:
        name: of the file, without its ending.
        path: the page that is opened; "" is the report given by `--report`.
        size: of the window.
        who: signs in first; "" for a page that needs no account.
        steps: what is done on the page before the picture is taken.
    """

    name: str
    path: str
    size: dict[str, int]
    who: str = ""
    steps: Steps = _at_once


PICTURES: dict[str, Sequence[Picture]] = {
    "desk": (
        Picture("desk-queue", "/desk", WIDE, "Vera"),
        Picture("desk-case", "/desk", WIDE, "Vera", _opens_the_first),
        Picture("desk-phone", "/desk", PHONE, "Lina"),
        Picture("desk-preview", "/desk", WIDE, "Lina", _shows_progress),
        Picture("desk-keys", "/desk", WIDE, "Lina", _shows_keys),
        Picture("desk-search", "/desk/search?kata=jalan", WIDE, "Vera"),
        Picture("desk-slip", "/desk/new", WIDE, "Vera", _files),
        Picture("desk-redact-phone", "/desk/search?kata=jalan", PHONE, "Modi", _redacts),
        Picture("desk-settings", "/desk/settings/files/deadlines.toml", WIDE, "Tia", _changes_a_deadline),
    ),
    "public": (
        Picture("public-statistics", "/statistik", WIDE),
        Picture("public-statistics-phone", "/statistik", PHONE),
        Picture("public-list", "/laporan", WIDE),
        Picture("public-report", "", PAPER),
    ),
}


async def take(browser: Browser, picture: Picture, address: str, report: Path, folder: Path) -> None:
    """One picture, in a browser window of its own."""
    wishes = {"locale": "id-ID", "viewport": picture.size, "has_touch": picture.size is PHONE}
    context = await browser.new_context(**wishes)  # type: ignore[arg-type] - Playwright's own types
    page = await context.new_page()
    if picture.who:
        await _signs_in(page, f"{address}/desk", picture.who, os.environ["PASSWORD"])
        await page.get_by_role("button", name="Keluar").wait_for()
    await page.goto(f"{address}{picture.path}" if picture.path else report.resolve().as_uri())
    await picture.steps(page)
    await page.screenshot(path=folder / f"{picture.name}.png")
    await context.close()


async def _signs_in(page: Page, address: str, name: str, password: str) -> None:
    await page.goto(address)
    await page.get_by_label("Nama").fill(name)
    await page.get_by_label("Kata sandi").fill(password)
    await page.keyboard.press("Enter")


async def take_talk(browser: Browser, folder: Path, size: str, light: str) -> None:
    """A whole talk, a picture a screen."""
    home = Path(tempfile.mkdtemp())
    photo = home / "lampu.jpg"
    Image.new("RGB", (64, 48), (40, 90, 120)).save(photo)
    async with served(home, file=await new_database()) as (_, address):
        context = await browser.new_context(
            locale="id-ID",
            viewport=TALK_SIZES[size],  # type: ignore[arg-type]
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


async def take_trainers(browser: Browser, folder: Path) -> None:
    """The trainers' inbox, and what would be saved."""
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        room = await a_room(Path(tempfile.mkdtemp()), await new_database(), address)
        await _prepare(room)
        async with answering(room.gate.house.app, listening):
            page = await browser.new_page(locale="id-ID", viewport={"width": 1200, "height": 760})
            await _signs_in(page, f"{address}/trainer", "Rina", officers.PASSWORD)
            await page.locator(".sample.here").wait_for()
            await page.evaluate("scrollTo(0, 0)")
            await page.screenshot(path=folder / "trainers-inbox.png")
            for number in (1, 2):
                await page.keyboard.press("1")
                await page.locator(".said").nth(number - 1).wait_for()
            await page.goto(f"{address}/trainer/data")
            await page.screenshot(path=folder / "trainers-data.png")
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


async def main(asked: argparse.Namespace) -> None:
    """Takes the pictures of one set."""
    asked.folder.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        if asked.set == "talk":
            for size in TALK_SIZES:
                for light in ("light", "dark"):
                    await take_talk(browser, asked.folder, size, light)
        elif asked.set == "trainers":
            await take_trainers(browser, asked.folder)
        elif asked.set == "manuals":
            await take_manuals(browser, asked.folder)
        else:
            for picture in PICTURES[asked.set]:
                await take(browser, picture, asked.address, asked.report, asked.folder)
        await browser.close()


if __name__ == "__main__":
    reader = argparse.ArgumentParser(prog="take_pictures")
    reader.add_argument("set", choices=("talk", "trainers", "manuals", *PICTURES))
    reader.add_argument("address", nargs="?", default="http://127.0.0.1:8080")
    reader.add_argument("--report", type=Path, default=Path("report.html"))
    reader.add_argument("--folder", type=Path, default=HOME / "docs" / "pictures")
    asyncio.run(main(reader.parse_args()))
