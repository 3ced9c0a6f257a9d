"""Headers that every answer carries, so that a browser runs nothing but ours, in no frame but its own window."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.shared.client_address import Addresses

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "geolocation=(self), camera=(self), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""`no-referrer` would make browsers send `Origin: null` with our own forms."""
ONE_YEAR = "max-age=31536000"


class GuardHeaders:
    """Adds the headers to every answer that does not set them itself."""

    def __init__(self, app: ASGIApp, addresses: Addresses, public_url: str = "") -> None:
        """`public_url` with https has every answer ask for TLS from now on."""
        self._app = app
        self._addresses = addresses
        self._is_public_secure = public_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_secure = self._is_public_secure or self._addresses.is_secure(Request(scope))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if is_secure:
                    headers.setdefault("strict-transport-security", ONE_YEAR)
            await send(message)

        await self._app(scope, receive, send_guarded)
