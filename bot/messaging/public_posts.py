"""What is written to the account in public, in the database: kept for some days, and answered once a person and day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.messages.costs import add_units
from actions.store.messages.messages import put_in_outbox
from actions.store.messages.public_posts import KnownPost, drop_posts_before, keep_post, last_post
from bot.messaging.outbox_message import OutboxMessage
from bot.messaging.ports import InboxUnavailable, PublicPost
from bot.messaging.records import storable, write_outgoing

log = structlog.get_logger()

MENTION: Final = "mention"
"""A public post that came, among what is billed."""
LONGEST_POST: Final = 10_000


@dataclass(frozen=True, slots=True)
class SqlPublicPosts:
    """`PublicPosts` of one channel; `zone` says when a day begins."""

    database: Database
    channel: str
    clock: Clock
    zone: tzinfo

    async def put(self, post: PublicPost, invitation: OutboxMessage) -> None:
        """Implements the method of `PublicPosts`."""
        try:
            async with self.database.writing() as connection:
                await self._put(connection, post, invitation, self.clock())
        except (SQLAlchemyError, OSError) as error:
            raise InboxUnavailable(type(error).__name__) from error

    async def _put(
        self, connection: AsyncConnection, post: PublicPost, invitation: OutboxMessage, now: datetime
    ) -> None:
        chat, today = (self.channel, post.chat), now.astimezone(self.zone).date()
        before = await last_post(connection, chat)
        if before and post.number <= before.post:
            return
        await keep_post(connection, chat, KnownPost(post.number, storable(post.words)[:LONGEST_POST], now, today))
        await add_units(connection, self.channel, f"{now.astimezone(UTC):%Y-%m}", {MENTION: 1})
        if before and before.answered_on == today:
            return
        row = {"ref": f"post.{post.number}", "edits": "", "message": write_outgoing(invitation), "created_at": now}
        await put_in_outbox(connection, [row | {"channel": self.channel, "chat": post.chat}])
        log.info("public_post_answered")

    async def words(self, chat: str) -> str:
        """Implements the method of `PublicPosts`."""
        try:
            async with self.database.reading() as connection:
                known = await last_post(connection, (self.channel, chat))
        except (SQLAlchemyError, OSError) as error:
            raise InboxUnavailable(type(error).__name__) from error
        return known.words if known else ""

    async def forget_older(self, than: timedelta) -> None:
        """Implements the method of `PublicPosts`."""
        try:
            async with self.database.writing() as connection:
                await drop_posts_before(connection, self.channel, self.clock() - than)
        except (SQLAlchemyError, OSError) as error:
            log.warning("public_posts_wait", error=type(error).__name__)
