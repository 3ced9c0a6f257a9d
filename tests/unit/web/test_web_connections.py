"""Requests that never end are ended, and those who hold many connections push out their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from fastapi import APIRouter, FastAPI, Request
from httpx import ASGITransport, AsyncClient
from starlette.responses import StreamingResponse

from bot.web.shared import connection_limits
from bot.web.shared import connections as module
from bot.web.shared.app import make_app
from bot.web.shared.client_address import Addresses
from bot.web.shared.connection_limits import Connections
from bot.web.shared.request_limits import MOST_BYTES, STREAM, RequestLimits, TooLarge, limited
from bot.web.shared.server import listen, make_server, serve_on
from tests.patience import PATIENCE_SECONDS

HEAD = b"POST /echo HTTP/1.1\r\nhost: lapor.test\r\n"
type Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def an_app() -> FastAPI:
    router = APIRouter()

    @router.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @router.get(STREAM)
    async def stream() -> StreamingResponse:
        return StreamingResponse(never_ends())

    @router.get("/flood")
    async def flood() -> StreamingResponse:
        return StreamingResponse(ends_never())

    @router.post("/chat/messages")
    async def small(request: Request) -> str:
        try:
            await limited(request, 10).body()
        except TooLarge:
            return "too large"
        return "taken"

    return make_app([router])


async def never_ends() -> AsyncIterator[bytes]:
    yield b"first"
    await asyncio.Event().wait()


async def ends_never() -> AsyncIterator[bytes]:
    while True:
        yield bytes(1 << 20)
        await asyncio.sleep(0)


@dataclass
class Served:
    port: int
    guard: Connections

    async def opens(self, *said: bytes) -> Line:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for piece in said:
            writer.write(piece)
        await writer.drain()
        return reader, writer

    async def answers(self) -> bytes:
        reader, writer = await self.opens(HEAD, b"content-length: 3\r\nconnection: close\r\n\r\nabc")
        answer = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)
        writer.close()
        return answer


@asynccontextmanager
async def served(monkeypatch: pytest.MonkeyPatch, most: int = 100, most_of_address: int = 100) -> AsyncIterator[Served]:
    guard = Connections(most, most_of_address, lambda _: False)
    monkeypatch.setattr(Connections, "allowed", lambda _: guard)
    server = make_server(an_app())
    listening = listen("127.0.0.1", 0)
    serving = asyncio.create_task(serve_on(server, listening, lambda: None))
    try:
        yield Served(listening.getsockname()[1], guard)
    finally:
        serving.cancel()
        await asyncio.wait({serving})
    assert len(guard) == 0
    assert not guard._of_address


async def said(line: Line) -> bytes:
    try:
        return await asyncio.wait_for(line[0].read(), PATIENCE_SECONDS)
    except ConnectionResetError:
        return b"reset"
    finally:
        line[1].close()


@pytest.mark.parametrize(("head", "answer"), [(b"", b""), (HEAD, b"HTTP/1.1 408 Request Timeout")])
async def test_a_head_that_does_not_come_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, head: bytes, answer: bytes
) -> None:
    monkeypatch.setattr(module, "HEAD_SECONDS", 0.2)
    async with served(monkeypatch) as house:
        line = await house.opens(head)
        assert (await said(line)).startswith(answer)


async def test_a_head_that_trickles_is_not_waited_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEAD_SECONDS", 0.3)
    async with served(monkeypatch) as house:
        reader, writer = await house.opens(HEAD)
        reading = asyncio.create_task(said((reader, writer)))
        while not reading.done():
            writer.write(b"x: y\r\n")
            await asyncio.sleep(0.05)
        assert reading.result()[:12] in {b"HTTP/1.1 408", b"reset"}


async def test_the_second_request_of_a_connection_has_a_deadline_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEAD_SECONDS", 0.3)
    async with served(monkeypatch) as house:
        line = await house.opens(HEAD, b"content-length: 3\r\n\r\nabc", HEAD)
        answers = await said(line)
    assert answers.startswith(b"HTTP/1.1 200")
    assert b"HTTP/1.1 408" in answers


async def test_a_body_that_hardly_comes_is_ended_and_one_that_comes_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BODY_LOOK_SECONDS", 0.6)
    monkeypatch.setattr(module, "SLOWEST_BODY_BYTES_A_SECOND", 200)
    async with served(monkeypatch) as house:
        slow = await house.opens(HEAD, b"content-length: 1000000\r\n\r\n", b"abc")
        steady = await house.opens(HEAD, b"content-length: 2000\r\nconnection: close\r\n\r\n")
        ended = asyncio.create_task(said(slow))
        for _ in range(20):
            steady[1].write(b"x" * 100)
            await asyncio.sleep(0.05)
        assert await ended in {b"", b"reset"}
        assert (await said(steady)).endswith(b"2000")


async def test_an_answer_that_is_not_read_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER_STALLS_SECONDS", 0.3)
    async with served(monkeypatch) as house:
        reader, writer = await house.opens(b"GET /flood HTTP/1.1\r\nhost: lapor.test\r\n\r\n")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await reader.readexactly(1)
            while len(house.guard):
                await asyncio.sleep(0.02)
        writer.close()


@pytest.mark.parametrize("limits", [{"most": 5}, {"most_of_address": 5}])
async def test_who_opens_many_and_sends_nothing_pushes_out_her_own(
    monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    async with served(monkeypatch, **limits) as house:
        lines = [await house.opens(HEAD) for _ in range(12)]
        assert (await house.answers()).endswith(b"\r\n\r\n3")
        gone = [await said(line) for line in lines[:7]]
        assert set(gone) <= {b"", b"reset"}
        for line in lines:
            line[1].close()


async def test_what_is_under_way_is_not_pushed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(monkeypatch, most=3) as house:
        streams = [await house.opens(b"GET /chat/stream HTTP/1.1\r\nhost: lapor.test\r\n\r\n") for _ in range(3)]
        for reader, _ in streams:
            assert await asyncio.wait_for(reader.readuntil(b"first"), PATIENCE_SECONDS)
        assert await said(await house.opens(HEAD)) in {b"", b"reset"}
        streams[0][1].close()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                try:
                    if await house.answers():
                        break
                except ConnectionResetError:
                    continue
        for _, writer in streams:
            writer.close()


async def test_one_address_has_half_of_what_there_is_and_a_trusted_proxy_has_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection_limits.resource, "getrlimit", lambda _: (1024, 4096))
    allowed = Connections.allowed(Addresses.trusting(["127.0.0.1"]))
    assert (allowed.most, allowed.most_of_address) == (768, 384)
    assert allowed.is_proxy("127.0.0.1")
    assert not allowed.is_proxy("192.0.2.1")


async def test_one_address_has_so_many_streams_and_no_more() -> None:
    app = RequestLimits(an_app(), Addresses(), most_requests=1, most_streams=2)
    app._streams["192.0.2.1"] = 2
    for client, status in (("192.0.2.1", 429), ("192.0.2.2", 200)):
        async with AsyncClient(transport=ASGITransport(app, client=(client, 1)), base_url="http://lapor.test") as asked:
            assert (await asked.post("/echo", content=b"abc")).status_code == 200
            if status == 429:
                assert (await asked.get(STREAM)).status_code == status
    assert not app._requests


@pytest.mark.parametrize("headers", [{}, {"content-length": str(MOST_BYTES * 10)}])
async def test_a_body_that_is_too_long_is_refused_before_it_has_come(headers: dict[str, str]) -> None:
    taken = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield bytes(MOST_BYTES // 10)

    app = an_app()
    app.add_middleware(RequestLimits, addresses=Addresses())
    async with AsyncClient(transport=ASGITransport(app), base_url="http://lapor.test") as asked:
        answer = await asked.post("/echo", content=pieces(), headers=headers)
        assert answer.status_code == 413
        assert taken == (0 if headers else 11)
        assert (await asked.post("/chat/messages", content=b"x" * 11)).json() == "too large"
        assert (await asked.post("/chat/messages", content=b"x" * 10)).json() == "taken"
