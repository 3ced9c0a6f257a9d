"""Sends what waits for mail, in a process of its own that a test may kill: `python -m … FILE SMTP_URL ADDRESS KEY`.

It imports nothing but what sends, so that it is soon at work on a busy machine as well.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

from actions.store.engine.database import Database
from bot.channels.email.channel import EmailChannel
from bot.channels.email.composing import MailWriter
from bot.channels.email.settings import SMTP_PORTS, server_at
from bot.messaging.message_receipts import SqlReceipts
from bot.messaging.ports import Document
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.sender import Sender


class NoDocuments:
    """Nobody asks for what is kept of her here."""

    async def document(self, chat: tuple[str, str], which: str) -> Document:
        """There is none."""
        raise LookupError(chat, which)


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


async def send(file: str, url: str, address: str, key: str) -> None:
    """Send until it is killed."""
    database, writer = Database(f"sqlite:///{file}"), MailWriter(address, "LAPOR", key.encode())
    receipts = SqlReceipts(database, "email", now)
    channel = EmailChannel(server_at(url, SMTP_PORTS), writer, now, receipts, NoDocuments())
    await Sender(database, channel, RateLimiter()).run(look_every_seconds=0.1)


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
