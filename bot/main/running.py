"""The parts of a running service, as they tell each other that there is something to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from actions.store.messages.messages import Chat
from bot.channels.declaration import Leader
from bot.files.fetcher import FileFetcher
from bot.messaging.file_changes import NO_CHANGES
from bot.messaging.sender import Sender
from bot.messaging.turn_outcome import Outcome
from bot.messaging.turns import TurnWorker
from bot.observability.meter import Meter


@dataclass(slots=True)
class Running:
    """Every part that waits for news.

    Attributes:
        wakes: by channel, what hears of a message for a chat that this process shows and another sends.
        leaders: by channel, the lease of sending.
    """

    workers: list[TurnWorker] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    fetchers: list[FileFetcher] = field(default_factory=list)
    wakes: Mapping[str, Callable[[str], None]] = field(default_factory=dict)
    leaders: Mapping[str, Leader] = field(default_factory=dict)

    def are_counted_by(self, meter: Meter) -> None:
        """From now on this one takes note of what they do."""
        parts: list[TurnWorker | Sender | FileFetcher] = [*self.workers, *self.senders, *self.fetchers]
        for part in parts:
            part.meter = meter

    def arrived(self) -> None:
        """The inbox has something new."""
        for worker in self.workers:
            worker.wake()

    def committed(self, outcomes: Sequence[Outcome]) -> None:
        """Turns have left something behind: messages in the outbox, files that are wanted or given up."""
        self.told([outcome.chat for outcome in outcomes if outcome.outgoing_messages])
        if any(outcome.files != NO_CHANGES for outcome in outcomes):
            for fetcher in self.fetchers:
                fetcher.wake()

    def told(self, chats: Collection[Chat]) -> None:
        """These chats have a message in the outbox."""
        for sender in self.senders:
            if any(channel == sender.channel.name for channel, _ in chats):
                sender.wake()
        for channel, chat in chats:
            wake = self.wakes.get(channel)
            if wake and not self.leaders[channel].is_held:
                wake(chat)
