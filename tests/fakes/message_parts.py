"""Messages in parts and receipts without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.messaging.ports import Arrival, Arrive, Inbox, MessagePart, Receipt


@dataclass
class InboxParts:
    """Passes whole messages on to an inbox, at once; remembers parts, and joins none."""

    inbox: Inbox
    arrive: Arrive
    parts: list[MessagePart] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    waiting: int = 0

    async def put_part(self, part: MessagePart) -> None:
        """Remember it."""
        self.parts.append(part)

    async def put(self, arrival: Arrival, *, digest: str = "", waits: bool = False) -> None:
        """Pass it on."""
        self.waiting += waits
        await self.inbox.put([arrival])

    async def confirm(self, digests: Sequence[str]) -> None:
        """Remember them."""
        self.confirmed += digests

    async def release(self, quiet_since: datetime, incomplete_since: datetime) -> None:
        """Nothing waits here."""


@dataclass
class RememberedReceipts:
    """Remembers what it is told.

    Attributes:
        left_alone: chats to which nothing is sent.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    receipts: list[tuple[str, Receipt]] = field(default_factory=list)
    left_alone: set[str] = field(default_factory=set)

    async def sent(self, chat: str, message_id: str, parts: Sequence[str]) -> None:
        """Remember the names of its parts."""
        self.names[message_id] = list(parts)

    async def put(self, part: str, receipt: Receipt) -> None:
        """Remember it."""
        self.receipts.append((part, receipt))

    async def is_left_alone(self, chat: str) -> bool:
        """Whether the test says so."""
        return chat in self.left_alone
