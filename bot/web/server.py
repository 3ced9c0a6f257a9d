"""Serves the app on its address, under our own signals."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from starlette.types import Message, Scope


class AddressTaken(Exception):
    """The address cannot be listened on; the message says which and how to mend it."""


class QuietServer(uvicorn.Server):
    """A server that leaves SIGINT and SIGTERM to the service."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture none."""
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take the address; port 0 takes a free one.

    Raises:
        AddressTaken: another process has it, or it is none of this machine's.
    """
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


async def rehearse(app: FastAPI) -> None:
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
