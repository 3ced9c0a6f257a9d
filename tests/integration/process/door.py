"""One address in front of several processes, as a proxy is: whoever answers is asked in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.integration.process.surroundings import free_port

HEADERS = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")


@asynccontextmanager
async def one_door(ports: Sequence[int]) -> AsyncIterator[str]:
    """The address that hands what is posted on to these ports, which may change; a 502 where none of them answers."""
    turns = count()

    async def hand_on(request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: request.headers[name] for name in HEADERS if name in request.headers}
        first = next(turns)
        for number in range(len(ports)):
            url = f"http://127.0.0.1:{ports[(first + number) % len(ports)]}{request.path}"
            try:
                async with session.post(url, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except (ClientError, OSError, TimeoutError):
                continue
        return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", hand_on)
    runner = web.AppRunner(app, access_log=None)
    async with ClientSession(timeout=ClientTimeout(total=15)) as session:
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()
