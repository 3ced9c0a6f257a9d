"""Threat: somebody opens more connections than the service has descriptors, and never finishes a request."""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.attacks.services import chats
from tests.integration.process.service import running_service
from tests.integration.process.surroundings import SERVICE, until

pytestmark = pytest.mark.slow

DESCRIPTORS = 1_024
UNFINISHED = 1_500
HEAD = b"POST /chat/messages HTTP/1.1\r\nhost: lapor.test\r\ncontent-"
LIMITED = ("/bin/sh", "-c", f'ulimit -n {DESCRIPTORS}; exec "$@"', "sh", *SERVICE)


@contextmanager
def many_descriptors() -> Iterator[None]:
    """Whoever attacks needs some herself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(UNFINISHED * 2, hard)), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def descriptors_of(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


async def unfinished(port: int) -> list[socket.socket]:
    """As many heads as that, none of them whole."""
    loop, lines = asyncio.get_running_loop(), list[socket.socket]()
    for _ in range(UNFINISHED):
        line = socket.socket()
        line.settimeout(0)
        lines.append(line)
        with suppress(ConnectionError):
            await loop.sock_connect(line, ("127.0.0.1", port))
            await loop.sock_sendall(line, HEAD)
    return lines


async def test_the_chat_answers_while_1500_requests_are_never_finished(tmp_path: Path) -> None:
    with many_descriptors():
        async with running_service(tmp_path, program=LIMITED) as service:
            before = descriptors_of(service.process.pid)
            lines = await unfinished(int(service.address.rpartition(":")[2]))
            try:
                assert "Laporan Anda." in await chats(service)
                assert not service.has_ended
                most = descriptors_of(service.process.pid)
                assert most < DESCRIPTORS * 3 // 4
                await until(lambda: descriptors_of(service.process.pid) < before + 40, "unfinished heads are given up")
            finally:
                for line in lines:
                    line.close()
            assert "Laporan Anda." in await chats(service)
