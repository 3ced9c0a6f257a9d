"""Channels without a network, each with a temper of its own."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind


@dataclass(slots=True)
class RememberingChannel:
    """Sends everything, and remembers it in order."""

    name: str = "telegram"
    plain: bool = False
    sent: list[tuple[str, OutboxMessage]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send it; its id is its place among all, from 1."""
        self.sent.append((chat, outgoing))
        return "" if outgoing.kind is OutboxMessageKind.ANSWER else f"{len(self.sent)}"

    async def show_typing(self, chat: str) -> None:
        """Remember for whom."""
        self.typed.append(chat)

    def texts(self, chat: str) -> list[str]:
        """What this chat has read."""
        return [outgoing.text for to, outgoing in self.sent if to == chat]


@dataclass(slots=True)
class MoodyChannel(RememberingChannel):
    """Fails for a chat as often as it was told to, then sends."""

    moods: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    tried: list[str] = field(default_factory=list)

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send it, or fail."""
        self.tried.append(chat)
        if self.moods[chat]:
            raise self.moods[chat].pop(0)
        return await RememberingChannel.send(self, chat, outgoing)


@dataclass(slots=True)
class StuckChannel(RememberingChannel):
    """Sends to nobody until it is let go."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send it, in the end."""
        self.asked.set()
        await self.let_go.wait()
        return await RememberingChannel.send(self, chat, outgoing)

    async def show_typing(self, chat: str) -> None:
        """Get stuck as well, but say for whom."""
        await RememberingChannel.show_typing(self, chat)
        await self.let_go.wait()
