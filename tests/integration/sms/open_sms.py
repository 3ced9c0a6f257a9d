"""SMS as the service opens it, over a real database and without the rest of the service."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from actions.store.engine.database import Database
from actions.store.engine.tables import inbox, outbox
from actions.store.messages.messages import put_in_outbox
from bot.channels.declaration import OpenChannel
from bot.channels.sms.declaration import open_sms
from bot.channels.sms.settings import SmsSettings
from bot.messaging.channel_inbox import ChannelInbox
from bot.messaging.inbox import SqlInbox
from bot.messaging.incoming_parts import SqlMessageParts
from bot.messaging.message_receipts import SqlReceipts
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind
from bot.messaging.rate_limiter import RateLimiter
from bot.messaging.records import write_outgoing
from bot.messaging.sender import Sender
from tests.fakes.channel_context import a_context
from tests.talks.world import StandingClock

SITI = "+6281234567890"


async def said_in(database: Database) -> list[tuple[str, str]]:
    """Who said what, as it stands in the inbox."""
    async with database.reading() as connection:
        rows = await connection.execute(select(inbox.c.chat, inbox.c.event).order_by(inbox.c.sequence, inbox.c.id))
        return [(chat, json.loads(event).get("text", "")) for chat, event in rows]


@dataclass
class OpenSms:
    """The door, its database, and what stands there."""

    database: Database
    opened: OpenChannel
    clock: StandingClock
    sender: Sender

    async def told(self) -> list[tuple[str, str]]:
        """Who said what, as it stands in the inbox."""
        return await said_in(self.database)

    async def sends(self, *texts: str, chat: str = SITI) -> None:
        """Have these sent, and wait until each was tried."""
        rows = [
            {
                "channel": "sms",
                "chat": chat,
                "ref": f"{self.clock().timestamp()}.{number}.{text[:20]}",
                "edits": "",
                "message": write_outgoing(OutboxMessage(OutboxMessageKind.MESSAGE, text)),
                "created_at": self.clock(),
            }
            for number, text in enumerate(texts)
        ]
        async with self.database.writing() as connection:
            await put_in_outbox(connection, rows)
        while await self.sender.send_waiting():
            await self.sender.settle()

    async def outbox(self) -> list[tuple[str, str]]:
        """State and receipt of each message."""
        async with self.database.reading() as connection:
            return [tuple(row) for row in await connection.execute(select(outbox.c.state, outbox.c.receipt))]


@asynccontextmanager
async def sms_over(database: Database, clock: StandingClock, **settings: Any) -> AsyncIterator[OpenSms]:
    """The door with these settings; what the leader does runs beside it."""
    given = SmsSettings(_env_file=None, **{f"sms_{name}": value for name, value in settings.items()})
    box = ChannelInbox(SqlInbox(database, clock, _nothing), "sms")
    context = a_context(
        given,
        box,
        clock,
        parts=partial(SqlMessageParts, database, "sms", clock, _nothing),
        receipts=SqlReceipts(database, "sms", clock),
    )
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(open_sms(context))
        tasks = [asyncio.create_task(main()) for main in opened.leader_tasks]
        stack.push_async_callback(_ended, tasks)
        wall = lambda: clock().timestamp()  # noqa: E731 - short
        sender = Sender(database, opened.channel, RateLimiter(), wall, has_receipts=True)
        yield OpenSms(database, opened, clock, sender)


async def _ended(tasks: Sequence[asyncio.Task[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def _nothing() -> None:
    """Nobody works what arrives."""
