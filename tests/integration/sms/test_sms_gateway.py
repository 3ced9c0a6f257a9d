"""The gateway both ways: what it posts is taken once and only from it, and what it refuses is sent again or never."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest
from httpx import ASGITransport, AsyncClient

from bot.channels.declaration import OpenChannel
from bot.channels.sms.declaration import open_sms
from bot.channels.sms.dialects.generic import Generic
from bot.channels.sms.http_gateway import failure
from bot.channels.sms.settings import SmsSettings
from bot.configuration.settings import WrongSetting
from bot.conversation.events import Said, SentOther
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind, WordedButton
from bot.messaging.ports import Impossible, NeverAgain, NotNow, SendingFailed
from bot.web.shared.app import make_app
from tests.fakes.channel_context import a_context
from tests.fakes.inbox import ReluctantInbox, RememberingInbox
from tests.fakes.sms import HEADER, SECRET, FakeGateway

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SITI = "+6281234567890"
GIVEN = {"from": SITI, "text": "lampu mati", "id": "mo-1"}
HELLO = OutboxMessage(OutboxMessageKind.MESSAGE, "Halo", ((WordedButton("Kirim", "send", number=1),),))


@pytest.fixture
async def gateway() -> AsyncIterator[FakeGateway]:
    async with FakeGateway() as listening:
        yield listening


@pytest.fixture
def inbox() -> RememberingInbox:
    return RememberingInbox()


def settings(url: str | None, secret: str | None) -> SmsSettings:
    return SmsSettings(_env_file=None, sms_gateway_url=url, sms_secret=secret)


def a_client(sms: OpenChannel) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(make_app([*sms.routers])), base_url="http://lapor")


@pytest.fixture
async def sms(gateway: FakeGateway, inbox: RememberingInbox) -> AsyncIterator[OpenChannel]:
    async with open_sms(a_context(settings(gateway.url, SECRET), inbox, lambda: NOW)) as opened:
        yield opened


@pytest.fixture
async def service(sms: OpenChannel) -> AsyncIterator[AsyncClient]:
    async with a_client(sms) as client:
        yield client


# In -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "sms-secret_2"}, {HEADER: "rahasia-ü"}])
async def test_only_who_knows_the_secret_is_heard(
    service: AsyncClient, inbox: RememberingInbox, headers: Mapping[str, str]
) -> None:
    sent = {name: value.encode() for name, value in headers.items()}
    assert (await service.post("/sms", data=GIVEN, headers=sent)).status_code == 401
    assert inbox.tries == 0


async def test_the_secret_is_looked_at_before_the_body(service: AsyncClient) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    assert (await service.post("/sms", content=never())).status_code == 401


async def test_a_form_and_json_say_the_same(service: AsyncClient, inbox: RememberingInbox) -> None:
    answers = [
        await service.post("/sms", data=GIVEN, headers={HEADER: SECRET}),
        await service.post("/sms", json=GIVEN, headers={HEADER: SECRET}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    [form, document] = [batch[0] for batch in inbox.batches]
    assert form == document
    assert (form.channel, form.chat, form.event.at) == ("sms", SITI, NOW)
    assert isinstance(form.event, Said)
    assert form.event.text == "lampu mati"


async def test_the_same_id_is_the_same_arrival(
    service: AsyncClient, gateway: FakeGateway, inbox: RememberingInbox
) -> None:
    await gateway.brings(service, SITI, "lampu mati", times=2)
    await gateway.brings(service, SITI, "lampu mati")
    assert (len(inbox.batches), len(inbox.arrivals)) == (3, 2)


@pytest.mark.parametrize("sender", ["081234567890", "6281234567890", "+62 812-3456-7890", SITI])
async def test_a_number_is_one_citizen_however_it_is_written(
    service: AsyncClient, gateway: FakeGateway, inbox: RememberingInbox, sender: str
) -> None:
    await gateway.brings(service, sender, "halo")
    assert [arrival.chat for arrival in inbox.arrivals] == [SITI]


@pytest.mark.parametrize("sender", ["TELKOMSEL", "1708", ""])
async def test_a_machine_is_taken_and_never_answered(
    service: AsyncClient, gateway: FakeGateway, inbox: RememberingInbox, sender: str
) -> None:
    assert await gateway.brings(service, sender, "Promo!") == [200]
    assert inbox.arrivals == []


async def test_a_message_without_words_is_something_other(
    service: AsyncClient, gateway: FakeGateway, inbox: RememberingInbox
) -> None:
    await gateway.brings(service, SITI, " ")
    assert isinstance(inbox.arrivals[0].event, SentOther)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"from text id"', 400),
        (b"[" * 19_000, 400),
        (b'{"from": "+6281234567890", "text": "a"}', 400),
        (b'{"from": "+6281234567890", "text": "a", "id": ""}', 400),
        (b'{"from": "+6281234567890", "text": null, "id": 7}', 200),
        (b'{"from": "+6281234567890", "text": "\\ud800 \\u0000", "id": 7}', 200),
        (b"\xff", 400),
        (b'"' + b"a" * 20_000 + b'"', 413),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(service: AsyncClient, body: bytes, status: int) -> None:
    headers = {HEADER: SECRET, "content-type": "application/json"}
    assert (await service.post("/sms", content=body, headers=headers)).status_code == status


async def test_nothing_is_acknowledged_before_it_is_kept() -> None:
    inbox = ReluctantInbox(1)
    context = a_context(settings("http://127.0.0.1:9", SECRET), inbox, lambda: NOW)
    async with open_sms(context) as sms, a_client(sms) as client:
        answers = [await client.post("/sms", data=GIVEN, headers={HEADER: SECRET}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [503, 200]


# Out ----------------------------------------------------------------------------------------------------------


async def test_buttons_are_numbers(sms: OpenChannel, gateway: FakeGateway) -> None:
    assert len(await sms.channel.send(SITI, HELLO)) == 16
    assert [(one.to, one.text) for one in gateway.sent] == [(SITI, "Halo\n1 = Kirim")]


async def test_a_long_answer_is_sent_in_order(sms: OpenChannel, gateway: FakeGateway) -> None:
    await sms.channel.send(SITI, OutboxMessage(OutboxMessageKind.EDIT, "lampu jalan mati " * 20))
    assert [one.text[:4] for one in gateway.sent] == ["1/3 ", "2/3 ", "3/3 "]


async def test_the_end_of_a_waiting_is_nothing_to_send(sms: OpenChannel, gateway: FakeGateway) -> None:
    await sms.channel.send(SITI, OutboxMessage(OutboxMessageKind.ANSWER, "Baik"))
    await sms.channel.show_typing(SITI)
    assert gateway.asked == 0


async def test_a_refusal_is_told_in_its_own_kind(sms: OpenChannel, gateway: FakeGateway) -> None:
    gateway.refuses, gateway.headers = [429], {"Retry-After": "7"}
    with pytest.raises(NotNow) as caught:
        await sms.channel.send(SITI, HELLO)
    assert (caught.value.seconds, caught.value.everybody, caught.value.asked) == (7.0, True, True)
    assert "Halo" not in str(caught.value)


async def test_a_redirect_is_not_followed(sms: OpenChannel, gateway: FakeGateway) -> None:
    gateway.refuses, gateway.headers = [307], {"Location": gateway.url}
    with pytest.raises(NotNow):
        await sms.channel.send(SITI, HELLO)
    assert gateway.asked == 1


@pytest.mark.parametrize(
    ("status", "kind", "everybody"),
    [
        (400, Impossible, None),
        (422, Impossible, None),
        (410, NeverAgain, None),
        (401, NotNow, True),
        (404, NotNow, True),
        (429, NotNow, True),
        (500, NotNow, False),
        (503, NotNow, False),
    ],
)
def test_what_a_status_means(status: int, kind: type[SendingFailed], everybody: bool | None) -> None:  # noqa: FBT001
    failed = failure(status, "", Generic())
    assert (type(failed), getattr(failed, "everybody", None)) == (kind, everybody)


async def test_a_gateway_that_is_not_there_is_everybodys_trouble(sms: OpenChannel, gateway: FakeGateway) -> None:
    await gateway.__aexit__(None, None, None)
    with pytest.raises(NotNow) as caught:
        await sms.channel.send(SITI, HELLO)
    assert caught.value.everybody


# Its settings -----------------------------------------------------------------------------------------------------


def test_both_settings_open_it() -> None:
    assert not settings(None, None).is_wanted()
    assert settings("http://gateway", SECRET).is_wanted()


@pytest.mark.parametrize(("url", "secret"), [("http://gateway", None), (None, SECRET)])
def test_half_of_the_settings_is_refused(url: str | None, secret: str | None) -> None:
    with pytest.raises(WrongSetting, match=r"LAPOR_SMS_GATEWAY_URL and LAPOR_SMS_SECRET"):
        settings(url, secret).is_wanted()


def test_an_address_is_one_of_the_web() -> None:
    with pytest.raises(ValueError, match="SMS gateway"):
        settings("gateway.example", SECRET)
