"""The HTTP side of the fake Telegram: reads a call, lets it go wrong where it must, and answers it."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.telegram_api import METHODS
from tests.fakes.telegram_faults import Fault, Faults, Temper
from tests.fakes.telegram_rules import NOT_FOUND, UNAUTHORIZED, Refused, arguments
from tests.fakes.telegram_world import World

type Json = dict[str, Any]

FOR_EVER_SECONDS = 3600
FILE = "file"
"""Stands for fetching a file where faults name a method."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot's and how it was answered; status 0 stands for no answer."""

    method: str
    given: Json
    status: int
    at: float


@dataclass
class BotApiServer:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>` on a loopback port, 0 for a free one."""

    world: World
    token: str
    port: int
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    latency_seconds: float = 0.0
    _runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen; on the same port again after a `stop`."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self.world.updates.resume()

    async def stop(self) -> None:
        """Listen no more."""
        await self.world.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if path.startswith(f"file/bot{self.token}/"):
            return await self._file(request, path.removeprefix(f"file/bot{self.token}/"))
        method = path.rpartition("/")[2]
        given = await _given(request)
        fault = self.faults.next_for(method, str(given.get("chat_id", "")))
        try:
            document = await self._answer(path, given, fault)
        except Refused as refused:
            document = refused.document()
        except asyncio.CancelledError:
            self.calls.append(Call(method, given, 0, time.monotonic()))
            raise
        status = document.get("error_code", 200)
        self.calls.append(Call(method, given, status, time.monotonic()))
        if fault and fault.temper in {Temper.HALF, Temper.LOST}:
            return await _broken(request, web.json_response(document), fault.temper)
        return web.json_response(document, status=status)

    async def _answer(self, path: str, given: Json, fault: Fault | None) -> Json:
        await asyncio.sleep(self.latency_seconds)
        if fault and fault.temper is Temper.SILENT:
            await asyncio.sleep(FOR_EVER_SECONDS)
        if fault and fault.refused:
            raise fault.refused
        token, _, method = path.removeprefix("bot").rpartition("/")
        if not path.startswith("bot") or token != self.token:
            raise UNAUTHORIZED if re.fullmatch(r"\d+:[\w-]+", token) else NOT_FOUND
        if method.lower() not in METHODS:
            raise NOT_FOUND
        result = await METHODS[method.lower()](self.world, arguments(given))
        return {"ok": True, "result": result}

    async def _file(self, request: web.Request, path: str) -> web.StreamResponse:
        """A file; a fault of the method `FILE` is one of fetching it."""
        fault = self.faults.next_for(FILE, "")
        if fault and fault.temper is Temper.SILENT:
            await asyncio.sleep(FOR_EVER_SECONDS)
        stored = next((stored for stored in self.world.files.values() if stored.path == path), None)
        refused = fault.refused if fault and fault.refused else None if stored else NOT_FOUND
        if refused or stored is None:
            document = (refused or NOT_FOUND).document()
            return web.json_response(document, status=document["error_code"])
        whole = web.Response(body=stored.content)
        return await _broken(request, whole, fault.temper) if fault else whole


async def _given(request: web.Request) -> Json:
    """The arguments of a call: in the address, a form, or as JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        in_body: Json = await request.json()
        return given | in_body
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given |= {name: value.file.read(), f"{name}_name": value.filename}
        elif isinstance(value, str):
            given[name] = value
    return given


async def _broken(request: web.Request, whole: web.Response, temper: Temper) -> web.StreamResponse:
    """Close the connection in the middle of the answer, or before it."""
    body = bytes(whole.body) if isinstance(whole.body, bytes | bytearray) else b""
    response = web.StreamResponse(headers={"Content-Type": whole.content_type, "Content-Length": str(len(body))})
    if temper is Temper.HALF:
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
