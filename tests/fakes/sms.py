"""A gateway on a loopback port, by default one for SMS: takes what is to be sent, and brings what citizens write."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from httpx import AsyncClient

SECRET = "sms-secret_1"
HEADER = "X-Sms-Secret"
SILENT = 0
"""A status that is never answered."""


@dataclass(frozen=True, slots=True)
class Sms:
    """One message."""

    to: str
    text: str


@dataclass
class FakeGateway:
    """Sends everything, but for what it was told to refuse: statuses, each for the next request.

    Attributes:
        header: what holds the secret, both ways.
        path: of the service, where messages are posted; as a form, or in JSON.
    """

    secret: str = SECRET
    header: str = HEADER
    path: str = "/sms"
    posts_json: bool = False
    sent: list[Sms] = field(default_factory=list)
    refuses: list[int] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: int = 0
    url: str = ""
    _names: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        """Listen."""
        app = web.Application()
        app.router.add_post("/send", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/send"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()

    async def brings(self, service: AsyncClient, sender: str, text: str, times: int = 1) -> list[int]:
        """Post a message to the service, so often, under one id; returns the statuses."""
        given = {"from": sender, "text": text, "id": f"mo-{next(self._names)}"}
        body: dict[str, Any] = {"json": given} if self.posts_json else {"data": given}
        answers = [await service.post(self.path, headers={self.header: self.secret}, **body) for _ in range(times)]
        return [answer.status_code for answer in answers]

    async def _serve(self, request: web.Request) -> web.Response:
        self.asked += 1
        if request.headers.get(self.header) != self.secret:
            return web.Response(status=401)
        status = self.refuses.pop(0) if self.refuses else 202
        if status == SILENT:
            await asyncio.Event().wait()
        if status == 202:
            self.sent.append(Sms(**await request.json()))
        return web.Response(status=status, headers=self.headers)
