"""Whether a message goes now in free words, as a template, or waits: the provider's window, and the budget."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.regency.prices import Prices
from actions.store.engine.database import Database
from actions.store.messages.costs import billed_since
from actions.store.messages.messages import Chat
from actions.store.messages.reply_windows import window_of
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind

NEARLY: Final = timedelta(minutes=2)
"""Before its end a window counts as shut: a message takes a while to the provider."""
LOOK_AGAIN_SECONDS: Final = 3600.0
"""After which a notice that the budget does not allow is looked at again: a month ends, or the ceiling was raised."""

type IsOverBudget = Callable[[AsyncConnection, datetime], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """It waits for her next word, or until so many seconds since 1970. `for_budget`: it costs too much this month."""

    until: float = 0.0
    for_budget: bool = False


@dataclass(frozen=True, slots=True)
class ReplyGate:
    """Of one channel whose provider has such a window, or that may cost so much a month and no more.

    Attributes:
        window: how long it is open after her last word; None: always.
        is_over_budget: whether this month has cost as much as it may.
    """

    database: Database
    window: timedelta | None
    is_over_budget: IsOverBudget

    async def decide(self, chat: Chat, outgoing: OutboxMessage, now: datetime) -> OutboxMessage | HeldBack:
        """The message as it is sent now, or that it is not. Answers are never held for what they cost."""
        if outgoing.kind is OutboxMessageKind.ANSWER:
            return outgoing
        async with self.database.reading() as connection:
            if outgoing.is_notice and await self.is_over_budget(connection, now):
                return HeldBack(now.timestamp() + LOOK_AGAIN_SECONDS, for_budget=True)
            found = await window_of(connection, chat) if self.window else None
        if self.window is None:
            return outgoing
        if found and not found.is_shut and now < found.wrote_at + self.window - NEARLY:
            return outgoing
        return as_template(outgoing) if outgoing.template else HeldBack()


def as_template(outgoing: OutboxMessage) -> OutboxMessage:
    """The template that stands for a message."""
    return OutboxMessage(
        OutboxMessageKind.TEMPLATE, target=outgoing.template, facts=outgoing.facts, is_notice=outgoing.is_notice
    )


def in_full(outgoing: OutboxMessage) -> OutboxMessage:
    """The message that a template has announced, as it follows her next word: she has asked for it then."""
    return replace(outgoing, template="", is_notice=False)


def budget_of(channel: str, prices: Prices) -> IsOverBudget:
    """Whether a channel has cost as much in a month as `prices.toml` allows."""

    async def is_over(connection: AsyncConnection, now: datetime) -> bool:
        ceiling = prices.ceilings.get(channel)
        if ceiling is None:
            return False
        return prices.cost_of(channel, await billed_since(connection, f"{now.astimezone(UTC):%Y-%m}")) >= ceiling

    return is_over
