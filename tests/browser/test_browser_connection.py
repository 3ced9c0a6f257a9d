"""Connections that break: what she wrote goes out later, once and in order, and what she missed is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.store.cases.casebook import SqlCaseBook
from tests.browser.conftest import Arrive
from tests.browser.houses import served
from tests.browser.visitors import STORY, Visitor
from tests.integration.process.service import free_port
from tests.unit.web.doors import House

pytestmark = pytest.mark.slow


async def waits(siti: Visitor, count: int) -> None:
    await expect(siti.page.locator(".pending small", has_text="menunggu sambungan")).to_have_count(count)


async def test_what_is_written_without_a_connection_goes_out_later(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.says(STORY)
    await siti.reads("Laporan Anda. Periksa sebentar")
    await siti.context.set_offline(True)
    await siti.says("airnya juga keruh")
    await siti.says("sudah tiga hari")
    await waits(siti, 1)
    await expect(siti.page.get_by_role("status")).to_contain_text("Tidak ada sambungan")
    await siti.context.set_offline(False)
    await siti.reads("airnya juga keruh\nsudah tiga hari”")
    await expect(siti.page.locator(".pending")).to_have_count(0)
    assert await siti.hers() == [STORY, "airnya juga keruh", "sudah tiga hari"]
    assert await siti.page.evaluate("localStorage['lapor-unsent']") == "[]"


async def test_a_service_that_is_started_again_loses_nothing(tmp_path: Path, database: Path, arrive: Arrive) -> None:
    port = free_port()
    async with served(tmp_path, file=database, port=port) as (_, address):
        siti = await arrive(address)
        await siti.says(STORY)
        await siti.reads("Laporan Anda. Periksa sebentar")
    await siti.says("gelap sekali")
    await waits(siti, 1)
    async with served(tmp_path, file=database, port=port):
        await siti.reads("gelap sekali”")
        await siti.button("Kirim").last.click()
        await siti.reads("Laporan terkirim")


async def test_what_waits_goes_out_when_the_page_is_opened_again(
    tmp_path: Path, database: Path, arrive: Arrive
) -> None:
    port = free_port()
    async with served(tmp_path, file=database, port=port) as (_, address):
        siti = await arrive(address)
        await siti.reads("Halo!")
    await siti.says(STORY)
    await waits(siti, 1)
    await siti.page.close()
    async with served(tmp_path, file=database, port=port) as (_, address):
        siti.page = await siti.context.new_page()
        await siti.page.goto(address)
        await siti.reads("Laporan Anda. Periksa sebentar")
        assert await siti.hers() == [STORY]


async def test_a_press_waits_too_and_files_one_case(tmp_path: Path, database: Path, arrive: Arrive) -> None:
    port = free_port()
    async with served(tmp_path, file=database, port=port) as (_, address):
        siti = await arrive(address)
        await siti.says(STORY)
        await siti.reads("Laporan Anda. Periksa sebentar")
    await siti.button("Kirim").click()
    await siti.button("Kirim").click()
    async with served(tmp_path, file=database, port=port) as (home, _):
        await siti.reads("Laporan terkirim")
        async with home.database.reading() as connection:
            assert len(await SqlCaseBook(connection).latest(None)) == 1


async def test_an_answer_that_was_missed_is_there_after_reconnecting(house: tuple[House, str], arrive: Arrive) -> None:
    home, address = house
    siti = await arrive(address)
    budi = Visitor(siti.context, await siti.context.new_page(), address)
    await budi.page.goto(address)
    await siti.page.bring_to_front()
    await siti.context.set_offline(True)
    cookie = (await siti.context.cookies())[0]
    browser = home.browser()
    browser.client.cookies.set(cookie["name"], cookie["value"])
    assert (await browser.posts(text=STORY)).status_code == 303
    await siti.context.set_offline(False)
    await siti.reads("Laporan Anda. Periksa sebentar")
    await budi.reads("Laporan Anda. Periksa sebentar")


async def test_another_talk_does_not_get_what_was_written_for_this_one(
    tmp_path: Path, database: Path, arrive: Arrive
) -> None:
    port = free_port()
    async with served(tmp_path, file=database, port=port) as (_, address):
        siti = await arrive(address)
    await siti.says(STORY)
    await waits(siti, 1)
    await siti.context.clear_cookies()
    async with served(tmp_path, file=database, port=port):
        await expect(siti.page.get_by_role("alert")).to_be_empty()
        await expect(siti.box).to_have_value(STORY)
        assert await siti.hers() == []


async def test_without_a_connection_an_installed_page_says_so(house: tuple[House, str], arrive: Arrive) -> None:
    siti = await arrive(house[1])
    await siti.page.evaluate("navigator.serviceWorker.ready")
    await siti.page.wait_for_function("navigator.serviceWorker.controller")
    await siti.context.set_offline(True)
    await siti.page.goto(house[1])
    await expect(siti.page.get_by_role("heading")).to_have_text("Tidak ada sambungan")
    await siti.context.set_offline(False)
    await siti.reads("Halo!")
