"""Presses a case when a hundred new reports are verified by keyboard: `python -m tests.bench.verifying [--cases 100]`.

Authored stories of every category, whose reporters chose none, are read by the model that comes with the project and
worked in Chromium by somebody who knows what each is about: with one key where the right category has one, else inside
the case. What is urgent, and what is secret and goes to the inspectorate, is reported apart.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright

from actions.cases.case import ReportType, Severity, Words
from actions.cases.routing import route
from actions.people.roles import Role
from bot.main.assembly import DEFAULTS
from bot.ops.demo.scenes import read_stories
from bot.web.shared.server import listen
from tests.bench.machine import machine
from tests.bench.understanding import the_model
from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import answering
from tests.talks.database import new_database
from tests.unit.people.officers import PASSWORD
from tests.unit.web_desk.desks import PLACE, StaffedDesk, a_desk

URGENT_IS_ONE_IN, SECRET_IS_ONE_IN = 10, 12
SEED = 3
TYPED = 4
"""Letters with which a category is found in its list."""


async def fill(desk: StaffedDesk, cases: int) -> dict[str, tuple[str, str]]:
    """File them; returns the kind and the category of each by its number."""
    stories, model = read_stories(DEFAULTS / "demo.toml"), the_model(small=True)
    dice = random.Random(SEED)  # noqa: S311 - the same stories each time
    names, filed = list(stories.matters), {}
    for number in range(cases):
        category = names[number % len(names)]
        story = stories.story(category, "Petung", dice)
        kind = "secret" if number % SECRET_IS_ONE_IN == 0 else "urgent" if number % URGENT_IS_ONE_IN == 0 else "usual"
        changes: dict[str, Any] = {"secret": kind == "secret", "category": category if kind == "secret" else None}
        severity = Severity.URGENT if kind == "urgent" else Severity.NORMAL
        ticket = await desk.files(story, severity=severity, words=Words(story), **changes)
        if kind != "secret":
            await desk.understands(ticket, [[one.name, one.confidence] for one in model.read(story).categories[:5]])
        filed[ticket] = (kind, category)
    return filed


async def works(page: Page, desk: StaffedDesk, filed: dict[str, tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    """Works a list until it is empty; returns presses and cases by kind."""
    presses, cases = Counter[str](), Counter[str]()
    while await page.locator(".matter").count():
        await page.locator("html.js .matter.here").first.wait_for()
        ticket = (await page.locator(".matter.here").first.get_attribute("id") or "").removeprefix("case-")
        kind, category = filed[ticket]
        cases[kind] += 1
        presses[kind] += await _one(page, desk, kind, category)
    return presses, cases


async def _one(page: Page, desk: StaffedDesk, kind: str, category: str) -> int:
    here = page.locator(".matter.here")
    right = here.locator(f"form:has(input[name=category][value={category}]) [data-key]")
    if kind == "secret" or await right.count():
        key = "a" if kind == "secret" else await right.first.get_attribute("data-key") or "a"
        async with page.expect_navigation():
            await page.keyboard.press(key)
        return 1
    return await _inside(page, desk, category)


async def _inside(page: Page, desk: StaffedDesk, category: str) -> int:
    """Opens the case, names agency and category, looks, and sends."""
    regency = desk.gate.desk.regency
    agency = route(
        regency,
        type=ReportType.COMPLAINT,
        category=category,
        location=PLACE,
        severity=Severity.NORMAL,
        sensitive=False,
    ).agency
    label = next(one for one in regency.leaves() if one.slug == category).labels["id"]
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await page.locator("html.js").wait_for()
    await page.keyboard.press("f")
    await page.keyboard.type(agency)
    await page.keyboard.press("Tab")
    await page.keyboard.type(label[:TYPED])
    async with page.expect_navigation():
        await page.keyboard.press("Control+Enter")
    await page.locator("html.js").wait_for()
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await page.locator("html.js").wait_for()
    async with page.expect_navigation():
        await page.keyboard.press("u")
    return 6 + len(agency) + TYPED


async def measure(folder: Path, cases: int) -> None:
    """Print presses a case, by kind."""
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        desk = await a_desk(folder, await new_database(), public_url=address)
        await desk.gate.hires("Rina", Role.VERIFIER)
        await desk.gate.hires("Ina", Role.LIAISON, agency="inspektorat")
        filed = await fill(desk, cases)
        async with answering(desk.gate.house.app, listening), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            presses, done = Counter[str](), Counter[str]()
            for name in ("Rina", "Ina"):
                page = await (await browser.new_context(locale="id-ID")).new_page()
                await page.goto(f"{address}/desk")
                await page.get_by_label("Nama").fill(name)
                await page.get_by_label("Kata sandi").fill(PASSWORD)
                await page.keyboard.press("Enter")
                await page.get_by_role("link", name="Akun").wait_for()
                pressed, worked = await works(page, desk, filed)
                presses += pressed
                done += worked
            await browser.close()
        await desk.gate.house.closes()
    print(machine())
    for kind, number in sorted(done.items()):
        print(f"{kind}: {number} cases, {presses[kind] / number:.2f} presses each")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=100)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(measure(Path(made), asked.cases))
