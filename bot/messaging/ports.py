"""The roles that delivery needs filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversation.events import Event
from bot.messaging.outbox_message import OutboxMessage


class SendingFailed(Exception):
    """A channel could not send; the subclass says what to do about it. Holds no words of the message."""


class NotNow(SendingFailed):
    """Try again, at the earliest after `seconds`.

    `everybody`: the whole channel must pause, not only this chat. `asked`: the channel named the seconds itself,
    so that they are kept to the letter and do not grow.
    """

    def __init__(self, seconds: float, *, everybody: bool = False, asked: bool = False) -> None:
        """Remember how long to wait."""
        super().__init__(f"not now, again in {seconds:g} s")
        self.seconds = seconds
        self.everybody = everybody
        self.asked = asked


class NeverAgain(SendingFailed):
    """The chat cannot be reached any more (the citizen blocked the bot)."""


class Impossible(SendingFailed):
    """This one message can never be sent; the next may."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it is sent."""

    name: str
    media_type: str
    content: bytes


class Documents(Protocol):
    """Writes what is kept of a citizen as a file, when it is sent."""

    async def document(self, chat: tuple[str, str], which: str) -> Document:
        """Of this chat of a channel; `which` as `OutboxMessageKind.DOCUMENT` names it."""
        ...


class Topics(Protocol):
    """The topics of cases in groups that have topics, each by the number that the channel gave it."""

    async def thread(self, chat: str, ticket: str) -> int | None:
        """0 where it is still to be opened, None where the group has no topics."""
        ...

    async def keep(self, chat: str, ticket: str, thread: int) -> None:
        """It is open."""
        ...

    async def forget(self, chat: str, ticket: str) -> None:
        """It is gone."""
        ...

    async def do_without(self, chat: str) -> None:
        """None can be opened in this group for now."""
        ...


class Channel(Protocol):
    """A way to reach a citizen."""

    @property
    def name(self) -> str:
        """Stable, as stored with every row: "telegram", "web", "terminal"."""
        ...

    @property
    def plain(self) -> bool:
        """Text only: buttons are numbered and pressed by their number."""
        ...

    async def send(self, chat: str, outgoing: OutboxMessage) -> str:
        """Send one message and return the channel's id of it ("" for none).

        Raises:
            SendingFailed: with what to do about it.
        """
        ...

    async def show_typing(self, chat: str) -> None:
        """Say that an answer is being prepared; never raises, and may do nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that arrived, as a channel hands it over.

    Attributes:
        channel, chat: where; the chat's id is a string in every channel.
        update_id: the channel's own id of it, unique in the channel: the same update again is the same arrival.
        sequence: orders the arrivals of a chat.
        press_id: what an ANSWER must name; empty when nothing waits for one.
        message_id: the message whose button was pressed, or that was sent; empty where there is none.
    """

    channel: str
    chat: str
    update_id: str
    sequence: int
    event: Event
    press_id: str = ""
    message_id: str = ""


class Inbox(Protocol):
    """Where a channel puts what arrived."""

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Write them durably, each update once, and return after the commit.

        Raises:
            InboxUnavailable: nothing was written; the channel must not acknowledge.
        """
        ...


class InboxUnavailable(Exception):
    """The database did not take the arrivals."""
