"""What Meta posts: the challenge, the signature over the very bytes, several messages at once, each taken once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient

from bot.channels.declaration import OpenChannel
from bot.channels.meta.declaration import open_whatsapp
from bot.channels.meta.settings import WhatsAppSettings
from bot.configuration.settings import WrongSetting
from bot.conversation.events import Event, Pressed, Said, SentOther, SentPhoto, SharedPlace
from bot.files.ports import FileGone, TryLater
from bot.messaging.ports import InboxUnavailable, Receipt
from bot.web.shared.app import make_app
from tests.fakes.channel_context import a_context
from tests.fakes.inbox import ReluctantInbox, RememberingInbox
from tests.fakes.message_parts import RememberedReceipts
from tests.fakes.whatsapp import PHONE_ID, SITI, VERIFY_TOKEN, FakeWhatsApp, Json, signed, status
from tests.talks.whatsapp import settings_of
from tests.talks.world import StandingClock

BUDI = "6281234567899"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def inbox() -> RememberingInbox:
    return RememberingInbox()


@pytest.fixture
def receipts() -> RememberedReceipts:
    return RememberedReceipts()


@pytest.fixture
async def meta(clock: StandingClock) -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp(lambda: clock().timestamp()) as listening:
        yield listening


@pytest.fixture
async def opened(
    meta: FakeWhatsApp, inbox: RememberingInbox, receipts: RememberedReceipts, clock: StandingClock
) -> AsyncIterator[OpenChannel]:
    async with open_whatsapp(a_context(settings_of(meta), inbox, clock, receipts=receipts)) as channel:
        yield channel


def a_client(opened: OpenChannel) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(make_app([*opened.routers])), base_url="http://lapor")


@pytest.fixture
async def service(opened: OpenChannel) -> AsyncIterator[AsyncClient]:
    async with a_client(opened) as client:
        yield client


async def test_the_challenge_is_answered_to_who_knows_the_token(service: AsyncClient) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY_TOKEN}
    answer = await service.get("/whatsapp", params=asked)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    for wrong in ({"hub.verify_token": "other"}, {"hub.verify_token": ""}, {"hub.mode": "unsubscribe"}):
        assert (await service.get("/whatsapp", params=asked | wrong)).status_code == 403


async def test_nothing_is_read_without_the_signature_of_these_very_bytes(
    service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox
) -> None:
    body = meta.body({"messages": [meta.said("lampu mati")]})
    pretty = json.dumps(json.loads(body), indent=1).encode()
    wrong: list[dict[str, str]] = [{}, signed(body, "other"), signed(pretty), {"X-Hub-Signature-256": "sha256="}]
    for headers in wrong:
        assert (await service.post("/whatsapp", content=body, headers=headers)).status_code == 401
    assert (await service.post("/whatsapp", content=b"{", headers=signed(body))).status_code == 401
    assert inbox.tries == 0
    assert (await service.post("/whatsapp", content=body, headers=signed(body))).status_code == 200


async def test_several_entries_and_messages_come_in_their_order_and_each_once(
    service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox
) -> None:
    values = [
        {"messages": [meta.said("satu"), meta.said("dua")], "contacts": [{"wa_id": SITI, "profile": {"name": "Siti"}}]},
        {"messages": [meta.said("tiga", BUDI)], "statuses": [status("wamid.1", "sent")]},
    ]
    assert await meta.posts_body(service, meta.body(*values), times=2) == [200, 200]
    told = [(one.chat, one.event.text, one.event.name) for one in inbox.arrivals if isinstance(one.event, Said)]
    assert told == [(SITI, "satu", "Siti"), (SITI, "dua", "Siti"), (BUDI, "tiga", None)]
    assert all(len(one.update_id) <= 64 and len(one.event.id) <= 10 for one in inbox.arrivals)


async def test_what_is_for_another_number_of_the_app_is_not_taken(
    service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox
) -> None:
    body = meta.body({"messages": [meta.said("halo")]}).replace(PHONE_ID.encode(), b"1099999999999")
    assert await meta.posts_body(service, body) == [200]
    assert inbox.arrivals == []


@pytest.mark.parametrize(
    ("kind", "content", "event"),
    [
        ("text", {"body": "lampu mati"}, Said),
        ("text", {"body": " "}, SentOther),
        ("text", {"body": 5}, SentOther),
        ("interactive", {"type": "button_reply", "button_reply": {"id": "send~x", "title": "Kirim"}}, Pressed),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "secret~x", "title": "Rahasiakan"}}, Pressed),
        ("interactive", {"type": "nfm_reply"}, SentOther),
        ("image", {"id": "1", "mime_type": "image/jpeg", "caption": "ini"}, SentPhoto),
        ("document", {"id": "1", "filename": "surat.pdf"}, SentPhoto),
        ("audio", {"id": "1", "voice": True}, SentPhoto),
        ("video", {"id": "1"}, SentPhoto),
        ("location", {"latitude": -1.25, "longitude": 116.6, "name": "Pasar"}, SharedPlace),
        ("location", {"latitude": 1e9, "longitude": 0}, SentOther),
        ("sticker", {"id": "1"}, SentOther),
        ("contacts", [{"name": {}}], SentOther),
        ("unsupported", {}, SentOther),
    ],
)
async def test_each_kind_of_message_is_an_event(
    service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox, kind: str, content: Any, event: type[Event]
) -> None:
    assert await meta.posts(service, meta.message(kind, content)) == [200]
    [arrival] = inbox.arrivals
    assert type(arrival.event) is event


async def test_a_reaction_is_no_message(service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox) -> None:
    assert await meta.posts(service, meta.message("reaction", {"message_id": "wamid.1", "emoji": "👍"})) == [200]
    assert inbox.arrivals == []


async def test_an_odd_message_spoils_no_other(
    service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox
) -> None:
    odd: list[Json] = [{}, {"id": "", "from": SITI}, meta.said("x") | {"from": "+62 812"}, meta.said("x") | {"id": 7}]
    body = meta.body({"messages": [*odd, meta.said("lampu mati")]}, {"messages": "none"}, {"statuses": [{"id": 1}]})
    assert await meta.posts_body(service, body) == [200]
    assert [one.event.text for one in inbox.arrivals if isinstance(one.event, Said)] == ["lampu mati"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"object": 1}', b"\xff", b"[" * 50_000])
async def test_what_is_signed_and_no_post_is_refused(service: AsyncClient, meta: FakeWhatsApp, body: bytes) -> None:
    assert await meta.posts_body(service, body) == [400]


async def test_a_message_that_comes_late_is_as_old_as_it_says_and_none_is_of_tomorrow(
    service: AsyncClient, meta: FakeWhatsApp, inbox: RememberingInbox, clock: StandingClock
) -> None:
    then = clock().astimezone(UTC).replace(microsecond=0)
    late = meta.said("lampu mati")
    clock.passes(timedelta(hours=3))
    await meta.posts(service, late, meta.said("x") | {"timestamp": "4000000000"})
    assert [one.event.at for one in inbox.arrivals] == [then, clock()]


async def test_a_database_that_is_away_has_it_posted_again(meta: FakeWhatsApp, clock: StandingClock) -> None:
    inbox = ReluctantInbox(1, InboxUnavailable("away"))
    async with open_whatsapp(a_context(settings_of(meta), inbox, clock)) as opened, a_client(opened) as service:
        assert await meta.posts(service, meta.said("lampu mati"), times=2) == [503, 200]
    assert len(inbox.arrivals) == 1


async def test_statuses_become_receipts(service: AsyncClient, meta: FakeWhatsApp, receipts: RememberedReceipts) -> None:
    told = [("sent", []), ("delivered", []), ("read", []), ("failed", [131026]), ("failed", [131047]), ("played", [])]
    await meta.posts_statuses(
        service, *(status(f"wamid.{n}", word, SITI, *codes) for n, (word, codes) in enumerate(told))
    )
    assert [receipt for _, receipt in receipts.receipts] == [
        Receipt.DELIVERED,
        Receipt.DELIVERED,
        Receipt.FAILED,
        Receipt.WINDOW_SHUT,
    ]


# Files ----------------------------------------------------------------------------------------------------------


async def fetched(opened: OpenChannel, file_id: str) -> bytes:
    assert opened.file_source
    return b"".join([piece async for piece in opened.file_source.stream(file_id)])


async def test_a_file_is_fetched_at_an_address_that_is_asked_for_each_time(
    opened: OpenChannel, meta: FakeWhatsApp, clock: StandingClock
) -> None:
    file_id = meta.new_file(b"a photo")
    assert await fetched(opened, file_id) == b"a photo"
    clock.passes(timedelta(minutes=6))
    assert await fetched(opened, file_id) == b"a photo"


async def test_a_file_that_is_gone_or_whose_address_ran_out_is_asked_for_again(
    opened: OpenChannel, meta: FakeWhatsApp, clock: StandingClock
) -> None:
    file_id = meta.new_file(b"a photo")
    meta.slow_to_fetch = lambda: clock.passes(timedelta(minutes=6))
    with pytest.raises(FileGone):
        await fetched(opened, file_id)
    meta.slow_to_fetch = None
    assert await fetched(opened, file_id) == b"a photo"
    clock.passes(timedelta(days=31))
    with pytest.raises(FileGone):
        await fetched(opened, file_id)


async def test_a_file_waits_where_the_token_is_refused(opened: OpenChannel, meta: FakeWhatsApp) -> None:
    file_id, meta.token = meta.new_file(b"a photo"), "another"
    with pytest.raises(TryLater):
        await fetched(opened, file_id)


# Settings -------------------------------------------------------------------------------------------------------


def test_a_door_that_is_half_set_is_one_sentence() -> None:
    assert not WhatsAppSettings(_env_file=None).is_wanted()
    with pytest.raises(WrongSetting, match="LAPOR_WHATSAPP_VERIFY_TOKEN: set all"):
        WhatsAppSettings(_env_file=None, whatsapp_token="x").is_wanted()  # type: ignore[arg-type] - as from the environment


@pytest.mark.parametrize("wrong", [{"whatsapp_phone_id": "+62 812"}, {"meta_api_url": "graph.facebook.com"}])
def test_what_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="must be"):
        WhatsAppSettings(_env_file=None, **wrong)  # type: ignore[arg-type] - likewise
