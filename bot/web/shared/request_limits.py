"""What one address may have under way at a time, and how much one request may bring: looked at before any page is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.shared.client_address import Addresses

STREAM: Final = "/chat/stream"
MOST_REQUESTS_OF_ADDRESS: Final = 256
MOST_STREAMS_OF_ADDRESS: Final = 100
"""A village office, or a mobile network's gateway, has many open pages behind one address."""
MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 4 * MEGABYTE
"""Of a request's body, for a page that is not named below."""
LARGER: Final[Mapping[str, int]] = {
    "/chat/messages": 201 * MEGABYTE,
    "/desk/new": 201 * MEGABYTE,
    "/desk/cases/": 201 * MEGABYTE,
    "/desk/settings/files/": 32 * MEGABYTE,
    "/trainer/import": 129 * MEGABYTE,
}
"""By how a path begins. These look at what they get piece by piece, and say in words what is too much."""


class TooLarge(Exception):
    """A body is longer than it may be."""


def declared_length(request: Request) -> int:
    """How long the body will be, as the head says; 0 where it does not say, or nonsense."""
    written = request.headers.get("content-length", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0  # noqa: PLR2004 - bytes


def limited(request: Request, most_bytes: int) -> Request:
    """The same request, whose body ends with `TooLarge` as soon as it is longer than this.

    Raises:
        TooLarge: its head says so.
    """
    if declared_length(request) > most_bytes:
        raise TooLarge
    return Request(request.scope, _counted(request.receive, most_bytes))


def _counted(receive: Receive, most_bytes: int) -> Receive:
    left = most_bytes

    async def receive_within() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return receive_within


@dataclass(slots=True)
class RequestLimits:
    """Turns away what is too much of one address at a time (429), or too long (413)."""

    app: ASGIApp
    addresses: Addresses
    most_requests: int = MOST_REQUESTS_OF_ADDRESS
    most_streams: int = MOST_STREAMS_OF_ADDRESS
    _requests: Counter[str] = field(default_factory=Counter)
    _streams: Counter[str] = field(default_factory=Counter)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        address = self.addresses.of(request)
        counts, most = (
            (self._streams, self.most_streams) if scope["path"] == STREAM else (self._requests, self.most_requests)
        )
        if counts[address] >= most:
            await _turned_away(429, {"retry-after": "30"})(scope, receive, send)
            return
        counts[address] += 1
        try:
            await self._within(request, receive, send)
        finally:
            counts[address] -= 1
            if not counts[address]:
                del counts[address]

    async def _within(self, request: Request, receive: Receive, send: Send) -> None:
        most_bytes = most_bytes_of(request.url.path)
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if declared_length(request) > most_bytes:
                raise TooLarge  # noqa: TRY301 - the same answer as while it comes
            await self.app(request.scope, _counted(receive, most_bytes), send_noted)
        except TooLarge:
            if not begun:
                await _turned_away(413, {"connection": "close"})(request.scope, receive, send)


def most_bytes_of(path: str) -> int:
    """How long the body of a request to this path may be."""
    return next((most for begins, most in LARGER.items() if path.startswith(begins)), MOST_BYTES)


def _turned_away(status: int, headers: Mapping[str, str]) -> Response:
    return Response(status_code=status, headers={"cache-control": "no-store", **headers})
