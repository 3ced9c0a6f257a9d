"""Sends by X: direct messages, and the one public sentence. Keeps nothing between two calls."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.x.api import XApi
from bot.channels.x.arrivals import CHANNEL
from bot.channels.x.composing import MOST_POST, pieces
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind


@dataclass(frozen=True, slots=True)
class XChannel:
    """A `Channel` of plain text. Nothing can be edited: an edit is a new message."""

    api: XApi
    name: str = CHANNEL
    plain: bool = True

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send it, and return X's id of its last message; a blank text is none.

        A text in several pieces that fails after the first is sent whole again when it is tried again.

        Raises:
            SendingFailed: with what to do about it.
        """
        if outgoing.kind is OutboxMessageKind.ANSWER:
            return ""
        if outgoing.kind is OutboxMessageKind.PUBLIC_REPLY:
            return await self.api.reply(outgoing.target, outgoing.text[:MOST_POST])
        last = ""
        for piece in pieces(outgoing):
            last = await self.api.send_message(chat, piece)
        return last

    async def show_typing(self, chat: str) -> None:
        """The API of today has no way to show it."""
