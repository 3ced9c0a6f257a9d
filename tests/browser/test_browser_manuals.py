"""The manuals in Chromium, under the service's own policy: read by everybody, searched, printed; and their pictures."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.web.manuals.routes import manuals_router
from bot.web.manuals.site import MANUALS
from bot.web.shared.server import listen
from tests.browser.conftest import Arrive, in_one_loop
from tests.browser.houses import answering
from tests.browser.manual_pictures import LARGEST, NAMES, take_manuals
from tests.unit.web_public.hall import a_hall

pytestmark = pytest.mark.slow
PAGE = re.compile(rb"/Type\s*/Page\b")


@in_one_loop
async def address(tmp_path: Path, database: Path) -> AsyncIterator[str]:
    with listen("127.0.0.1", 0) as listening:
        async with a_hall(tmp_path, database) as hall:
            app = hall.office.house.app
            app.router.routes.extend(manuals_router().routes)
            async with answering(app, listening):
                yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize(("width", "scheme", "language"), [(390, "light", "id"), (1366, "dark", "en")])
async def test_every_manual_can_be_read_by_everyone(
    address: str, arrive: Arrive, width: int, scheme: str, language: str
) -> None:
    reader = await arrive(
        f"{address}/panduan?lang={language}", viewport={"width": width, "height": 760}, color_scheme=scheme
    )
    for name in ("index", "citizen", "operator", *MANUALS):
        await reader.page.goto(f"{address}/panduan/{language}/{name}.html")
        assert await reader.is_as_wide_as_the_window(), name
        assert await reader.barriers() == [], name


async def test_a_word_is_found_in_its_other_forms_without_asking_anybody_else(address: str, arrive: Arrive) -> None:
    reader = await arrive(f"{address}/laporan", viewport={"width": 390, "height": 760})
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    await reader.page.get_by_role("link", name="Panduan").click()
    await expect(reader.page.get_by_role("heading", level=1)).to_have_text("Panduan warga")
    await reader.page.get_by_role("searchbox").fill("mengembalikan")
    await reader.page.keyboard.press("Enter")
    await expect(reader.page.get_by_role("heading", name="Hasil pencarian")).to_be_visible()
    await expect(reader.page.locator(".search-summary")).to_contain_text("halaman")
    assert await reader.barriers() == []
    await reader.page.locator(".search").get_by_role("link", name="Panduan pimpinan instansi").first.click()
    await expect(reader.page.get_by_role("heading", name="Mengembalikan yang bukan urusan kami")).to_be_visible()
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_citizens_manual_prints_on_one_page(address: str, arrive: Arrive, language: str) -> None:
    reader = await arrive(f"{address}/panduan/{language}/citizen.html")
    margin = {"top": "12mm", "bottom": "12mm", "left": "14mm", "right": "14mm"}
    assert len(PAGE.findall(await reader.page.pdf(format="A4", margin=margin))) == 1  # type: ignore[arg-type]


@pytest.mark.thorough
async def test_every_picture_can_be_taken_anew(chromium: Browser, tmp_path: Path) -> None:
    await take_manuals(chromium, tmp_path, ["id"])
    taken = {file.stem: file.stat().st_size for file in (tmp_path / "id").iterdir()}
    assert taken.keys() == NAMES
    assert {name: size for name, size in taken.items() if size > LARGEST} == {}
