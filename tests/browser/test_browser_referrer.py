"""The link to a reporter's own page is in no request to anywhere else, in Chromium: not as a referrer, nor else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Request

from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.talks.talk_file import Settings
from tests.talks.world import World
from tests.unit.web_case.cases import CaseOffice, an_office

pytestmark = pytest.mark.slow


@in_one_loop
async def office(tmp_path: Path, database: Path) -> AsyncIterator[tuple[CaseOffice, str]]:
    with listen("127.0.0.1", 0) as listening:
        opened = await an_office(tmp_path, database, World(Settings()))
        async with answering(opened.house.app, listening):
            yield opened, f"http://127.0.0.1:{listening.getsockname()[1]}"
        await opened.house.closes()


async def test_no_request_after_her_page_tells_its_link(office: tuple[CaseOffice, str], arrive: Arrive) -> None:
    at, address = office
    case = await at.files()
    key = at.links.key(case.ticket)
    visitor = await arrive(f"{address}{at.key(case)}")
    asked = list[Request]()

    def note(request: Request) -> None:
        asked.append(request)

    visitor.page.on("request", note)
    elsewhere = address.replace("127.0.0.1", "localhost")
    outgoing = [f"{address}/cek", f"{elsewhere}/cek"]
    for target in outgoing:
        await visitor.page.goto(f"{address}{at.key(case)}")
        asked.clear()
        link = await visitor.page.locator('a[href="/cek"], a[href="/laporan"], a[href="/"]').first.element_handle()
        await link.evaluate("(link, target) => { link.href = target }", target)
        async with visitor.page.expect_navigation(url=target):
            await link.click()
        told = [await request.all_headers() for request in asked]
        assert told
        assert [head for head in told if key in str(head)] == []
        assert (await asked[0].all_headers()).get("referer", "") == ""
        assert await visitor.page.evaluate("document.referrer") == ""
        assert [request.url for request in asked if key in request.url] == []
