"""X's API on a loopback port: takes messages and refuses what the real one refuses, and posts what people write.

Written from the provider's documents. Time is the test's; nothing waits.
"""

from __future__ import annotations

import base64
import hmac
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import encode_basic_auth, web
from httpx import AsyncClient

from tests.fakes.sms import Sms
from tests.fakes.x_rules import RateWindow, Refused, refused_message, refused_post

CLIENT_ID, CLIENT_SECRET, CONSUMER_SECRET, APP_TOKEN = "client_1", "client-secret_1", "consumer-secret_1", "app-token_1"
OURS: Final = "1700000000000000001"
SITI: Final = "1800000000000000001"
A_QUARTER, A_DAY = 900.0, 86_400.0
FIRST_ID: Final = 1_990_000_000_000_000_000
SAME_AGAIN: Final = "You are not allowed to create a Tweet with duplicate content."
NOT_TO_HER: Final = "You do not have permission to DM one or more participants."

type Json = dict[str, Any]


@dataclass
class FakeX:
    """One account, and everybody's phones.

    Attributes:
        wall: seconds since 1970.
        sent: every direct message that was taken, oldest first.
        public: every public reply that was taken, as `{"to", "text", "id"}`.
        refuses: (status, body) for the next requests to send, before anything is looked at.
        closed: accounts that take no messages of ours.
        gone: posts that were deleted.
        access: the access token that is good, and until when; each exchange makes the one before it good no longer
            than until its own end.
        refresh: the refresh token that is good; one that was used already ends the whole chain.
        lifetime: seconds for which an access token is good.
        on_exchange: called when tokens were exchanged and before that is answered: a process may die there.
        webhooks, subscriptions: what the app has registered.
    """

    wall: Callable[[], float]
    messages_a_quarter: int = 15
    messages_a_day: int = 1440
    lifetime: float = 7200.0
    sent: list[Sms] = field(default_factory=list)
    public: list[Json] = field(default_factory=list)
    refuses: list[tuple[int, Json]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    exchanges: int = 0
    used_again: int = 0
    on_exchange: Callable[[], None] | None = None
    refuses_exchange: list[tuple[int, Json]] = field(default_factory=list)
    webhooks: list[Json] = field(default_factory=list)
    subscriptions: list[Json] = field(default_factory=list)
    refresh: str = "refresh-0"
    url: str = ""
    access: dict[str, float] = field(default_factory=dict)
    asked: int = 0
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _quarter: RateWindow = field(init=False)
    _day: RateWindow = field(init=False)
    _runner: web.AppRunner | None = None

    def __post_init__(self) -> None:
        """Nothing was sent yet."""
        self._quarter = RateWindow(self.messages_a_quarter, A_QUARTER)
        self._day = RateWindow(self.messages_a_day, A_DAY)

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application()
        app.router.add_post("/2/dm_conversations/with/{account}/messages", self._takes_message)
        app.router.add_post("/2/tweets", self._takes_post)
        app.router.add_post("/2/oauth2/token", self._exchanges)
        app.router.add_get("/2/users/me", self._shows_account)
        app.router.add_get("/2/webhooks", self._shows_webhooks)
        app.router.add_get("/2/activity/subscriptions", self._shows_subscriptions)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/2"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()

    @property
    def settings(self) -> dict[str, str]:
        """Those that open the channel over this."""
        return {
            "x_client_id": CLIENT_ID,
            "x_client_secret": CLIENT_SECRET,
            "x_consumer_secret": CONSUMER_SECRET,
            "x_refresh_token": self.refresh,
            "x_user_id": OURS,
            "x_api_url": self.url,
        }

    def authorizes_anew(self) -> str:
        """An admin lets the app act for the account again; returns the refresh token that begins the new chain."""
        self.refresh = f"refresh-new-{next(self._numbers)}"
        return self.refresh

    # What people do ------------------------------------------------------------------------------------------

    def next_id(self) -> int:
        """Of a message or post; a later one has a higher number."""
        return FIRST_ID + next(self._numbers)

    def said(self, text: str, sender: str = SITI, **more: Any) -> Json:
        """A direct message of hers, as it is posted: in the older shape."""
        made = {"target": {"recipient_id": OURS}, "sender_id": sender, "message_data": {"text": _escaped(text), **more}}
        stamp = f"{int(self.wall() * 1000)}"
        event = {
            "type": "message_create",
            "id": f"{self.next_id()}",
            "created_timestamp": stamp,
            "message_create": made,
        }
        return self.activity("dm.received", {"direct_message_events": [event], "users": {sender: {"id": sender}}})

    def said_newly(self, text: str, sender: str = SITI, **more: Any) -> Json:
        """The same in the newer shape, which some events come in."""
        payload = {
            "id": f"{self.next_id()}",
            "event_type": "MessageCreate",
            "sender_id": sender,
            "text": _escaped(text),
        }
        return self.activity("dm.received", payload | {"dm_conversation_id": f"{OURS}-{sender}"} | more)

    def mentions(self, text: str, author: str = SITI, **more: Any) -> Json:
        """A public post of hers in which the account is named."""
        payload = {"id": f"{self.next_id()}", "author_id": author, "text": _escaped(text), "lang": "in"}
        return self.activity("post.mention.create", payload | more)

    def activity(self, event_type: str, payload: Json, account: str = OURS) -> Json:
        """The envelope."""
        named = {"event_uuid": f"{next(self._numbers)}", "filter": {"user_id": account}, "tag": "lapor"}
        return {"data": {**named, "event_type": event_type, "payload": payload}}

    async def posts(self, service: AsyncClient, activity: Json, times: int = 1) -> list[int]:
        """Post it, signed, so often; returns the statuses."""
        return await self.posts_body(service, json.dumps(activity).encode(), times)

    async def posts_body(self, service: AsyncClient, body: bytes, times: int = 1) -> list[int]:
        """Post these bytes, signed."""
        return [(await service.post("/x", content=body, headers=signed(body))).status_code for _ in range(times)]

    async def brings(self, service: AsyncClient, sender: str, text: str, times: int = 1) -> list[int]:
        """A direct message of hers, posted so often; returns the statuses."""
        return await self.posts(service, self.said(text, sender), times)

    # What the service asks ------------------------------------------------------------------------------------

    def _is_shown_token(self, request: web.Request) -> bool:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return self.wall() < self.access.get(shown, 0.0)

    async def _takes_message(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.refuses:
            status, body = self.refuses.pop(0)
            return web.json_response(body, status=status)
        if not self._is_shown_token(request):
            return _problem(Refused(401, "about:blank", "Unauthorized"))
        limits = {
            **self._quarter.headers("x-rate-limit", self.wall()),
            **self._day.headers("x-user-limit-24hour", self.wall()),
        }
        if not (self._quarter.has_room(self.wall()) and self._day.has_room(self.wall())):
            return web.json_response(
                {"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, status=429, headers=limits
            )
        account, asked = request.match_info["account"], await request.json()
        if refusal := refused_message(asked, account):
            return _problem(refusal)
        if account in self.closed:
            return _problem(Refused(403, "about:blank", NOT_TO_HER))
        made = f"{self.next_id()}"
        self.sent.append(Sms(account, asked["text"]))
        self._quarter.count(self.wall())
        self._day.count(self.wall())
        limits = {
            **self._quarter.headers("x-rate-limit", self.wall()),
            **self._day.headers("x-user-limit-24hour", self.wall()),
        }
        return web.json_response(
            {"data": {"dm_conversation_id": f"{OURS}-{account}", "dm_event_id": made}}, headers=limits
        )

    async def _takes_post(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.refuses:
            status, body = self.refuses.pop(0)
            return web.json_response(body, status=status)
        if not self._is_shown_token(request):
            return _problem(Refused(401, "about:blank", "Unauthorized"))
        asked = await request.json()
        if refusal := refused_post(asked):
            return _problem(refusal)
        to = asked["reply"]["in_reply_to_tweet_id"]
        if to in self.gone:
            return _problem(
                Refused(403, "about:blank", "You attempted to reply to a Tweet that is deleted or not visible.")
            )
        if any((one["to"], one["text"]) == (to, asked["text"]) for one in self.public):
            return _problem(Refused(403, "about:blank", SAME_AGAIN))
        made = f"{self.next_id()}"
        self.public.append({"to": to, "text": asked["text"], "id": made})
        return web.json_response({"data": {"id": made, "text": asked["text"]}}, status=201)

    async def _exchanges(self, request: web.Request) -> web.Response:
        form = await request.post()
        if request.headers.get("Authorization") != encode_basic_auth(CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"error": "unauthorized_client"}, status=401)
        if self.refuses_exchange:
            status, body = self.refuses_exchange.pop(0)
            return web.json_response(body, status=status)
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh:
            self.used_again += 1
            return web.json_response(
                {"error": "invalid_request", "error_description": "Value passed for the token was invalid."}, status=400
            )
        number = next(self._numbers)
        self.exchanges += 1
        self.refresh, access = f"refresh-{number}", f"access-{number}"
        self.access[access] = self.wall() + self.lifetime
        if self.on_exchange:
            self.on_exchange()
        issued = {"access_token": access, "refresh_token": self.refresh, "expires_in": self.lifetime}
        return web.json_response({"token_type": "bearer", "scope": "dm.read dm.write tweet.write", **issued})

    async def _shows_account(self, request: web.Request) -> web.Response:
        if not self._is_shown_token(request):
            return _problem(Refused(401, "about:blank", "Unauthorized"))
        return web.json_response({"data": {"id": OURS, "username": "lapor_penajam"}})

    async def _shows_webhooks(self, request: web.Request) -> web.Response:
        return self._of_the_app(request, self.webhooks)

    async def _shows_subscriptions(self, request: web.Request) -> web.Response:
        return self._of_the_app(request, self.subscriptions)

    def _of_the_app(self, request: web.Request, shown: list[Json]) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {APP_TOKEN}":
            return _problem(Refused(403, "https://api.twitter.com/2/problems/unsupported-authentication", "Forbidden"))
        return web.json_response({"data": shown, "meta": {"result_count": len(shown)}})


def signed(body: bytes, secret: str = CONSUMER_SECRET) -> dict[str, str]:
    """The header with which these bytes are posted."""
    digest = base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()
    return {"x-twitter-webhooks-signature": f"sha256={digest}"}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _problem(refused: Refused) -> web.Response:
    body = {"type": refused.type, "title": "Refused", "detail": refused.detail, "status": refused.status}
    return web.json_response(body, status=refused.status)
