"""Serves the app on its address, under our own signals."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from starlette.types import Message, Scope

HANDED_ON = "LAPOR_LISTENING"
"""In the environment of a process that began anew: the descriptor, host and port that it had before."""


class AddressTaken(Exception):
    """The address cannot be listened on; the message says which and how to mend it."""


class QuietServer(uvicorn.Server):
    """A server that leaves SIGINT and SIGTERM to the service."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture none."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take the address; port 0 takes a free one. A process that began anew still has what it listened on before.

    Raises:
        AddressTaken: another process has it, or it is none of this machine's.
    """
    if kept := _handed_on(host, port):
        return kept
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = error.strerror or type(error).__name__
        raise AddressTaken(
            f"cannot listen on {host}:{port} ({reason.lower()}); stop what is there, or set LAPOR_HTTP_HOST and "
            "LAPOR_HTTP_PORT to another address"
        ) from error
    listening.listen(2048)
    return listening


def hand_on(listening: socket.socket, host: str, port: int) -> None:
    """Leave the socket open for the command that this process becomes next."""
    listening.set_inheritable(True)
    os.environ[HANDED_ON] = f"{listening.detach()} {port} {host}"


def _handed_on(host: str, port: int) -> socket.socket | None:
    """What was left open, where it is this address; what is of another is closed."""
    descriptor, _, address = os.environ.pop(HANDED_ON, "").partition(" ")
    if not descriptor:
        return None
    kept = socket.socket(fileno=int(descriptor))
    kept.set_inheritable(False)
    if address == f"{port} {host}":
        return kept
    kept.close()
    return None


def make_server(app: FastAPI) -> QuietServer:
    """A server that logs no request: addresses and bodies are nobody's business."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # LAPOR_TRUSTED_PROXIES says whose count, not uvicorn
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    config.load()  # what it reads it would read while the first citizens wait
    return QuietServer(config)


async def serve_on(server: QuietServer, listening: socket.socket, let_go: Callable[[], None]) -> None:
    """Serve until this is cancelled, and answer those who have asked by then, for two seconds at most.

    Args:
        server: of the app.
        listening: where it is asked.
        let_go: ends the streams, which would end by themselves never.
    """
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        let_go()
        server.should_exit = True
        await serving
        raise


async def warm_up(app: FastAPI) -> None:
    """Answer one request that nobody sent: what is put together for the first one is so before a citizen waits."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        del message

    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/health/live",
        "raw_path": b"/health/live",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }
    await app(scope, receive, send)
