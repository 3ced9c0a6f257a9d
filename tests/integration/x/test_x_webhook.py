"""What X posts: the challenge, the signature over the very bytes, both shapes of a direct message, each taken once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, timedelta

import pytest
from httpx import ASGITransport, AsyncClient

from bot.channels.declaration import OpenChannel
from bot.channels.x.declaration import open_x
from bot.channels.x.settings import XSettings
from bot.configuration.settings import WrongSetting
from bot.conversation.events import Said, SentOther
from bot.messaging.ports import InboxUnavailable
from bot.web.shared.app import make_app
from tests.fakes.channel_context import a_context
from tests.fakes.inbox import ReluctantInbox, RememberingInbox
from tests.fakes.public_posts import RememberedPosts
from tests.fakes.x import OURS, SITI, FakeX, Json, signed
from tests.talks.world import StandingClock
from tests.talks.x import settings_of

BUDI = "1800000000000000002"
MEDIA = {"url": "https://t.co/foto", "expanded_url": f"https://twitter.com/messages/media/{OURS}"}


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def inbox() -> RememberingInbox:
    return RememberingInbox()


@pytest.fixture
def public() -> RememberedPosts:
    return RememberedPosts()


@pytest.fixture
async def provider(clock: StandingClock) -> AsyncIterator[FakeX]:
    async with FakeX(lambda: clock().timestamp()) as listening:
        yield listening


def a_client(opened: OpenChannel) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(make_app([*opened.routers])), base_url="http://lapor")


@pytest.fixture
async def service(
    provider: FakeX, inbox: RememberingInbox, public: RememberedPosts, clock: StandingClock
) -> AsyncIterator[AsyncClient]:
    context = a_context(settings_of(provider), inbox, clock, public_posts=public)
    async with open_x(context) as opened, a_client(opened) as client:
        yield client


def words(inbox: RememberingInbox) -> list[str]:
    return [one.event.text if isinstance(one.event, Said) else "" for one in inbox.arrivals]


async def test_a_challenge_is_answered_with_its_signature(service: AsyncClient) -> None:
    answer = await service.get("/x", params={"crc_token": "Zm9vYmFy+/=_-."})
    signature = signed(b"Zm9vYmFy+/=_-.")["x-twitter-webhooks-signature"]
    assert (answer.status_code, answer.json()) == (200, {"response_token": signature})


async def test_a_challenge_that_could_be_a_post_is_not_signed(service: AsyncClient, provider: FakeX) -> None:
    forged = json.dumps(provider.said("lampu mati"), separators=(",", ":"))
    for token in (forged, '{"a":1}', "{}", "", "a b", "x" * 1001):
        assert (await service.get("/x", params={"crc_token": token})).status_code == 400
    assert (await service.get("/x")).status_code == 400


async def test_nothing_is_read_without_the_signature_of_these_very_bytes(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox
) -> None:
    body = json.dumps(provider.said("lampu mati")).encode()
    pretty = json.dumps(json.loads(body), indent=1).encode()
    header = "x-twitter-webhooks-signature"
    wrong: list[dict[str, str]] = [{}, signed(body, "other"), signed(pretty), {header: "sha256="}, {header: "é"}]
    for headers in wrong:
        given = {name: value.encode() for name, value in headers.items()}
        assert (await service.post("/x", content=body, headers=given)).status_code == 401
    assert (await service.post("/x", content=b"{", headers=signed(body))).status_code == 401
    assert inbox.tries == 0
    assert await provider.posts_body(service, body) == [200]


async def test_a_post_that_is_too_long_is_not_read(service: AsyncClient, provider: FakeX) -> None:
    assert await provider.posts_body(service, b" " * 1_000_001) == [413]


async def test_both_shapes_of_a_message_are_taken_once(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox
) -> None:
    assert await provider.posts(service, provider.said("jalan <rusak> & gelap"), times=2) == [200, 200]
    assert await provider.posts(service, provider.said_newly("halo", BUDI), times=2) == [200, 200]
    assert [(one.chat, len(one.update_id)) for one in inbox.arrivals] == [(SITI, 64), (BUDI, 64)]
    assert words(inbox) == ["jalan <rusak> & gelap", "halo"]


async def test_what_was_sent_later_comes_later_whatever_comes_first(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox, clock: StandingClock
) -> None:
    first = provider.said("satu")
    clock.passes(timedelta(milliseconds=40))
    await provider.posts(service, provider.said("dua"))
    await provider.posts(service, first)
    assert [text for _, text in sorted((one.sequence, words(inbox)[at]) for at, one in enumerate(inbox.arrivals))] == [
        "satu",
        "dua",
    ]


async def test_links_are_read_in_whole_and_the_one_of_a_file_is_left_out(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox
) -> None:
    link = {"url": "https://t.co/abc", "expanded_url": "https://berita.test/jalan"}
    await provider.posts(service, provider.said("lihat https://t.co/abc", entities={"urls": [link]}))
    attachment = {"type": "media", "media": {"url": MEDIA["url"]}}
    with_photo = {"attachment": attachment, "entities": {"urls": [MEDIA]}}
    await provider.posts(service, provider.said("ini fotonya https://t.co/foto", **with_photo))
    await provider.posts(service, provider.said("https://t.co/foto", **with_photo))
    assert words(inbox) == ["lihat https://berita.test/jalan", "ini fotonya", ""]
    assert isinstance(inbox.arrivals[-1].event, SentOther)


async def test_what_is_not_between_her_and_the_account_is_not_taken(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox
) -> None:
    other = provider.said("halo")
    other["data"]["filter"]["user_id"] = BUDI
    to_another = provider.said("halo")
    event = to_another["data"]["payload"]["direct_message_events"][0]
    event["message_create"]["target"]["recipient_id"] = BUDI
    not_ours: list[Json] = [
        other,
        to_another,
        provider.said("kami sendiri", OURS),
        provider.said_newly("di grup", dm_conversation_id="1900000000000000009"),
        provider.said_newly("masuk", event_type="ParticipantsJoin"),
        provider.activity("dm.read", {}),
        provider.activity("chat.received", {"id": "1"}),
    ]
    for activity in not_ours:
        assert await provider.posts(service, activity) == [200]
    assert inbox.arrivals == []


async def test_an_odd_message_spoils_no_other(service: AsyncClient, provider: FakeX, inbox: RememberingInbox) -> None:
    good = provider.said("lampu mati")
    events = good["data"]["payload"]["direct_message_events"]
    events[:0] = [{}, 5, {"id": "1", "message_create": "x"}, {"id": 7, "message_create": {"sender_id": SITI}}]
    assert await provider.posts(service, good) == [200]
    assert words(inbox) == ["lampu mati"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"data": 1}', b"\xff", b"[" * 50_000])
async def test_what_is_signed_and_no_post_is_refused(service: AsyncClient, provider: FakeX, body: bytes) -> None:
    assert await provider.posts_body(service, body) == [400]


async def test_a_message_is_as_old_as_it_says_and_none_is_of_tomorrow(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox, clock: StandingClock
) -> None:
    then, late = clock().astimezone(UTC).replace(microsecond=0), provider.said("lampu mati")
    clock.passes(timedelta(hours=3))
    tomorrow = provider.said("x")
    tomorrow["data"]["payload"]["direct_message_events"][0]["created_timestamp"] = "4000000000000"
    await provider.posts(service, late)
    await provider.posts(service, tomorrow)
    assert [one.event.at for one in inbox.arrivals] == [then, clock()]


async def test_a_database_that_is_away_has_it_posted_again(provider: FakeX, clock: StandingClock) -> None:
    inbox = ReluctantInbox(1, InboxUnavailable("away"))
    async with open_x(a_context(settings_of(provider), inbox, clock)) as opened, a_client(opened) as service:
        assert await provider.posts(service, provider.said("lampu mati"), times=2) == [503, 200]
    assert len(inbox.arrivals) == 1


async def test_a_public_post_enters_no_talk(
    service: AsyncClient, provider: FakeX, inbox: RememberingInbox, public: RememberedPosts
) -> None:
    long = {"note_tweet": {"text": "@lapor jalan rusak panjang sekali"}}
    for post in (
        provider.mentions("@lapor_penajam @budi lampu di petung mati https://t.co/foto"),
        provider.mentions("@lapor jalan rusak", **long),
        provider.mentions("halo", OURS),
        provider.mentions("RT @siti: halo", BUDI, referenced_tweets=[{"type": "retweeted", "id": "1"}]),
        provider.mentions("halo", "siti"),
    ):
        assert await provider.posts(service, post) == [200]
    assert inbox.arrivals == []
    assert [(one.chat, one.words) for one, _ in public.posts] == [
        (SITI, "lampu di petung mati"),
        (SITI, "jalan rusak panjang sekali"),
    ]


async def test_the_older_shape_of_a_post_is_taken_too(
    service: AsyncClient, provider: FakeX, public: RememberedPosts
) -> None:
    older = {"id_str": f"{provider.next_id()}", "text": "@lapor lampu mati", "user": {"id_str": BUDI}}
    await provider.posts(service, provider.activity("post.mention.create", {"tweet_create_events": [older]}))
    assert [(one.chat, one.words) for one, _ in public.posts] == [(BUDI, "lampu mati")]


# Settings -------------------------------------------------------------------------------------------------------


def test_a_door_that_is_half_set_is_one_sentence() -> None:
    assert not XSettings(_env_file=None).is_wanted()
    with pytest.raises(WrongSetting, match="LAPOR_X_USER_ID: set all"):
        XSettings(_env_file=None, x_client_id="x").is_wanted()


@pytest.mark.parametrize("wrong", [{"x_user_id": "@lapor"}, {"x_api_url": "api.x.com"}])
def test_what_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="must be"):
        XSettings(_env_file=None, **wrong)  # type: ignore[arg-type] - as from the environment
