"""An agency's own system: a real server that takes messages, checks their signatures, and fails when it is told to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.integration.process.surroundings import free_port

MOST_SECONDS_OFF = 300


@dataclass(slots=True)
class AgencySystem:
    """What it was told, in the order in which it came.

    Attributes:
        secret: as `lapor hook add` printed it.
        fails: it answers so many of the next with 500; -1 for all of them.
        holds: it answers only when this is set.
        redirects: it sends whoever comes to another address.
    """

    url: str
    secret: str = ""
    fails: int = 0
    redirects: str = ""
    refused: int = 0
    forged: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    holds: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def actions(self) -> list[str]:
        """What happened, in the order in which it was told."""
        return [str(message["type"]) for message in self.messages]

    async def takes(self, request: web.Request) -> web.Response:
        """One message."""
        body = await request.read()
        if self.redirects:
            raise web.HTTPFound(self.redirects)
        if not self._is_signed(request, body):
            self.forged += 1
            return web.Response(status=400)
        await self.holds.wait()
        if self.fails:
            self.fails -= 1
            self.refused += 1
            return web.Response(status=500)
        self.ids.append(request.headers["webhook-id"])
        self.messages.append(json.loads(body))
        return web.Response(status=204)

    def _is_signed(self, request: web.Request, body: bytes) -> bool:
        """As Standard Webhooks tells whoever receives to check it."""
        name, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = hmac.new(key, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
        expected = f"v1,{base64.b64encode(signed).decode()}"
        is_fresh = abs(time.time() - int(at)) <= MOST_SECONDS_OFF
        return is_fresh and hmac.compare_digest(expected, request.headers["webhook-signature"])


@asynccontextmanager
async def agency_system() -> AsyncIterator[AgencySystem]:
    """One on this machine, until the block ends."""
    port = free_port()
    system = AgencySystem(f"http://127.0.0.1:{port}/told")
    system.holds.set()
    app = web.Application()
    app.router.add_post("/told", system.takes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield system
    finally:
        system.holds.set()
        await runner.cleanup()
