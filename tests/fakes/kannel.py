"""A real Kannel (Debian) on loopback ports: bearerbox bound to an SMSC, smsbox in front of the service."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.fakes.smsc import FakeSmsc
from tests.integration.process.surroundings import free_port

WHERE = f"{os.environ.get('PATH', '')}:/usr/sbin"
CONFIGURATION = """
group = core
admin-port = {admin}
admin-password = rahasia
smsbox-port = {box}
box-allow-ip = "127.0.0.1"
dlr-storage = internal
log-level = 2

group = smsc
smsc = smpp
smsc-id = operator
host = 127.0.0.1
port = {smsc}
smsc-username = lapor
smsc-password = rahasia
system-type = ""
transceiver-mode = true
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
global-sender = 1708
log-level = 2
http-request-retry = 20
http-queue-delay = 1

group = sendsms-user
username = lapor
password = rahasia
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
concatenation = true
accept-x-kannel-headers = true
send-sender = true
max-messages = 0
omit-empty = true
post-url = "{posts}"
"""


def is_installed() -> bool:
    """Whether both of its programs are there."""
    return all(shutil.which(name, path=WHERE) for name in ("bearerbox", "smsbox"))


@asynccontextmanager
async def kannel(folder: Path, smsc: FakeSmsc, send_port: int, posts: str) -> AsyncIterator[None]:
    """Both boxes, until the block ends; `send_port` takes sendsms, and `posts` is where it brings what comes."""
    file = folder / "kannel.conf"
    ports = {"admin": free_port(), "box": free_port(), "send": send_port, "smsc": smsc.port}
    file.write_text(CONFIGURATION.format(posts=posts, **ports))
    with (folder / "kannel.log").open("wb") as told:
        boxes = list[asyncio.subprocess.Process]()
        try:
            for name in ("bearerbox", "smsbox"):
                program = str(shutil.which(name, path=WHERE))
                boxes.append(await asyncio.create_subprocess_exec(program, str(file), stdout=told, stderr=told))
                await _listens(ports["box"] if name == "bearerbox" else send_port)
            yield
        finally:
            for box in reversed(boxes):
                if box.returncode is None:
                    box.kill()
                await box.wait()


async def _listens(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return
