"""Sends what waits for mail, in a process of its own that a test may kill: `python -m … FILE SMTP_URL`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from actions.store.engine.database import Database
from bot.channels.email.channel import EmailChannel
from bot.channels.email.composing import MailWriter
from bot.channels.email.settings import SMTP_PORTS, server_at
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender
from tests.integration.mail.conftest import ADDRESS, KEY


async def send(file: str, url: str) -> None:
    """Send until it is killed."""
    server = server_at(url, SMTP_PORTS)
    channel = EmailChannel(server, MailWriter(ADDRESS, "LAPOR", KEY), lambda: datetime.now(UTC))
    await Sender(Database(f"sqlite:///{file}"), channel, RateLimiter()).run(look_every_seconds=0.1)


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
