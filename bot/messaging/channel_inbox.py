"""The inbox as one channel is given it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messaging.arrival_checks import InvalidArrival
from bot.messaging.ports import Arrival, Inbox


@dataclass(frozen=True, slots=True)
class ChannelInbox:
    """An `Inbox` that takes the arrivals of one channel only: nobody would answer those of a name misspelt."""

    inbox: Inbox
    channel: str

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Write them durably, each update once, and return after the commit.

        Raises:
            InvalidArrival: one is of another channel, or one that cannot be; nothing was written.
            InboxUnavailable: nothing was written.
        """
        for arrival in arrivals:
            if arrival.channel != self.channel:
                raise InvalidArrival("channel", f"is {arrival.channel!r} in the inbox of {self.channel!r}")
        await self.inbox.put(arrivals)
