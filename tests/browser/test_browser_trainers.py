"""The trainers' pages in Chromium: from a citizen's words to the data by keys, and at a phone's width."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from actions.people.roles import Role
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.browser.labelling_robot import LabellingRobot
from tests.browser.visitors import STORY, Visitor
from tests.unit.people.officers import PASSWORD
from tests.unit.trainers.rooms import OfficersSession, a_room, labels

pytestmark = pytest.mark.slow
SHOTS = os.environ.get("LAPOR_TEST_SHOTS")
"""A folder for pictures of each page, for a person to look at."""
MESSAGES = (
    "selokan depan rumah mampet, air masuk teras",
    "sampah pasar menumpuk seminggu, baunya minta ampun",
    "1. jalan depan sekolah bolong besar 2. sampah tidak diangkut seminggu",
)

SIXTY_LABELS_SECONDS = 600
WHAT = {
    "jalan": ("aspal mengelupas", "jembatan kayu lapuk", "gorong-gorong ambrol"),
    "sampah": ("tumpukan sampah berbau", "kontainer penuh meluap", "plastik berserakan"),
    "penerangan_jalan": ("lampu jalan padam", "tiang lampu roboh", "gelap gulita malam hari"),
    "pendidikan": ("guru jarang masuk", "atap kelas bocor", "seragam belum dibagikan"),
}
WHERE = ("Sotek", "Riko", "Petung", "Waru", "Babulu")


def a_months_messages(most: int) -> dict[str, str]:
    """Messages, no two alike, and the category of each."""
    every = itertools.product(WHERE, (0, 1, 2), WHAT)
    return {f"{WHAT[slug][number]} dekat {where}": slug for where, number, slug in itertools.islice(every, most)}


def ranked(slug: str, text: str) -> list[list[object]]:
    """What the model says: right for two of three, and for the others not even among its guesses."""
    if len(text) % 3:
        return [[slug, 0.5], ["kesehatan", 0.3]]
    return [["kesehatan", 0.4], ["perizinan", 0.3]]


@in_one_loop
async def served(tmp_path: Path, database: Path) -> AsyncIterator[tuple[OfficersSession, str]]:
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        room = await a_room(tmp_path, database, address)
        await room.gate.hires("Rina", Role.TRAINER)
        async with answering(room.gate.house.app, listening):
            yield room, address
            room.gate.house.context.sse_signals.close()
        await room.gate.house.closes()


async def signed_in(arrive: Arrive, address: str, width: int = 1200) -> Visitor:
    trainer = await arrive(f"{address}/trainer", viewport={"width": width, "height": 800})
    await trainer.signs_in("Rina", PASSWORD)
    await expect(trainer.page.get_by_role("heading", level=1)).to_have_text("Kotak masuk")
    await trainer.page.wait_for_load_state()  # a key pressed before that is taken as a form's, which says nothing
    return trainer


async def shot(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/trainers-{name}.png", full_page=True)


async def test_a_citizens_words_become_data_by_keys_alone(served: tuple[OfficersSession, str], arrive: Arrive) -> None:
    room, address = served
    house = room.gate.house
    citizen = house.browser().client
    await citizen.get("/")
    await citizen.post("/chat/messages", data={"text": STORY})
    await house.works()
    await citizen.post("/chat/messages", data={"text": "Kirim"})
    await house.works()
    [sample] = await room.gathers()
    assert sample.text == STORY
    trainer = await signed_in(arrive, address)
    page = trainer.page
    await expect(page.locator(".sample.here .words")).to_have_text(STORY)
    await shot(page, "inbox-one")
    await page.keyboard.press("1")
    await expect(page.locator(".said")).to_contain_text("tercatat, menunggu disimpan")
    await page.keyboard.press("u")
    await expect(page.locator(".sample .words")).to_have_text(STORY)
    await page.keyboard.press("1")
    await expect(page.locator(".said")).to_contain_text("tercatat")
    await page.get_by_role("link", name="Data").first.click()
    await expect(page.locator(".diff ins").last).to_contain_text(STORY)
    await shot(page, "data")
    await page.get_by_label("Alasan").fill("kata warga sendiri")
    await page.get_by_role("button", name="Simpan perubahan").click()
    await expect(page.get_by_role("status")).to_contain_text("Tersimpan: 1 kalimat baru")
    assert f"    - {STORY}\n" in room.file("category/penerangan_jalan.yml")
    assert "· Rina · kata warga sendiri" in room.file("category/penerangan_jalan.yml")
    await shot(page, "saved")


async def test_two_matters_and_marked_words(served: tuple[OfficersSession, str], arrive: Arrive) -> None:
    room, address = served
    await room.gathers(MESSAGES[2])
    page = (await signed_in(arrive, address)).page
    await page.locator(".words").evaluate(
        """(words) => {
          const range = document.createRange(), text = words.firstChild, at = text.data.indexOf("depan sekolah");
          range.setStart(text, at);
          range.setEnd(text, at + "depan sekolah ".length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    await page.keyboard.press("t")
    await expect(page.locator("mark.place")).to_have_text("depan sekolah")
    await page.keyboard.press("d")
    await expect(page.get_by_role("button", name="Masalah pertama?")).to_be_visible()
    await page.keyboard.press("1")
    await expect(page.get_by_role("button", name="Masalah kedua?")).to_be_visible()
    await shot(page, "two")
    await page.keyboard.press("2")
    await expect(page.locator(".said")).to_contain_text("Jalan & jembatan, lalu")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
async def test_every_page_can_be_used_by_everyone(
    served: tuple[OfficersSession, str], arrive: Arrive, width: int, scheme: str
) -> None:
    room, address = served
    await room.gathers(*MESSAGES)
    trainer = await signed_in(arrive, address, width)
    await trainer.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] - one of its literals
    await room.goes_to_two(3)
    browser, other = await room.gate.signed_in("Rina"), await room.trainer("Budi")
    await labels(browser, 3, "category:jalan", type="complaint")
    await labels(other, 3, "category:sampah", type="complaint")
    await browser.post("/trainer/suspicious", data={"act": "look"})
    await room.suspicions.settle()
    for name in ("", "/data", "/settle", "/suspicious", "/rules", "/import"):
        await trainer.page.goto(f"{address}/trainer{name}")
        await shot(trainer.page, f"{name.strip('/') or 'inbox'}-{width}-{scheme}")
        assert await trainer.is_as_wide_as_the_window(), name
        assert await trainer.barriers() == [], name


@pytest.mark.parametrize("width", [1366, 390])
async def test_sixty_messages_are_labelled_in_ten_minutes_by_keyboard(
    served: tuple[OfficersSession, str], arrive: Arrive, width: int
) -> None:
    room, address = served
    written = a_months_messages(60)
    for text, slug in written.items():
        await room.hears(text, categories=ranked(slug, text))
    await room.gathers()
    trainer = await signed_in(arrive, address, width)
    options = trainer.page.locator(".sample select[name=other]").first.locator("option")
    names = {
        slug: (await options.and_(trainer.page.locator(f"[value='category:{slug}']")).inner_text()).strip()
        for slug in set(written.values())
    }
    robot = LabellingRobot(trainer, written, names)
    await robot.labels(60)
    rows = await room.rows()
    assert {row.text: json.loads(row.label)["category"] for row in rows if row.label} == written
    print(f"{robot.messages} labels, {robot.cards} cards, {robot.by_list} by the list, {robot.presses} keys")
    print(f"{robot.seconds:.0f} s")
    assert robot.seconds < SIXTY_LABELS_SECONDS
    await expect(trainer.page.locator("#counters")).to_contain_text("60 Anda labeli hari ini")


async def test_the_bar_for_several_stays_in_sight(served: tuple[OfficersSession, str], arrive: Arrive) -> None:
    room, address = served
    for text, slug in a_months_messages(12).items():
        await room.hears(text, categories=ranked(slug, text))
    await room.gathers()
    trainer = await signed_in(arrive, address, 390)
    bar = trainer.page.locator("#bulk")
    await expect(bar).to_be_hidden()
    await trainer.page.keyboard.press("b")
    await trainer.page.keyboard.press("j")
    await trainer.page.keyboard.press("b")
    await expect(bar).to_be_in_viewport(ratio=1)
    await expect(bar.locator("output")).to_have_text("2")
    await trainer.page.keyboard.press("i")
    await expect(trainer.page.locator(".sample.here [value=information]")).to_be_checked()
    await shot(trainer.page, "bulk-390")
    assert await trainer.is_as_wide_as_the_window()
    assert await trainer.barriers() == []


async def test_a_second_trainer_takes_back_what_the_first_one_saved(
    served: tuple[OfficersSession, str], arrive: Arrive
) -> None:
    room, address = served
    await room.gathers(*MESSAGES)
    first = (await signed_in(arrive, address)).page
    await expect(first.locator(".sample.here .words")).to_be_visible()
    for labelled in range(1, 3):
        await first.keyboard.press("1")
        await expect(first.get_by_text(f"{labelled} Anda labeli hari ini")).to_be_visible()
    await first.goto(f"{address}/trainer/data")
    await expect(first.get_by_role("heading", name="Jalan & jembatan")).to_be_visible()
    await expect(first.locator(".facts").first).to_contain_text("label dari Rina")
    await first.get_by_role("button", name="Simpan perubahan").click()
    await expect(first.get_by_role("status")).to_contain_text("Tersimpan: 2 kalimat baru")
    await room.gate.hires("Budi", Role.TRAINER)
    second = await arrive(f"{address}/trainer/data", viewport={"width": 390, "height": 800})
    await second.signs_in("Budi", PASSWORD)
    await second.page.goto(f"{address}/trainer/data")
    await second.page.get_by_role("button", name="Ambil kembali perubahan ini").click()
    await expect(second.page.get_by_role("status")).to_contain_text("2 kalimat keluar dari data")
    await expect(second.page.get_by_role("heading", name="Jalan & jembatan")).to_be_visible()
    await shot(second.page, "taken-back-390")
    assert await second.is_as_wide_as_the_window()
    assert await second.barriers() == []
    assert room.file("category/jalan.yml") == ""
