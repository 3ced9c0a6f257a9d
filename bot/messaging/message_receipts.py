"""Receipts of messages, in the database: they reach the outbox, and whoever cannot be reached is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.cases.ports import Clock
from actions.store.engine.database import Database
from actions.store.messages.receipts import failing_since, note_receipts, note_sent, settle
from bot.messaging.ports import InboxUnavailable, Receipt

log = structlog.get_logger()

LEFT_ALONE_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SqlReceipts:
    """`Receipts` of one channel."""

    database: Database
    channel: str
    clock: Clock

    async def sent(self, chat: str, message_id: str, parts: Sequence[str]) -> None:
        """Implements the method of `Receipts`. Without it the message has gone all the same, and is not sent again."""
        try:
            async with self.database.writing() as connection:
                await note_sent(connection, (self.channel, chat), message_id, parts, self.clock())
        except (SQLAlchemyError, OSError) as error:
            log.warning("receipts_not_expected", error=type(error).__name__)

    async def put(self, part: str, receipt: Receipt) -> None:
        """Implements the method of `Receipts`."""
        try:
            async with self.database.writing() as connection:
                now = self.clock()
                messages = await note_receipts(connection, self.channel, {part: receipt.value}, now)
                await settle(connection, self.channel, messages, now)
        except (SQLAlchemyError, OSError) as error:
            raise InboxUnavailable(type(error).__name__) from error
        log.info("receipt", receipt=receipt.value)

    async def is_left_alone(self, chat: str) -> bool:
        """Implements the method of `Receipts`."""
        async with self.database.reading() as connection:
            since = await failing_since(connection, (self.channel, chat))
        return since is not None and self.clock() - since >= LEFT_ALONE_AFTER
