"""Notices that there is news: to push services only, without a word of what, and only when no page is open."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import httpx
import pytest
from py_vapid import Vapid02

from actions.store.messages.visitors import MOST_OF_A_VISITOR, subscribe, subscriptions_of
from bot.channels.web.visitors import COOKIE
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.web.chat import push as chat_push
from bot.web.chat.push import Notices, PushKey, is_push_service
from tests.unit.web.doors import Browser, House

SERVICE = "https://fcm.googleapis.com/fcm/send/abc"
NEWS = OutboxMessage(OutboxMessageKind.MESSAGE, "Laporan LP-2345-67CX sedang dikerjakan")


class PushServices:
    """Every push service there is: remembers what came, and answers as it is told."""

    def __init__(self) -> None:
        self.came: list[httpx.Request] = []
        self.statuses: dict[str, int] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.came.append(request)
        return httpx.Response(self.statuses.get(str(request.url), 201))

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self))


def visitor_of(home: House, browser: Browser) -> str:
    return home.context.visitors.read(browser.client.cookies[COOKIE]) or ""


async def subscribes(browser: Browser, endpoint: str, **more: object) -> int:
    return (await browser.client.post("/chat/notices", content=json.dumps({"endpoint": endpoint, **more}))).status_code


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        (SERVICE, True),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", True),
        ("https://web.push.apple.com/x", True),
        ("https://wns2-par02p.notify.windows.com/w/?token=x", True),
        ("https://FCM.googleapis.com:443/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evilfcm.googleapis.com.example/x", False),
        ("https://xfcm.googleapis.com/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://127.0.0.1/x", False),
        ("https://fcm.googleapis.com:port/x", False),
        ("file:///etc/passwd", False),
        ("", False),
        (f"https://fcm.googleapis.com/{'x' * 500}", False),
    ],
)
def test_only_push_services_are_ever_written_to(endpoint: str, *, is_one: bool) -> None:
    assert is_push_service(endpoint) is is_one


def test_the_key_is_the_installations_and_signs_for_one_service() -> None:
    assert PushKey(b"a").public == PushKey(b"a").public != PushKey(b"b").public
    header = PushKey(b"a").authorization(SERVICE, "mailto:a@b.example", 1_800_000_000)
    assert header.startswith("vapid t=")
    assert header.endswith(f",k={PushKey(b'a').public}")
    assert Vapid02.verify(header)
    assert not Vapid02.verify(header.replace(PushKey(b"a").public, PushKey(b"b").public))


async def test_a_browser_subscribes_and_ends_it(home: House, siti: Browser) -> None:
    assert await subscribes(siti, SERVICE) == 403
    await siti.opens()
    assert await subscribes(siti, SERVICE) == 204
    assert await subscribes(siti, "https://evil.example/x") == 400
    async with home.database.reading() as connection:
        assert await subscriptions_of(connection, visitor_of(home, siti)) == [SERVICE]
    assert await subscribes(siti, SERVICE, stop=True) == 204
    async with home.database.reading() as connection:
        assert await subscriptions_of(connection, visitor_of(home, siti)) == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{", b'{"endpoint": 1}', b"x" * 10_000, b"[" * 4_000),
        *(json.dumps({"endpoint": f"{SERVICE}{odd}"}).encode() for odd in ("\0", "\ud800")),
    ],
)
async def test_what_is_no_subscription_is_refused(siti: Browser, body: bytes) -> None:
    await siti.opens()
    assert (await siti.client.post("/chat/notices", content=body)).status_code == 400


async def test_leaving_ends_notices(home: House, siti: Browser) -> None:
    await siti.opens()
    await subscribes(siti, SERVICE)
    visitor = visitor_of(home, siti)
    await siti.client.post("/chat/leave")
    async with home.database.reading() as connection:
        assert await subscriptions_of(connection, visitor) == []


async def test_a_visitor_has_few_browsers(home: House) -> None:
    async with home.database.writing() as connection:
        for number in range(MOST_OF_A_VISITOR + 3):
            await subscribe(connection, "siti", f"{SERVICE}{number}", datetime(2026, 11, 24, number, tzinfo=UTC))
        kept = await subscriptions_of(connection, "siti")
    assert kept == [f"{SERVICE}{number}" for number in range(7, 2, -1)]


async def run_until_quiet(home: House, services: PushServices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_push, "TOGETHER_SECONDS", 0)
    home.context.notices.client = services.client
    running = asyncio.create_task(home.context.notices.run())
    for _ in range(20):
        await asyncio.sleep(0.005)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_news_give_one_notice_without_a_word(home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    services = PushServices()
    await siti.opens()
    await subscribes(siti, SERVICE)
    for _ in range(3):
        await home.context.channel.send(visitor_of(home, siti), NEWS)
    await home.context.channel.send("somebody-else", NEWS)
    await run_until_quiet(home, services, monkeypatch)
    [notice] = services.came
    assert (str(notice.url), notice.method, notice.content) == (SERVICE, "POST", b"")
    assert notice.headers["authorization"].startswith("vapid t=")
    assert notice.headers["ttl"] == "86400"


async def test_nobody_is_given_notice_of_what_she_sees(
    home: House, siti: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = PushServices()
    await siti.opens()
    await subscribes(siti, SERVICE)
    with home.context.sse_signals.listen(visitor_of(home, siti)):
        await home.context.channel.send(visitor_of(home, siti), NEWS)
    await home.context.channel.send(visitor_of(home, siti), OutboxMessage(OutboxMessageKind.EDIT, "card"))
    await run_until_quiet(home, services, monkeypatch)
    assert services.came == []


@pytest.mark.thorough
@pytest.mark.parametrize(("status", "left"), [(404, 0), (410, 0), (201, 1), (429, 1), (500, 1)])
async def test_a_browser_that_is_gone_is_forgotten(home: House, siti: Browser, status: int, left: int) -> None:
    services = PushServices()
    services.statuses[SERVICE] = status
    await siti.opens()
    await subscribes(siti, SERVICE)
    async with services.client() as client:
        await home.context.notices.send(client, visitor_of(home, siti))
    async with home.database.reading() as connection:
        assert len(await subscriptions_of(connection, visitor_of(home, siti))) == left


async def test_a_push_service_that_is_away_breaks_nothing(home: House, siti: Browser) -> None:
    def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("away")

    await siti.opens()
    await subscribes(siti, SERVICE)
    notices: Notices = home.context.notices
    async with httpx.AsyncClient(transport=httpx.MockTransport(away)) as client:
        await notices.send(client, visitor_of(home, siti))


async def test_an_installed_page_finds_what_it_needs(home: House, siti: Browser) -> None:
    page = await siti.opens()
    assert '<link rel="manifest" href="/manifest.webmanifest?lang=id">' in page
    manifest = (await siti.client.get("/manifest.webmanifest?lang=en")).json()
    assert (manifest["start_url"], manifest["display"], manifest["lang"]) == ("/", "standalone", "en")
    for icon in manifest["icons"]:
        assert (await siti.client.get(icon["src"])).status_code == 200
    worker = (await siti.client.get("/sw.js?lang=id")).text
    assert "Ada kabar untuk laporan Anda" in worker
    assert 'const WORDS = {"title"' in worker
    assert "Tidak ada sambungan" in (await siti.client.get("/offline?lang=id")).text
