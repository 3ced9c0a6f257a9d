"""The Cloud API on a loopback port: takes messages and refuses what the real one refuses, and posts what people write.

Written from the provider's documents. Time is the test's; nothing waits.
"""

from __future__ import annotations

import hmac
import itertools
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web
from httpx import AsyncClient

from tests.fakes.whatsapp_rules import BAD_PARAMETER, DOCUMENT_TYPES, PAUSED, refused, refused_template

TOKEN, APP_SECRET, VERIFY_TOKEN = "whatsapp-token_1", "app-secret_1", "verify-token_1"
PHONE_ID, ACCOUNT_ID = "1055501234567", "2055501234567"
SITI: Final = "6281234567890"
DAY, MINUTE = 86_400.0, 60.0
ADDRESS_LASTS: Final = 5 * MINUTE
KEPT_FOR: Final = 30 * DAY
A_SECOND: Final = 80
TO_ONE: Final = 45
"""Messages to one person that may go at once; in the long run one in six seconds."""
EVERY: Final = 6.0
WINDOW_SHUT, TOO_FAST, TOO_FAST_FOR_ONE, UNDELIVERABLE, NO_TOKEN = 131047, 130429, 131056, 131026, 190

type Json = dict[str, Any]


@dataclass
class FakeWhatsApp:
    """One number, and everybody's phones.

    Attributes:
        wall: seconds since 1970.
        sent: every message that was taken, oldest first, each with its `wamid`.
        refuses: codes for the next requests, before anything is looked at.
        says_late: a shut window is told by a status, as the real one mostly does, and not at once.
        absent: numbers that have no WhatsApp.
        templates: approved ones, by name and language, with how many places each has.
        account: what the account says of its templates.
        apps: those that are subscribed to it.
        token: what is asked to be shown.
        slow_to_fetch: called before a file is given, as time passes until whoever has its address comes for it.
    """

    wall: Callable[[], float]
    sent: list[Json] = field(default_factory=list)
    refuses: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    says_late: bool = False
    absent: set[str] = field(default_factory=set)
    templates: dict[tuple[str, str], int] = field(default_factory=dict)
    paused: set[str] = field(default_factory=set)
    account: list[Json] = field(default_factory=list)
    apps: list[Json] = field(default_factory=list)
    token: str = TOKEN
    slow_to_fetch: Callable[[], None] | None = None
    url: str = ""
    late: list[Json] = field(default_factory=list)
    _heard: dict[str, float] = field(default_factory=dict)
    _went: deque[float] = field(default_factory=deque)
    _went_to: dict[str, float] = field(default_factory=dict)
    _files: dict[str, tuple[bytes, float]] = field(default_factory=dict)
    _addresses: dict[str, tuple[str, float]] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application(client_max_size=10_000_000)
        app.router.add_post(f"/v1/{PHONE_ID}/messages", self._takes_message)
        app.router.add_post(f"/v1/{PHONE_ID}/media", self._takes_file)
        app.router.add_get(f"/v1/{ACCOUNT_ID}/message_templates", self._shows_templates)
        app.router.add_get(f"/v1/{ACCOUNT_ID}/subscribed_apps", self._shows_apps)
        app.router.add_get(f"/v1/{PHONE_ID}", self._shows_number)
        app.router.add_get("/v1/{media}", self._shows_address)
        app.router.add_get("/files/{address}", self._gives_file)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1"
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
            "whatsapp_token": TOKEN,
            "whatsapp_phone_id": PHONE_ID,
            "whatsapp_app_secret": APP_SECRET,
            "whatsapp_verify_token": VERIFY_TOKEN,
            "whatsapp_account_id": ACCOUNT_ID,
            "meta_api_url": self.url,
        }

    # What people do ------------------------------------------------------------------------------------------

    def message(self, kind: str, content: Json, sender: str = SITI, **more: Any) -> Json:
        """A message of hers, as it is posted."""
        self._heard[sender] = self.wall()
        wamid = f"wamid.{next(self._numbers):060}=="
        stamp = f"{int(self.wall())}"
        return {"from": sender, "id": wamid, "timestamp": stamp, "type": kind, kind: content, **more}

    def said(self, text: str, sender: str = SITI) -> Json:
        """Words."""
        return self.message("text", {"body": text}, sender)

    def pressed(self, press: str, title: str, sender: str = SITI, *, in_list: bool = False) -> Json:
        """A button, or a row of a list."""
        kind = "list_reply" if in_list else "button_reply"
        return self.message("interactive", {"type": kind, kind: {"id": press, "title": title}}, sender)

    def new_file(self, content: bytes) -> str:
        """A file that she sends along; returns its id."""
        name = f"{9_000_000 + next(self._numbers)}"
        self._files[name] = (content, self.wall())
        return name

    def file(self, name: str) -> bytes:
        """What a file holds, of hers or of ours."""
        return self._files[name][0]

    def forgets_who_wrote(self) -> None:
        """Every window is shut."""
        self._heard.clear()

    def body(self, *values: Json) -> bytes:
        """A post with an entry for each of these."""
        metadata = {"display_phone_number": "620000000000", "phone_number_id": PHONE_ID}
        entries = [
            {
                "id": ACCOUNT_ID,
                "changes": [
                    {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata} | value}
                ],
            }
            for value in values
        ]
        return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()

    async def posts(self, service: AsyncClient, *messages: Json, name: str = "Siti", times: int = 1) -> list[int]:
        """Post these messages together, so often; returns the statuses."""
        senders = {message["from"] for message in messages}
        contacts = [{"profile": {"name": name}, "wa_id": sender} for sender in senders]
        return await self.posts_body(service, self.body({"contacts": contacts, "messages": list(messages)}), times)

    async def posts_statuses(self, service: AsyncClient, *statuses: Json, times: int = 1) -> list[int]:
        """Post what became of messages."""
        return await self.posts_body(service, self.body({"statuses": list(statuses)}), times)

    async def posts_body(self, service: AsyncClient, body: bytes, times: int = 1) -> list[int]:
        """Post these bytes, signed."""
        return [(await service.post("/whatsapp", content=body, headers=signed(body))).status_code for _ in range(times)]

    # What the service asks ------------------------------------------------------------------------------------

    def _is_shown_token(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Bearer {self.token}"

    async def _takes_message(self, request: web.Request) -> web.Response:
        if not self._is_shown_token(request):
            return _error(401, NO_TOKEN)
        payload = await request.json()
        code = self.refuses.pop(0) if self.refuses else self._code(payload)
        wamid = f"wamid.{next(self._numbers):060}=="
        if code == WINDOW_SHUT and self.says_late:
            self.late.append(status(wamid, "failed", payload["to"], code))
            code = 0
        elif code == 0:
            self.sent.append({"wamid": wamid, **payload})
        if code:
            self.refused.append(code)
            return _error(429 if code == TOO_FAST else 400, code)
        self._count(payload["to"])
        return web.json_response({"messaging_product": "whatsapp", "messages": [{"id": wamid}]})

    def _code(self, payload: Json) -> int:
        to, now = str(payload.get("to")), self.wall()
        if to in self.absent:
            return UNDELIVERABLE
        if code := refused(payload):
            return code
        if payload["type"] == "template":
            return PAUSED if payload["template"]["name"] in self.paused else refused_template(payload, self.templates)
        if now - self._heard.get(to, -DAY) >= DAY:
            return WINDOW_SHUT
        if sum(now - at < 1 for at in self._went) >= A_SECOND:
            return TOO_FAST
        return TOO_FAST_FOR_ONE if self._went_to.get(to, 0.0) - now > TO_ONE * EVERY else 0

    def _count(self, to: str) -> None:
        now = self.wall()
        self._went.append(now)
        while now - self._went[0] >= 1:
            self._went.popleft()
        self._went_to[to] = max(self._went_to.get(to, 0.0), now) + EVERY

    async def _takes_file(self, request: web.Request) -> web.Response:
        if not self._is_shown_token(request):
            return _error(401, NO_TOKEN)
        form = await request.post()
        given = form["file"]
        assert isinstance(given, web.FileField)
        if given.content_type not in DOCUMENT_TYPES:
            self.refused.append(BAD_PARAMETER)
            return _error(400, BAD_PARAMETER)
        return web.json_response({"id": self.new_file(given.file.read())})

    async def _shows_templates(self, request: web.Request) -> web.Response:
        return web.json_response({"data": self.account}) if self._is_shown_token(request) else _error(401, NO_TOKEN)

    async def _shows_apps(self, request: web.Request) -> web.Response:
        return web.json_response({"data": self.apps}) if self._is_shown_token(request) else _error(401, NO_TOKEN)

    async def _shows_number(self, request: web.Request) -> web.Response:
        return web.json_response({"id": PHONE_ID}) if self._is_shown_token(request) else _error(401, NO_TOKEN)

    async def _shows_address(self, request: web.Request) -> web.Response:
        media = request.match_info["media"]
        if not self._is_shown_token(request):
            return _error(401, NO_TOKEN)
        _, since = self._files.get(media, (b"", -KEPT_FOR))
        if self.wall() - since >= KEPT_FOR:
            return _error(404, 100)
        address = f"{next(self._numbers)}"
        self._addresses[address] = (media, self.wall())
        url = f"{self.url.removesuffix('/v1')}/files/{address}"
        return web.json_response({"id": media, "url": url, "messaging_product": "whatsapp"})

    async def _gives_file(self, request: web.Request) -> web.Response:
        if not self._is_shown_token(request):
            return web.Response(status=401)
        if self.slow_to_fetch:
            self.slow_to_fetch()
        media, since = self._addresses.get(request.match_info["address"], ("", 0.0))
        if self.wall() - since >= ADDRESS_LASTS:
            return web.Response(status=404)
        return web.Response(body=self._files[media][0])


def signed(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    """The header with which these bytes are posted."""
    return {"X-Hub-Signature-256": f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"}


def status(wamid: str, word: str, to: str = SITI, *codes: int) -> Json:
    """What became of a message."""
    found: Json = {"id": wamid, "status": word, "timestamp": "1790000000", "recipient_id": to}
    return found | {"errors": [{"code": code, "title": "no words of hers"} for code in codes]} if codes else found


def words_of(sent: Mapping[str, Any]) -> str:
    """What she reads of a message."""
    match sent["type"]:
        case "text":
            return str(sent["text"]["body"])
        case "interactive":
            return str(sent["interactive"]["body"]["text"])
        case "document":
            return str(sent["document"]["caption"])
    return f"({sent['template']['name']})"


def choices_of(sent: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """What she can press on a message: its words, in whole where a row has them below its title, and its id."""
    if sent["type"] != "interactive":
        return []
    action = sent["interactive"]["action"]
    replies = [button["reply"] for button in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    return [(one.get("description", one["title"]), one["id"]) for one in (*replies, *rows)]


def asks_for_place(sent: Mapping[str, Any]) -> bool:
    """Whether it has a button that shares a position."""
    return sent["type"] == "interactive" and sent["interactive"]["type"] == "location_request_message"


def is_list(sent: Mapping[str, Any]) -> bool:
    """Whether its choices are the rows of a list."""
    return sent["type"] == "interactive" and sent["interactive"]["type"] == "list"


def _error(http: int, code: int) -> web.Response:
    return web.json_response({"error": {"message": "refused", "type": "OAuthException", "code": code}}, status=http)
