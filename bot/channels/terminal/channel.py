"""Writes what is said to a stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TextIO

from bot.channels.terminal.lines import CHANNEL, lines_of
from bot.delivery.outgoing import Outgoing, OutgoingKind


@dataclass(slots=True)
class TerminalChannel:
    """A `Channel` whose messages are lines of a stream. `heard` counts them, for whoever waits for an answer."""

    out: TextIO
    name: str = CHANNEL
    plain: bool = True
    heard: int = field(default=0)

    async def send(self, chat: str, outgoing: Outgoing) -> str:
        """Write one message; there is nothing to answer when a button was pressed by its number."""
        del chat
        if outgoing.kind is not OutgoingKind.ANSWER:
            self.out.write(lines_of(outgoing) + "\n\n")
            self.out.flush()
            self.heard += 1
        return ""

    async def show_typing(self, chat: str) -> None:
        """A terminal shows nothing."""
        del chat
