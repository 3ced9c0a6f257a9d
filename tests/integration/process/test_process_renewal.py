"""An admin brings changed files into force: the service begins anew in its place, and whoever comes only waits."""

from __future__ import annotations

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout, CookieJar

from tests.fakes.telegram import FakeTelegram
from tests.integration.process.commands import lapor
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import CHECKOUT, until

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

PASSWORD = "sepuluh bebek menyeberang kali"
SECRET = "a-secret-key-of-a-test-that-opens-nothing"
STORY = "lampu jalan di Petung mati sudah dua minggu"
OWN_WORDS = "thanks = Sama-sama, salam dari kami di kabupaten!\n"


@asynccontextmanager
async def admin_of(service: Service) -> AsyncIterator[ClientSession]:
    """An admin who has signed in."""
    words = ("officer", "add", "Tia", "--role", "admin", "--password-stdin")
    added = await lapor(service.folder, *words, told=f"{PASSWORD}\n", secret_key=SECRET)
    assert added.code == 0, added.stderr
    jar = CookieJar(unsafe=True)
    async with ClientSession(service.address, cookie_jar=jar, timeout=ClientTimeout(total=60)) as browser:
        async with browser.post("/sign-in", data={"name": "Tia", "password": PASSWORD}) as answer:
            assert answer.status == 200
        yield browser


async def reads(browser: ClientSession, path: str = "/desk/settings") -> str:
    async with browser.get(path) as answer:
        assert answer.status == 200
        return await answer.text()


async def applies(browser: ClientSession) -> int:
    async with browser.post("/desk/settings/apply", allow_redirects=False) as answer:
        return answer.status


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The files of a regency of its own."""
    own = tmp_path / "regency"
    shutil.copytree(CHECKOUT / "data", own)
    return own


def is_in_force(page: str) -> bool:
    return "sudah berlaku" in page


async def test_changed_files_come_into_force_and_nobody_is_turned_away(tmp_path: Path, data: Path) -> None:
    async with FakeTelegram() as telegram:
        given = {"telegram_token": telegram.token, "telegram_api_url": telegram.url, "secret_key": SECRET}
        async with running_service(tmp_path, config_dir=data, **given) as service, admin_of(service) as tia:
            siti = telegram.citizen()
            assert is_in_force(await reads(tia))
            (data / "texts.id.ftl").write_text(OWN_WORDS, "utf-8")
            page = await reads(tia)
            assert not is_in_force(page)
            assert "Kalimat percakapan (Indonesia)" in page.partition("belum berlaku")[2].partition("</ul>")[0]

            statuses: list[int] = []
            asking = asyncio.create_task(_asks_until_told(service, statuses))
            assert await applies(tia) == 303
            await siti.says(STORY)  # while it begins anew, or before
            async with asyncio.timeout(60):
                while not is_in_force(await reads(tia)):
                    await asyncio.sleep(0.1)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
            assert len(statuses) > 1
            assert set(statuses) == {200}
            await until(lambda: any(said.from_bot and STORY in said.text for said in siti.screen), "she is answered")
            await siti.says("makasih ya")
            await until(lambda: any("salam dari kami" in said.text for said in siti.screen), "she reads the new words")
            assert not service.has_ended
            assert service.stdout.count("lapor serves") == 2


async def _asks_until_told(service: Service, statuses: list[int]) -> None:
    """Whoever looks at the service, again and again, each time with a connection of her own."""
    while True:
        async with ClientSession() as browser, browser.get(f"{service.address}/health/live") as answer:
            statuses.append(answer.status)
        await asyncio.sleep(0.02)


async def test_what_a_start_would_refuse_does_not_begin(tmp_path: Path, data: Path) -> None:
    async with running_service(tmp_path, config_dir=data, secret_key=SECRET) as service, admin_of(service) as tia:
        (data / "agencies.csv").write_text("this,is\nnot,it\n", "utf-8")
        assert await applies(tia) == 422
        await asyncio.sleep(2)
        assert service.stdout.count("lapor serves") == 1
        assert "begins_anew" not in service.stderr


async def test_a_signal_still_ends_a_service_that_has_begun_anew(tmp_path: Path, data: Path) -> None:
    async with running_service(tmp_path, config_dir=data, secret_key=SECRET) as service, admin_of(service) as tia:
        assert await applies(tia) == 303
        await until(lambda: service.stdout.count("lapor serves") == 2, "it has begun anew")
        assert await service.end(signal.SIGTERM) == 0
        await service.leaves_nobody()
