"""The service behind the nginx that `deploy/nginx.conf` sets up."""

from __future__ import annotations

import asyncio
import io
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientConnectorError, ClientSession, CookieJar, FormData, TCPConnector

from tests.integration.operations.real_nginx import NAME, Nginx, nginx
from tests.integration.process.service import Service, running_service
from tests.integration.process.surroundings import free_port
from tests.patience import PATIENCE_SECONDS

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

MB = 1024 * 1024
TOO_BIG = "<p>Satu berkas lebih dari 20 MB"


@dataclass(frozen=True, slots=True)
class Behind:
    """A browser that knows the service only by nginx."""

    browser: ClientSession
    front: Nginx
    service: Service

    async def posts_file(self, size_bytes: int) -> tuple[int, str]:
        """Send a file of this size; the status, and the page that is then shown."""
        form = FormData({"text": "ini berkasnya"})
        form.add_field("files", io.BytesIO(b"lampu mati\n".ljust(size_bytes, b"a")), filename="surat.txt")
        async with self.browser.post(f"{self.front.https}/chat/messages", data=form) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def behind_nginx(folder: Path) -> AsyncIterator[Behind]:
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    settings = {"public_url": f"https://{NAME}", "trusted_proxies": "127.0.0.1", "port": free_port()}
    async with running_service(folder, **settings) as service:
        with nginx(folder, settings["port"]) as front:
            jar, connector = CookieJar(unsafe=True), TCPConnector(ssl=tls)
            async with ClientSession(cookie_jar=jar, connector=connector, headers={"Host": NAME}) as browser:
                await _answers(browser, front.https)
                yield Behind(browser, front, service)


async def _answers(browser: ClientSession, url: str) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                async with browser.get(url) as answer:
                    assert answer.status == 200
                    return
            except ClientConnectorError:
                await asyncio.sleep(0.02)


async def test_the_page_comes_over_tls_with_a_cookie_for_tls_alone(tmp_path: Path) -> None:
    async with behind_nginx(tmp_path) as behind:
        behind.browser.cookie_jar.clear()
        async with behind.browser.get(f"{behind.front.https}/") as page:
            assert "Tulis pesan" in await page.text()
            assert "max-age" in page.headers["Strict-Transport-Security"]
            assert all("Secure" in cookie for cookie in page.headers.getall("Set-Cookie"))
        async with behind.browser.get(f"{behind.front.http}/t/x", allow_redirects=False) as plain:
            assert (plain.status, plain.headers["Location"]) == (301, f"https://{NAME}/t/x")


async def test_an_answer_arrives_at_an_open_page_while_it_is_open(tmp_path: Path) -> None:
    async with behind_nginx(tmp_path) as behind, behind.browser.get(f"{behind.front.https}/chat/stream") as stream:
        assert stream.status == 200
        await stream.content.readuntil(b"\n\n")
        form = {"text": "lampu jalan di jl provinsi mati sudah dua minggu"}
        headers = {"HX-Request": "true"}
        async with behind.browser.post(f"{behind.front.https}/chat/messages", data=form, headers=headers) as sent:
            assert sent.status == 200
        async with asyncio.timeout(PATIENCE_SECONDS):
            while b"Jenis:" not in (await stream.content.readuntil(b"\n\n")):
                pass


async def test_a_file_of_20_mb_is_taken_and_a_larger_one_refused_in_words(tmp_path: Path) -> None:
    async with behind_nginx(tmp_path) as behind:
        status, page = await behind.posts_file(20 * MB)
        assert (status, TOO_BIG in page) == (200, False)
        status, page = await behind.posts_file(21 * MB)
        assert (status, TOO_BIG in page) == (200, True)


async def test_what_no_message_can_be_is_refused_by_nginx_in_words(tmp_path: Path) -> None:
    async with behind_nginx(tmp_path) as behind:
        headers = {"Content-Length": str(300 * MB)}
        async with behind.browser.post(f"{behind.front.https}/chat/messages", data=b"a", headers=headers) as refused:
            assert refused.status == 413
            assert "Tidak ada yang terkirim" in await refused.text()


async def test_numbers_are_not_for_the_world_and_a_restart_is_told_in_words(tmp_path: Path) -> None:
    async with behind_nginx(tmp_path) as behind:
        async with behind.browser.get(f"{behind.front.https}/metrics") as metrics:
            assert metrics.status == 404
        await behind.service.end()
        async with behind.browser.get(f"{behind.front.https}/") as away:
            assert (away.status, "coba lagi" in await away.text()) == (503, True)
