"""`/panduan`: each reader's language, nothing but the listed files, and the way there from every page."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient

from actions.people.roles import Role
from bot.web.manuals.routes import manuals_router
from bot.web.manuals.site import KINDS, address, manual_of, pages
from bot.web.shared.app import make_app
from tests.unit.web_public.hall import Hall


@pytest.fixture
async def browser() -> AsyncIterator[AsyncClient]:
    async with AsyncClient(
        transport=ASGITransport(make_app([manuals_router()])), base_url="http://lapor.test", follow_redirects=True
    ) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        ("/panduan", "", "id"),
        ("/panduan", "en-GB,en;q=0.9", "en"),
        ("/panduan", "fr", "id"),
        ("/panduan?lang=en", "id", "en"),
        ("/panduan?lang=xx", "id", "id"),
        ("/panduan/", "", "id"),
        ("/panduan/en", "id", "en"),
        ("/panduan/en/", "id", "en"),
    ],
)
async def test_the_manuals_open_in_the_readers_language(
    browser: AsyncClient, asked: str, header: str, language: str
) -> None:
    answer = await browser.get(asked, headers={"accept-language": header})
    assert (answer.status_code, answer.url.path) == (200, f"/panduan/{language}/index.html")
    assert f'<html lang="{language}"' in answer.text


async def test_each_file_comes_as_what_it_is(browser: AsyncClient) -> None:
    for name, file in pages().items():
        answer = await browser.get(f"/panduan/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, KINDS[file.suffix]), name
        assert answer.content == file.read_bytes()


@pytest.mark.parametrize(
    "name", ["id/none.html", "../routes.py", "%2e%2e/routes.py", "id/%2e%2e/%2e%2e/site.py", "/etc/passwd", "id/\0"]
)
async def test_what_is_not_listed_is_not_there(browser: AsyncClient, name: str) -> None:
    assert (await browser.get(f"/panduan/{name.replace(chr(0), '%00')}")).status_code == 404


def test_everybody_is_led_to_her_own_manual() -> None:
    assert manual_of([Role.LIAISON]) == "officer"
    assert manual_of([Role.TRAINER, Role.AGENCY_ADMIN]) == "head"
    assert manual_of([Role.AUDITOR]) == "index"
    assert address("en", "citizen") == "/panduan/en/citizen.html"
    assert address("xx", "citizen") == "/panduan/id/citizen.html"


async def test_the_pages_for_the_public_lead_to_the_citizens_manual(hall: Hall) -> None:
    assert '<a href="/panduan/id/citizen.html">Panduan</a>' in await hall.reads("/laporan")
    assert '<a href="/panduan/en/citizen.html">Manual</a>' in await hall.reads("/statistik?lang=en")
    assert '<a href="/panduan?lang=id">Panduan</a>' in await hall.reads("/")
