"""A served house: the web door on a real socket, with workers and senders beside it, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket

from fastapi import FastAPI

from bot.web.shared.server import listen, make_server
from tests.unit.web.doors import House, a_house


@asynccontextmanager
async def answering(app: FastAPI, listening: socket) -> AsyncIterator[None]:
    """The app answers on this socket while the block runs."""
    server = make_server(app)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:
            await asyncio.sleep(0.005)
        yield
    finally:
        server.should_exit = server.force_exit = True
        await serving


@asynccontextmanager
async def served(folder: Path, *, file: Path, port: int = 0, **wishes: object) -> AsyncIterator[tuple[House, str]]:
    """A house on this database, and its address."""
    with listen("127.0.0.1", port) as listening:
        house = await a_house(folder, file=file, **wishes)  # type: ignore[arg-type]

        def tell() -> None:
            house.sender.wake()
            house.fetcher.wake()

        house.worker.tell = tell
        server = make_server(house.app)
        tasks = [
            asyncio.create_task(running)
            for running in (
                server.serve(sockets=[listening]),
                house.worker.run(),
                house.sender.run(),
                house.fetcher.run(),
                house.context.run(),
            )
        ]
        try:
            while not server.started:
                await asyncio.sleep(0.005)
            yield house, f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            house.context.sse_signals.close()
            server.should_exit = server.force_exit = True
            await asyncio.wait(tasks[:1], timeout=5)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await house.closes()
