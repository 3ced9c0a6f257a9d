"""Chromium, started once, and for each test a served house, and visitors with browsers of their own in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import CHROMIUM, OPTIONS
from tests.browser.houses import served
from tests.browser.visitors import Visitor
from tests.talks.database import new_database
from tests.unit.web.doors import House

type Arrive = Callable[..., Awaitable[Visitor]]
HERE = Path(__file__).parent
in_one_loop = pytest_asyncio.fixture(loop_scope="session")
"""A fixture in the loop in which Chromium was started, as are all tests here."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        pytest.skip("needs Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        await browser.close()


@in_one_loop
async def database() -> Path:
    return await new_database()


@in_one_loop
async def house(tmp_path: Path, database: Path) -> AsyncIterator[tuple[House, str]]:
    async with served(tmp_path, file=database) as built:
        yield built


@in_one_loop
async def arrive(chromium: Browser) -> AsyncIterator[Arrive]:
    """Has somebody arrive at an address; in the end nobody's browser may have complained."""
    arrived = []

    async def somebody(address: str, **wishes: Any) -> Visitor:
        context = await chromium.new_context(**{"locale": "id-ID", "viewport": {"width": 1000, "height": 760}} | wishes)
        context.set_default_timeout(20_000)
        arrived.append(await Visitor.arrives(context, address))
        return arrived[-1]

    yield somebody
    for visitor in arrived:
        await visitor.context.close()
    assert [complaint for visitor in arrived for complaint in visitor.complaints] == []


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two small photos."""
    from PIL import Image

    files = [tmp_path / "jalan.jpg", tmp_path / "lampu.jpg"]
    for number, file in enumerate(files):
        Image.new("RGB", (64, 48), (40 * number, 90, 120)).save(file)
    return files
