"""Shows what is said on the visitor's open pages, or gives notice where none is open. Keeps no message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.channels.web.arrivals import CHANNEL
from bot.channels.web.sse_signals import SseSignals
from bot.messaging.outbox_message import OutboxMessage, OutboxMessageKind


class WebChannel:
    """A `Channel` whose messages are the rows of the outbox themselves: a page reads them from there."""

    name: Final = CHANNEL
    plain: Final = False

    def __init__(self, sse_signals: SseSignals, give_notice: Callable[[str], None]) -> None:
        """`give_notice` tells a visitor without an open page that there is news; it returns at once."""
        self._sse_signals = sse_signals
        self._give_notice = give_notice

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Have it shown; a page that is not open shows it when it is opened. Never fails."""
        self._sse_signals.ring(chat)
        if outgoing.kind is OutboxMessageKind.MESSAGE and not self._sse_signals.pages_of(chat):
            self._give_notice(chat)
        return ""

    async def show_typing(self, chat: str) -> None:
        """Show that an answer is being prepared."""
        self._sse_signals.ring(chat, typing=True)
