"""Each dialect over HTTP: how a gateway is asked, how its posts are read, and what it reads back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from httpx import ASGITransport, AsyncClient

from actions.store.engine.database import Database
from bot.channels.declaration import CannotStart
from bot.channels.sms.dialects.generic import read_described
from bot.web.shared.app import make_app
from tests.integration.sms.open_sms import SITI, OpenSms, sms_over
from tests.talks.world import StandingClock

SECRET = "kunci"
DIGITS = SITI.removeprefix("+")
JAVANESE = "ꦭꦩ꧀ꦥꦸ ꦩꦠꦶ"


@dataclass
class AnyGateway:
    """Takes every request, remembers what it asked, and answers as it was told."""

    status: int = 200
    answer: str = ""
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    url: str = ""

    async def serve(self, request: web.Request) -> web.Response:
        """Remember method, fields, and body."""
        body = await request.text()
        form = dict(await request.post())
        self.asked.append((request.method, {**request.query, **form}, body))
        return web.Response(status=self.status, text=self.answer)


@asynccontextmanager
async def gateway_of(**given: Any) -> AsyncIterator[AnyGateway]:
    gateway = AnyGateway(**given)
    app = web.Application()
    app.router.add_route("*", "/send", gateway.serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    gateway.url = f"http://127.0.0.1:{runner.addresses[0][1]}/send"
    yield gateway
    await runner.cleanup()


@asynccontextmanager
async def service_of(sms: OpenSms) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(make_app([*sms.opened.routers]))
    async with AsyncClient(transport=transport, base_url="http://lapor") as client:
        yield client


# Kannel -------------------------------------------------------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ({"content-type": "text/plain"}, b"lampu mati", "lampu mati"),
        ({"content-type": "text/plain; charset=UTF-16BE"}, JAVANESE.encode("utf-16-be"), JAVANESE),
        ({"content-type": 'text/plain; charset="UTF-8"'}, JAVANESE.encode(), JAVANESE),
        ({"content-type": "application/octet-stream"}, b"\x00\x01", ""),
    ],
)
async def test_kannel_posts_plain_text(
    database: Database, clock: StandingClock, headers: Mapping[str, str], body: bytes, text: str
) -> None:
    async with (
        sms_over(database, clock, dialect="kannel", gateway_url="http://127.0.0.1:9", secret=SECRET) as sms,
        service_of(sms) as service,
    ):
        sent = {**headers, "X-Kannel-From": DIGITS, "X-Kannel-To": "1708"}
        for _ in range(2):
            answer = await service.post(f"/sms?key={SECRET}&id=abc", content=body, headers=sent)
            assert (answer.status_code, answer.content) == (200, b"")
        assert await sms.told() == [(SITI, text)]
        assert (await service.post("/sms?key=lain&id=abc", content=body, headers=sent)).status_code == 401


async def test_kannel_may_leave_parts_to_us(database: Database, clock: StandingClock) -> None:
    async with (
        sms_over(database, clock, dialect="kannel", gateway_url="http://127.0.0.1:9", secret=SECRET) as sms,
        service_of(sms) as service,
    ):
        for number, words in ((2, b"di petung"), (1, b"lampu mati ")):
            sent = {
                "content-type": "text/plain",
                "X-Kannel-From": DIGITS,
                "X-Kannel-UDH": f"%05%00%03%07%02%0{number}",
            }
            await service.post(f"/sms?key={SECRET}&id={number}", content=words, headers=sent)
        assert await sms.told() == [(SITI, "lampu mati di petung")]


async def test_kannel_is_asked_and_tells_what_became_of_it(database: Database, clock: StandingClock) -> None:
    async with (
        gateway_of(status=202, answer="0: Accepted for delivery") as kannel,
        sms_over(
            database, clock, dialect="kannel", gateway_url=f"{kannel.url}?username=u&password=p", secret=SECRET
        ) as sms,
        service_of(sms) as service,
    ):
        await sms.sends("Halo " * 50, JAVANESE)
        [(method, first, _), (_, second, _)] = kannel.asked
        wanted = {"username": "u", "password": "p", "to": SITI, "text": "Halo " * 50, "coding": "0", "charset": "UTF-8"}
        assert (method, {name: first[name] for name in wanted}) == ("GET", wanted)
        assert (second["text"], second["coding"]) == (JAVANESE, "2")
        for asked, status, words in ((first, 1, "id:9 stat:DELIVRD"), (second, 2, "id:10 stat:EXPIRED")):
            told = asked["dlr-url"].replace("%d", str(status)).replace("%A", words)
            assert told.startswith("http://lapor.test/sms/receipts?key=kunci&id=")
            assert (await service.get(told.removeprefix("http://lapor.test"))).status_code == 200
        assert await sms.outbox() == [("sent", "delivered"), ("failed", "expired")]


# Jasmin -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"content": "lampu mati", "coding": "0", "binary": b"lampu mati".hex()}, "lampu mati"),
        ({"content": "?", "coding": "8", "binary": JAVANESE.encode("utf-16-be").hex()}, JAVANESE),
        ({"content": "\x00 \x05", "coding": "0", "binary": "002005"}, "@ é"),
        ({"content": "lampu mati", "coding": "\x00", "binary": b"lampu mati".hex()}, "lampu mati"),
        ({"content": "?", "coding": "\x08", "binary": JAVANESE.encode("utf-16-be").hex()}, JAVANESE),
    ],
)
async def test_jasmin_reads_that_it_was_taken(
    database: Database, clock: StandingClock, given: Mapping[str, str], text: str
) -> None:
    async with (
        sms_over(database, clock, dialect="jasmin", gateway_url="http://127.0.0.1:9", secret=SECRET) as sms,
        service_of(sms) as service,
    ):
        form = {"id": "07033084", "from": DIGITS, "to": "1708", "origin-connector": "op", **given}
        for _ in range(2):
            answer = await service.post(f"/sms?key={SECRET}", data=form)
            assert (answer.status_code, answer.text) == (200, "ACK/Jasmin")
        assert await sms.told() == [(SITI, text)]


async def test_jasmin_is_asked_and_tells_what_became_of_it(database: Database, clock: StandingClock) -> None:
    async with (
        gateway_of(answer='Success "07033084-5cfd"') as jasmin,
        sms_over(
            database, clock, dialect="jasmin", gateway_url=f"{jasmin.url}?username=u&password=p", secret=SECRET
        ) as sms,
        service_of(sms) as service,
    ):
        await sms.sends(JAVANESE)
        [(method, asked, _)] = jasmin.asked
        assert (method, asked["to"], asked["coding"]) == ("POST", SITI, "8")
        assert bytes.fromhex(asked["hex-content"]).decode("utf-16-be") == JAVANESE
        for level, state, told in ((1, "ESME_ROK", ("sent", "")), (2, "DELIVRD", ("sent", "delivered"))):
            form = {"id": "07033084-5cfd", "level": str(level), "message_status": state}
            answer = await service.post(asked["dlr-url"].removeprefix("http://lapor.test"), data=form)
            assert (answer.text, await sms.outbox()) == ("ACK/Jasmin", [told])


# Any other ----------------------------------------------------------------------------------------------------------


async def test_a_gateway_is_described_by_templates(
    database: Database, clock: StandingClock, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sms.toml").write_text(
        """
        [send]
        method = "POST"
        content_type = "application/xml"
        body = "<sms to='{digits}'>{text}</sms>"
        divides = true
        answer_id = "<id>(.+)</id>"
        [receive]
        sender = "msisdn"
        text = "pesan"
        id = "trx"
        answer = "OK"
        [receipts]
        id = "trx"
        status = "kode"
        failed = ["23"]
        """
    )
    monkeypatch.setattr("tests.fakes.channel_context.DEFAULTS", tmp_path)
    async with (
        gateway_of(answer="<id>77</id>") as gateway,
        sms_over(database, clock, gateway_url=f"{gateway.url}?hp={{to}}", secret=SECRET) as sms,
        service_of(sms) as service,
    ):
        await sms.sends("a < b " * 40)
        [(method, fields, body)] = gateway.asked
        words = "a &lt; b " * 40
        assert (method, fields["hp"], body) == ("POST", SITI, f"<sms to='{DIGITS}'>{words}</sms>")
        given = {"msisdn": "081234567890", "pesan": "halo", "trx": "1"}
        assert (await service.post(f"/sms?key={SECRET}", json=given)).text == "OK"
        assert await sms.told() == [(SITI, "halo")]
        assert (await service.post(f"/sms/receipts?key={SECRET}", data={"trx": "77", "kode": "23"})).status_code == 200
        assert await sms.outbox() == [("failed", "failed")]


@pytest.mark.parametrize("text", ["[send]\nmethod = 'FETCH'", "[sent]\n", "["])
def test_a_description_that_cannot_be_is_refused_at_the_start(tmp_path: Any, text: str) -> None:
    (tmp_path / "sms.toml").write_text(text)
    with pytest.raises(CannotStart, match=r"sms\.toml"):
        read_described(tmp_path)
