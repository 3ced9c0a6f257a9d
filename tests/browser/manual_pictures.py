"""The pictures in the manuals, in each language: a talk, the desk and the trainers' inbox, of invented people."""

from __future__ import annotations

import io
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, Page, expect

from actions.cases.actions import CaseAction
from actions.cases.case import Location, Severity
from actions.people.roles import Actor, Role
from bot.conversation.screen import line
from bot.web.shared.server import listen
from tests.browser.houses import answering, served
from tests.docs.manuals import project_texts
from tests.talks.database import new_database
from tests.unit.people.officers import PASSWORD
from tests.unit.trainers.rooms import a_room
from tests.unit.web_desk.desks import STORY, StaffedDesk, a_desk

LOCALES: Final = {"id": "id-ID", "en": "en-GB"}
STAFF: Final = {
    "Vera": (Role.VERIFIER, None),
    "Lina": (Role.LIAISON, "dishub"),
    "Ade": (Role.AGENCY_ADMIN, "dishub"),
    "Tia": (Role.ADMIN, None),
}
STORIES: Final = (
    ("sampah di belakang pasar tidak diangkut seminggu, baunya sampai ke sekolah", "sampah"),
    ("jalan menuju puskesmas berlubang dalam, motor sering jatuh", "jalan"),
)
PROGRESS: Final = "Lampu diganti Selasa pagi. Kabelnya diperiksa Kamis; kami kabari lagi di sini."
WIDE, PHONE = {"width": 1000, "height": 700}, {"width": 390, "height": 720}
LARGEST: Final = 60_000
"""Bytes of a picture: an office's line may be slow."""

Say = Callable[[str], str]
"""The words of a key, in the language of the picture."""
Steps = Callable[[Page, Say], Awaitable[object]]


def sayer(language: str) -> Say:
    """Says keys of the text files."""
    return lambda key: project_texts().say(language, line(key))


async def _at_once(page: Page, say: Say) -> None:
    del page, say


async def _opens_the_first(page: Page, say: Say) -> None:
    await page.locator(".matter h2 a, .matter a").first.click()
    await page.get_by_role("heading", name=say("desk-story")).wait_for()


async def _looks_at_a_note(page: Page, say: Say) -> None:
    await page.locator(".matter", has_text=say("status-in_progress")).first.get_by_role("link").first.click()
    await page.get_by_role("heading", name=say("desk-story")).wait_for()
    await expect(page.locator("html.js")).to_be_attached()
    await page.keyboard.press("n")
    await page.keyboard.type(PROGRESS)
    await page.keyboard.press("Control+Enter")
    await page.locator(".look").first.wait_for()
    await page.locator(".look").first.evaluate("one => one.scrollIntoView({block: 'center'})")


@dataclass(frozen=True, slots=True)
class DeskPicture:
    """A page as somebody at the desk sees it. `steps`: what she does there first."""

    who: str
    path: str
    size: Mapping[str, int]
    steps: Steps = _at_once


AT_THE_DESK: Final = {
    "verifier-queue": DeskPicture("Vera", "/desk", WIDE),
    "verifier-case": DeskPicture("Vera", "/desk", WIDE, _opens_the_first),
    "officer-queue": DeskPicture("Lina", "/desk", PHONE),
    "officer-note": DeskPicture("Lina", "/desk", WIDE, _looks_at_a_note),
    "head-today": DeskPicture("Ade", "/desk/today", WIDE),
    "admin-people": DeskPicture("Tia", "/desk/settings/people", WIDE),
    "admin-deadlines": DeskPicture("Tia", "/desk/settings/files/deadlines.toml", WIDE),
}
NAMES: Final = frozenset({"citizen-card", "citizen-status", "trainer-inbox", *AT_THE_DESK})


def keep(picture: bytes, file: Path) -> None:
    """A screenshot as a small WebP, at the best quality under `LARGEST`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for quality in (80, 65, 50, 35):
        Image.open(io.BytesIO(picture)).convert("RGB").save(file, "WEBP", quality=quality, method=6)
        if file.stat().st_size <= LARGEST:
            break


@asynccontextmanager
async def a_page(browser: Browser, language: str, size: Mapping[str, int]) -> AsyncIterator[Page]:
    """A window of one's own."""
    context = await browser.new_context(locale=LOCALES[language], viewport=dict(size))  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def take_citizen(browser: Browser, folder: Path, language: str) -> None:
    """The card before it is sent, and the status afterwards."""
    say = sayer(language)
    async with (
        served(Path(tempfile.mkdtemp()), file=await new_database()) as (_, address),
        a_page(browser, language, PHONE) as page,
    ):
        await page.goto(address)
        log = page.get_by_role("log")
        await page.locator("#text").fill(STORY)
        await page.locator("#send").click()
        send = log.get_by_role("button", name=say("button-send"), exact=True)
        await send.wait_for()
        keep(await page.screenshot(animations="disabled"), folder / "citizen-card.webp")
        await send.click()
        await log.get_by_role("button", name=say("button-show-status"), exact=True).click()
        await log.get_by_role("button", name=say("button-withdraw"), exact=True).wait_for()
        keep(await page.screenshot(animations="disabled"), folder / "citizen-status.webp")


async def sign_in(page: Page, address: str, name: str, say: Say) -> None:
    """Somebody comes in."""
    await page.goto(address)
    await page.get_by_label(say("sign-in-name")).fill(name)
    await page.get_by_label(say("sign-in-password")).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name=say("sign-out-button")).wait_for()


async def _fill(desk: StaffedDesk) -> None:
    """Something of everything: to be checked, at work, late, urgent."""
    for name, (role, agency) in STAFF.items():
        await desk.gate.hires(name, role, agency=agency)
    for story, category in STORIES:
        unsure = await desk.files(story, category=None, location=Location(district="64.09.01", spoken="pasar petung"))
        await desk.understands(unsure, [[category, 0.72], ["drainase_banjir", 0.14], ["jalan", 0.09]])
    at_work = await desk.files()
    await desk.does(at_work, CaseAction.ACCEPT, Actor(Role.LIAISON, desk.gate.people["Lina"].id, "dishub"))
    await desk.files("lampu merah di simpang silkar mati, kendaraan berebut", category="penerangan_jalan")
    await desk.files("kabel lampu jalan putus, menyetrum orang lewat", severity=Severity.URGENT)


async def take_desk(browser: Browser, folder: Path, language: str) -> None:
    """Everything that is seen at the desk."""
    say = sayer(language)
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        desk = await a_desk(Path(tempfile.mkdtemp()), await new_database(), public_url=address)
        await _fill(desk)
        async with answering(desk.gate.house.app, listening):
            for who in STAFF:
                async with a_page(browser, language, WIDE) as page:
                    await sign_in(page, f"{address}/desk", who, say)
                    for name, picture in AT_THE_DESK.items():
                        if picture.who == who:
                            await page.set_viewport_size(picture.size)  # type: ignore[arg-type]
                            await page.goto(address + picture.path)
                            await picture.steps(page, say)
                            keep(await page.screenshot(animations="disabled"), folder / f"{name}.webp")
            desk.gate.house.context.sse_signals.close()
        await desk.gate.house.closes()


async def take_trainer(browser: Browser, folder: Path, language: str) -> None:
    """The trainers' inbox."""
    say = sayer(language)
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        room = await a_room(Path(tempfile.mkdtemp()), await new_database(), address)
        await room.gate.hires("Rina", Role.TRAINER)
        await room.gathers(*(story for story, _ in STORIES), categories=[["sampah", 0.44], ["jalan", 0.31]])
        async with answering(room.gate.house.app, listening), a_page(browser, language, WIDE) as page:
            await sign_in(page, f"{address}/trainer", "Rina", say)
            await page.locator(".sample.here").wait_for()
            await page.evaluate("scrollTo(0, 0)")
            keep(await page.screenshot(animations="disabled"), folder / "trainer-inbox.webp")
            room.gate.house.context.sse_signals.close()
        await room.gate.house.closes()


async def take_manuals(browser: Browser, folder: Path, languages: Iterable[str] = LOCALES) -> None:
    """All pictures of the manuals, into a folder for each language."""
    for language in languages:
        for take in (take_citizen, take_desk, take_trainer):
            await take(browser, folder / language, language)
