"""A real HTTP server that puts recordings into words, in any temper: right, slow, failing, wrong, without end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True)
class FakeTranscriber:
    """Answers each post with the next of `answers`, and with the last one for ever.

    An answer is the words, a status, or the bytes of a body.
    """

    answers: list[str | int | bytes] = field(default_factory=lambda: ["lampu jalan di petung mati sudah seminggu"])
    posted: list[tuple[str, bytes]] = field(default_factory=list)
    holds: asyncio.Event | None = None
    has_one: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def post(self, request: web.Request) -> web.Response:
        """Take a recording."""
        self.posted.append((request.content_type, await request.read()))
        self.has_one.set()
        if self.holds:
            await self.holds.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        match answer:
            case int():
                return web.Response(status=answer, headers={"location": f"{self.url}/elsewhere"})
            case bytes():
                return web.Response(body=answer, content_type="application/json")
        return web.json_response({"text": answer})


@asynccontextmanager
async def a_transcriber(*answers: str | int | bytes) -> AsyncIterator[FakeTranscriber]:
    """Runs on a free port of this machine until the block ends."""
    fake = FakeTranscriber(list(answers)) if answers else FakeTranscriber()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_post("/{where:.*}", fake.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    fake.url = f"http://{host}:{port}/transcribe"
    try:
        yield fake
    finally:
        await runner.cleanup()
